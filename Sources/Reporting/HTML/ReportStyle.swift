/// The look of a page of a report, besides what every page has.
enum ReportStyle {
    static let rules: StaticString = """
        :root { --info: #0b5cad; --info-band: #e2effc; --dim: #57606a; --dim-band: #eef1f4; --mark: #ffe08a;
          --mark-ink: #1c2024; --shade: #f6f8fa; --accent: #4338ca; }
        @media (prefers-color-scheme: dark) {
          :root { --info: #8cc4ff; --info-band: #14304d; --dim: #a7b1bb; --dim-band: #252c33; --mark: #6b5200;
            --mark-ink: #fff; --shade: #1a2026; --accent: #b3aaff; } }
        html { scroll-behavior: smooth; } body { overflow-wrap: anywhere; }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .4rem .8rem; z-index: 2; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        .eyebrow { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); margin: 0; }
        .top h1 { font-size: 1.35rem; font-weight: 600; margin: .15rem 0 1rem; overflow-wrap: anywhere; }
        .top h1 code { font-size: 1em; }
        .verdict { display: flex; gap: 1.1rem; align-items: center; padding: 1rem 1.2rem; border-radius: .7rem;
          border: 1px solid var(--tint); background: var(--tint-band); }
        .is-good { --tint: var(--good); --tint-band: var(--good-band); }
        .is-bad { --tint: var(--bad); --tint-band: var(--bad-band); }
        .is-odd { --tint: var(--odd); --tint-band: var(--odd-band); }
        .grade { flex: none; width: 4.2rem; height: 4.2rem; border-radius: .6rem; display: grid; place-items: center;
          font: 700 2.6rem/1 system-ui, sans-serif; color: var(--paper); background: var(--tint); }
        .verdict .lead { font-size: 1.15rem; font-weight: 600; margin: 0 0 .2rem; }
        .verdict .quiet { color: var(--ink); opacity: .82; font-size: .875rem; margin: 0; }
        .runs { list-style: none; margin: 0; padding: 0; display: grid; gap: .8rem; }
        .runs h2 { border: 0; margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
        .tone { display: inline-block; max-width: 100%; border-radius: .35rem; padding: 0 .45rem; font-size: .8rem;
          line-height: 1.5rem; font-weight: 600; text-decoration: none; }
        .tone.good { color: var(--good); background: var(--good-band); }
        .tone.bad { color: var(--bad); background: var(--bad-band); }
        .tone.odd { color: var(--odd); background: var(--odd-band); }
        .tone.info { color: var(--info); background: var(--info-band); }
        .tone.dim { color: var(--dim); background: var(--dim-band); }
        a.tone:hover { text-decoration: underline; }
        .tally { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; margin: .9rem 0 .6rem; }
        .tally .tone { font-size: .9rem; padding: .2rem .7rem; }
        .tally b { font-size: 1.05rem; font-variant-numeric: tabular-nums; }
        .rule { border: 0; font-size: .875rem; color: var(--quiet); }
        .grades { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0 .4rem 1.1rem; }
        .grades dt { font-weight: 700; } .grades dd { margin: 0; }
        h2 { font-size: 1.15rem; padding-bottom: .25rem; }
        .faults { list-style: none; counter-reset: fault; padding: 0; margin: .6rem 0; display: grid; gap: .6rem; }
        .faults li { display: grid; grid-template-columns: 9.5rem 1fr; gap: .8rem; padding: .7rem .9rem;
          border: 1px solid var(--edge); border-left: 4px solid var(--bad); border-radius: .5rem; }
        .diagnosis { list-style: none; padding: 0; display: grid; gap: .6rem; margin: .6rem 0; }
        .diagnosis li { padding: .7rem .9rem; border: 1px solid var(--edge); border-left: 4px solid var(--accent);
          border-radius: .5rem; }
        .sev { color: var(--bad); font-size: .8rem; font-weight: 600; line-height: 1.5rem; }
        .problem { font-size: 1.05rem; padding: .7rem .9rem; border-left: 4px solid var(--odd); background: var(--odd-band);
          border-radius: .3rem; }
        .windows { margin: .6rem 0; } .windows svg { width: 100%; min-width: 40rem; display: block; }
        .windows svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
        .windows svg .tick { font-size: 11px; fill: var(--quiet); } .windows svg .row-title { font-weight: 600; }
        svg .axis { stroke: var(--edge); stroke-width: 1; } svg .now { stroke: var(--quiet); stroke-dasharray: 3 3; }
        svg .measured { fill: var(--accent); } svg .beyond { fill: var(--bad); }
        .windows svg .row-title, .windows svg .row-words { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; }
        svg .documented { fill: var(--good); }
        .legend { font-size: .8rem; color: var(--quiet); } .key { display: inline-block; width: 1.4rem; height: .6rem;
          border-radius: 2px; margin: 0 .35rem 0 0; } .legend .documented, .legend .beyond { margin-left: .9rem; }
        .key.measured { background: var(--accent); } .key.beyond { background: var(--bad); } .key.documented { background: var(--good); }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
        .plots figure { margin: 0; } .plots svg { width: 100%; }
        .transport { columns: 22rem; font-size: .875rem; padding-left: 0; list-style: none; margin: .3rem 0; }
        .families tbody th { font-weight: 500; } .families td, .families th { padding: .18rem .7rem; }
        .families .none, .by-run .none { color: var(--quiet); }
        .families td { white-space: nowrap; } .families td .tone { min-width: 2.2rem; text-align: right; margin: 0 .1rem; }
        .families tr:hover > *, .by-run tr:hover > * { background: var(--shade); }
        .tools { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center;
          padding: .6rem 0; background: var(--paper); border-bottom: 1px solid var(--edge); font-size: .875rem; }
        .tools[hidden], [hidden] { display: none; }
        .tools .search { flex: 1 1 16rem; display: flex; gap: .4rem; align-items: center; }
        .tools input { flex: 1; min-width: 8rem; } .tools output { color: var(--quiet); font-variant-numeric: tabular-nums; }
        .tools select { max-width: 12rem; } .verdict > div, .faults li > *, details.case > summary > * { min-width: 0; }
        .tools input, .tools select, .tools button { font: inherit; color: inherit; background: var(--paper);
          border: 1px solid var(--quiet); border-radius: .35rem; padding: .25rem .5rem; }
        .tools button { cursor: pointer; background: var(--band); }
        .group { border: 0; } .group > summary { padding: .4rem 0; }
        .group > summary h3 { display: inline; margin: 0; font-size: 1rem; }
        .group > summary .quiet { font-weight: 400; font-variant-numeric: tabular-nums; }
        .case { content-visibility: auto; contain-intrinsic-size: auto 2.1rem; scroll-margin-top: 4rem; }
        tr.case { content-visibility: visible; }
        details.case { border: 1px solid transparent; border-bottom-color: var(--edge); padding: 0 .5rem; }
        details.case[open] { border: 1px solid var(--edge); border-radius: .5rem; margin: .4rem 0; background: var(--shade); }
        details.case > summary { display: grid; grid-template-columns: 6.6rem minmax(12rem, 20rem) 1fr max-content;
          gap: .2rem .8rem; align-items: baseline; padding: .28rem 0; list-style: none; }
        details.case > summary::-webkit-details-marker { display: none; }
        details.case > summary:hover .id { text-decoration: underline; }
        details.case > summary > .tone { justify-self: start; }
        details.case .title { font-size: .9rem; } details.case .meta { color: var(--quiet); font-size: .8rem; }
        .case-body { padding: .2rem 0 .9rem; }
        .facts { display: grid; grid-template-columns: 6.5rem 1fr; gap: .3rem .9rem; margin: .4rem 0 .8rem; font-size: .92rem; }
        .facts dt { color: var(--quiet); } .facts dd { margin: 0; min-width: 0; max-width: 62rem; overflow-wrap: anywhere; }
        .exchange h4 { margin: .6rem 0 .2rem; font-size: .8rem; font-weight: 600; color: var(--quiet); }
        .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 1rem; }
        pre { margin: 0; padding: .55rem .7rem; background: var(--paper); border: 1px solid var(--edge); border-radius: .4rem;
          font: .78rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere;
          max-height: 26rem; overflow: auto; }
        .more pre { white-space: pre; overflow-wrap: normal; } .more pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
        .command { user-select: all; }
        mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; }
        .more { border: 0; margin-top: .5rem; font-size: .9rem; } .more > summary { color: var(--quiet); }
        .steps { font-size: .85rem; padding-left: 2rem; }
        .by-run { width: 100%; } .case-name { font-weight: 400; min-width: 18rem; }
        .case-name code { display: block; } .case-name .quiet { font-size: .85rem; }
        .by-run td { white-space: nowrap; } .by-run .seen { color: var(--quiet); font-size: .8rem; margin-left: .4rem; }
        footer { margin-top: 3rem; border-top: 1px solid var(--edge); font-size: .8rem; }
        @media (max-width: 48rem) {
          body { padding: 1rem .8rem 3rem; } .pair { grid-template-columns: minmax(0, 1fr); }
          details.case > summary { grid-template-columns: 6.6rem 1fr; } details.case .title { grid-column: 1 / -1; }
          details.case .meta { grid-column: 1 / -1; } .facts { grid-template-columns: 1fr; gap: 0; }
          .facts dd { margin-bottom: .4rem; } .faults li { grid-template-columns: 1fr; gap: .1rem; }
          .grade { width: 3.2rem; height: 3.2rem; font-size: 2rem; } .tools { position: static; } }
        @media print {
          :root { --ink: #000; --quiet: #444; --paper: #fff; --edge: #bbb; --shade: #fff; --good: #0d5424; --bad: #8f1616;
            --odd: #6a4604; --good-band: #e9f6ec; --bad-band: #fceaea; --odd-band: #fbf4df; --mark: #ffe08a;
            --mark-ink: #000; --dim: #444; --dim-band: #eee; --info: #0b5cad; --info-band: #e8f1fb; --accent: #4338ca; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          .tools, .skip, .rule { display: none; } .case { content-visibility: visible; }
          details.group:not([open])::details-content { display: none; }
          details.more::details-content { display: none; } .more > summary { display: none; }
          details.case[data-o="pass"]::details-content, details.case[data-o="skipped"]::details-content { display: none; }
          pre { max-height: none; overflow: visible; font-size: 8px; } .faults li { break-inside: avoid; }
          html { font-size: 11px; } body { font-size: 11px; } details.case[open] { padding: 0; } }
        """
}
