internal import Bytes
internal import Reporting
internal import Schemes
internal import Transport

/// A shell command that sends exactly the bytes of a signed request with curl.
enum CurlCommand {
    /// The longest body that is an argument; systems limit what an argument may hold.
    private static let longestArgument = 65_536

    /// Returns the command; credentials come from environment variables.
    static func text(_ request: HTTPRequest, _ url: TargetURL, _ scheme: Scheme) -> String {
        var words = [
            "curl -sS -i -X \(String(decoding: request.method, as: UTF8.self))" + flags(for: url)
                + " \(ShellText.quoted(url.description))"
        ]
        for field in request.headers.fields where !ASCII.equalsIgnoringCase(field.name, "Host".utf8) {
            words.append("-H \(ShellText.quoted(header(field)))")
        }
        for credential in scheme.credentials {
            let variable = variable(credential.id)
            words.append("-H \(ShellText.quoted("\(credential.header): "))\"${\(variable):?set \(variable)}\"")
        }
        let argument = argument(request.body)
        words.append("--data-binary \(argument.map(ShellText.quoted) ?? "@-")")
        let command = words.joined(separator: " \\\n  ")
        return argument == nil ? "\(ShellText.printf(request.body)) |\n  \(command)" : command
    }

    /// curl expands braces and brackets in a URL, and removes dot segments and the `?` of an empty query.
    private static func flags(for url: TargetURL) -> String {
        let path = url.target.prefix { $0 != "?" }
        var flags = ""
        if url.description.contains(where: "{}[]".contains) { flags += " --globoff" }
        let segments = path.replacing("%2e", with: ".").replacing("%2E", with: ".").split(separator: "/")
        if segments.contains(where: { $0 == "." || $0 == ".." }) { flags += " --path-as-is" }
        if url.target.hasSuffix("?") { flags += " --request-target \(ShellText.quoted(url.target))" }
        return flags
    }

    /// A header without a value ends in `;`: with `:` curl would leave it out.
    private static func header(_ field: HeaderField) -> String {
        let name = String(decoding: field.name, as: UTF8.self)
        return field.value.isEmpty ? "\(name);" : "\(name): \(String(decoding: field.value, as: UTF8.self))"
    }

    /// A body that begins with `@` would name a file.
    private static func argument(_ body: [UInt8]) -> String? {
        guard body.count <= longestArgument, body.first != UInt8(ascii: "@") else { return nil }
        return ShellText.plain(body)
    }

    private static func variable(_ id: String) -> String {
        String(id.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
