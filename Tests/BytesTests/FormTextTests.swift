import Bytes
import Testing

@Suite("Forms")
struct FormTextTests {
    private static let fields: JSON = [
        "text": "a b&c=d", "payload": .string(#"{"t":"é+/","n":[1]}"#), "empty": "",
    ]
    /// What Python's `urllib.parse.urlencode` makes of them.
    private static let text = "text=a+b%26c%3Dd&payload=%7B%22t%22%3A%22%C3%A9%2B%2F%22%2C%22n%22%3A%5B1%5D%7D&empty="

    @Test("are written as Python writes them")
    func writes() {
        #expect(String(decoding: FormText.write(Self.fields), as: UTF8.self) == Self.text)
        let nested: JSON = ["text": "a b&c=d", "payload": ["t": "é+/", "n": [1]], "empty": ""]
        #expect(String(decoding: FormText.write(nested), as: UTF8.self) == Self.text)
    }

    @Test("are read with their JSON")
    func reads() {
        #expect(
            FormText.read(Array(Self.text.utf8))
                == ["text": "a b&c=d", "payload": ["t": "é+/", "n": [1]], "empty": ""])
        #expect(FormText.read(Array("a=%5Bno+JSON".utf8)) == ["a": "[no JSON"])
    }

    @Test("are not what has no equals sign or a broken escape", arguments: ["", "{}", "a", "a=%4", "a=%zz", "a=1&b"])
    func broken(text: String) { #expect(FormText.read(Array(text.utf8)) == nil) }

    @Test(
        "are known by their media type",
        arguments: [
            ("application/x-www-form-urlencoded", true), ("Application/X-WWW-Form-URLencoded; charset=utf-8", true),
            ("application/json", false), ("application/x-www-form-urlencodedd", false), ("", false),
        ])
    func named(type: String, isForm: Bool) { #expect(FormText.isNamed(by: type.utf8) == isForm) }
}
