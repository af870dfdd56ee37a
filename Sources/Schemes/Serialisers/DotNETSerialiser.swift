extension Serialiser {
    /// `System.Text.Json` on a `JsonElement`, or a `JsonNode` that nobody changed: it indexes the text, so that numbers
    /// and duplicate keys stay as they were, and escapes all but harmless ASCII, in upper case.
    ///
    /// Checked with the `JsonElement` of .NET Core 3.1; `JsonNode` (.NET 6) is known from its documentation only.
    static let dotNET = Serialiser(
        "dotnet", "JsonSerializer.Serialize(JsonDocument.Parse(body).RootElement) (System.Text.Json)",
        order: .document, numbers: nil,
        strings: StringStyle(
            backslashed: "\\", hexed: "\"&'+<>`", hexedFrom: 0x7F, digits: StringStyle.upper))
}
