internal import Bytes
internal import Cryptography
internal import ReportModel

/// A self-contained page: no network, styles for light, dark, small screens and paper. It can be read without scripts.
package struct HTMLPage {
    package let title: String
    package let body: [HTMLNode]
    /// Rules of style besides those of every page.
    let style: StaticString?
    /// What makes the page handier; part of this program.
    let script: StaticString?

    /// Creates a page.
    package init(title: String, body: [HTMLNode]) {
        self.init(title: title, style: nil, script: nil, body: body)
    }

    init(title: String, style: StaticString?, script: StaticString?, body: [HTMLNode]) {
        self.title = title
        self.style = style
        self.script = script
        self.body = body
    }

    /// The whole document in UTF-8.
    package var bytes: [UInt8] {
        let sheets = ([Self.rules] + (style.map { [$0] } ?? [])).map(HTMLNode.style)
        var out = "<!DOCTYPE html>\n"
        let head: [HTMLNode] = [
            .element("meta", [.init("charset", "utf-8")]),
            .element("meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")]),
            // Even if escaping failed, the page could load nothing, and run only the script whose digest is here.
            .element(
                "meta",
                [
                    .init("http-equiv", "Content-Security-Policy"),
                    .init("content", policy(sheets)),
                ]),
            .element("meta", [.init("name", "color-scheme"), .init("content", "light dark")]),
            .element("title", [], .text(title)),
        ]
        let content = body + (script.map { [.script($0)] } ?? [])
        HTMLNode.element(
            "html", [.init("lang", "en")], .element("head", of: head + sheets), .element("body", of: content)
        )
        .write(to: &out)
        return Array(out.utf8)
    }

    /// Nothing from outside, and of what is inside only the styles and the script that belong here.
    private func policy(_ sheets: [HTMLNode]) -> String {
        func source(_ text: String) -> String {
            let digest = Base64.encode(HashFunction.sha256.digest(Array(text.utf8)))
            return "'sha256-\(String(decoding: digest, as: UTF8.self))'"
        }
        let styles = Set((sheets + body).flatMap(\.styles)).sorted().map(source).joined(separator: " ")
        let parts = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "style-src \(styles)"]
        return (parts + (script.map { ["script-src \(source("\n\($0)\n"))"] } ?? [])).joined(separator: "; ")
    }

    private static let rules: StaticString = """
        :root { --ink: #1c2024; --quiet: #5f6b76; --paper: #fff; --edge: #d5dbe1; --band: #f4f6f8;
          --good: #12692f; --good-band: #dff3e4; --bad: #a81e1e; --bad-band: #fbe3e3;
          --odd: #80570a; --odd-band: #fbf0d3; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e8ec; --quiet: #9aa6b2; --paper: #14181c; --edge: #353d46; --band: #1d2329;
            --good: #7fd89a; --good-band: #16331f; --bad: #ff9a93; --bad-band: #431c1c;
            --odd: #ecc66d; --odd-band: #3a2d0e; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--edge); }
        h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
        p { margin: .4rem 0; max-width: 62rem; }
        a { color: inherit; text-decoration-color: var(--quiet); }
        code, .id { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
        .quiet { color: var(--quiet); }
        .good { color: var(--good); } .bad { color: var(--bad); } .odd { color: var(--odd); }
        .counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
        .counts li { border: 1px solid var(--edge); border-radius: .4rem; padding: .4rem .8rem; }
        .counts b { display: block; font-size: 1.4rem; line-height: 1.2; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .875rem; margin-bottom: 1rem; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; white-space: nowrap; }
        th, td { padding: .2rem .5rem; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; }
        thead th { vertical-align: bottom; font-weight: 600; }
        td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
        .matrix th.s { writing-mode: vertical-rl; transform: rotate(180deg); padding: .4rem .2rem; white-space: nowrap; }
        .matrix tbody th { font-weight: 400; position: sticky; left: 0; background: var(--paper); }
        .matrix td { text-align: center; min-width: 2.6rem; white-space: nowrap;
          font-variant-numeric: tabular-nums; }
        .matrix td.kill { background: var(--good-band); color: var(--good); }
        .matrix td.other { background: var(--odd-band); color: var(--odd); }
        .matrix td.unseen { color: var(--quiet); }
        tr.gap th, tr.gap td { background: var(--bad-band); }
        details { border-bottom: 1px solid var(--edge); padding: .2rem 0; }
        summary { cursor: pointer; }
        details > p, details > dl { margin-left: 1.1rem; }
        details ul { margin: .2rem 0 .4rem; padding-left: 2.2rem; columns: 22rem; font-size: .875rem; }
        li { break-inside: avoid; }
        :target { outline: 2px solid var(--odd); outline-offset: 2px; }
        @media print {
          :root { --ink: #000; --quiet: #444; --paper: #fff; --edge: #bbb; }
          body { max-width: none; padding: 0; font-size: 10px; }
          details::details-content { content-visibility: visible; display: block; block-size: auto; }
          .scroll { overflow: visible; } .matrix tbody th { position: static; }
          tr, summary, h2, h3 { break-inside: avoid; } h2, h3, summary { break-after: avoid; }
        }
        """
}
