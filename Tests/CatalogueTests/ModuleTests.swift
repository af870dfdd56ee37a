import Testing

@Suite("Module") struct ModuleTests { @Test func builds() { #expect(Bool(true)) } }
