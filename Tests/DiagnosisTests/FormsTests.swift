import Testing

@testable import Diagnosis

/// What programs make of bytes, compared with what Python makes of them.
@Suite("Forms of bytes") struct FormsTests {
    /// `unicodedata.normalize` of é, a with a combining acute, ẛ̣, 각, and q with two marks in the wrong order.
    @Test(
        "The normal forms of Unicode are those of Python",
        arguments: [
            (
                true,
                [195, 169, 195, 161, 225, 186, 155, 204, 163, 234, 176, 129, 113, 204, 163, 204, 135] as [UInt8]
            ),
            (
                false,
                [
                    101, 204, 129, 97, 204, 129, 197, 191, 204, 163, 204, 135, 225, 132, 128, 225, 133, 161, 225, 134,
                    168,
                    113, 204, 163, 204, 135,
                ]
            ),
        ])
    func normalForms(composed: Bool, expected: [UInt8]) {
        let text = "\u{E9}a\u{301}\u{1E9B}\u{323}\u{AC01}q\u{307}\u{323}"
        #expect(Forms.normalised(Array(text.utf8), composed: composed) == expected)
    }

    @Test("ASCII has no other form, and bytes that are no UTF-8 have none", arguments: [Array("plain".utf8), [0xC3]])
    func noForm(bytes: [UInt8]) {
        #expect(Forms.normalised(bytes, composed: true) == nil)
    }
}
