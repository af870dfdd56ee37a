import Bytes
import Testing

@Suite("Hex")
struct HexTests {
    @Test("reads and writes every byte")
    func roundTrip() {
        let all = Array(UInt8.min...UInt8.max)
        #expect(Hex.decode(Hex.encode(all)) == all)
        #expect(Hex.string([0xDE, 0xAD, 0x00]) == "dead00")
    }

    @Test("reads either case", arguments: ["dead", "DEAD", "DeAd"])
    func eitherCase(text: String) {
        #expect(Hex.decode(Array(text.utf8)) == [0xDE, 0xAD])
    }

    @Test(
        "refuses what a lenient decoder lets pass (B07)",
        arguments: ["a", "abc", "zz", "abzz", "ab ", "0x1f", "+f", "a\n"])
    func refuses(text: String) {
        #expect(Hex.decode(Array(text.utf8)) == nil)
    }
}
