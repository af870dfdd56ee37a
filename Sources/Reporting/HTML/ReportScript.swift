/// What makes a page of a report handier. It reads nothing but the page, and only hides, shows and opens what is there.
enum ReportScript {
    static let code: StaticString = """
        "use strict";
        (() => {
          const at = (id) => document.getElementById(id);
          const tools = at("tools"), search = at("q"), shown = at("shown"), unfold = at("unfold");
          const choices = { o: at("o"), f: at("f"), s: at("s") };
          const cases = [...document.querySelectorAll("#cases .case")];
          const groups = [...document.querySelectorAll("#cases .group")].map((node) => ({
            node, heading: node.querySelector("h3 span"), open: node.open, cases: [...node.querySelectorAll(".case")] }));
          const texts = new Map();
          const text = (node) => {
            if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
            return texts.get(node);
          };
          const filter = () => {
            const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
            const wanted = Object.entries(choices).filter(([, choice]) => choice.value);
            let count = 0;
            for (const node of cases) {
              const fits = wanted.every(([key, choice]) => node.dataset[key].split(" ").includes(choice.value))
                && words.every((word) => text(node).includes(word));
              node.hidden = !fits;
              if (fits) count += 1;
            }
            const isFiltered = words.length > 0 || wanted.length > 0;
            for (const group of groups) {
              const left = group.cases.filter((node) => !node.hidden).length;
              group.node.hidden = left === 0;
              group.heading.textContent = left === group.cases.length ? left : `${left} of ${group.cases.length}`;
              group.node.open = isFiltered ? true : group.open;
            }
            shown.textContent = isFiltered ? `${count} of ${cases.length} cases` : `${cases.length} cases`;
          };
          const clear = () => {
            search.value = "";
            for (const choice of Object.values(choices)) choice.value = "";
          };
          const reveal = () => {
            const id = decodeURIComponent(location.hash.slice(1));
            const node = id && at(id);
            if (!node || !node.matches("details.case")) return;
            if (node.hidden) { clear(); filter(); }
            for (let each = node; each; each = each.parentElement) if (each.matches("details")) each.open = true;
            node.scrollIntoView({ block: "start" });
            node.querySelector("summary").focus({ preventScroll: true });
          };
          let waiting = 0;
          search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
          for (const choice of Object.values(choices)) choice.addEventListener("change", filter);
          at("clear").addEventListener("click", () => { clear(); filter(); search.focus(); });
          unfold.addEventListener("click", () => {
            const visible = cases.filter((node) => !node.hidden && node.matches("details") && node.closest(".group").open);
            const isOpening = visible.some((node) => !node.open);
            for (const node of visible) node.open = isOpening;
            unfold.textContent = isOpening ? "Fold" : "Unfold";
          });
          document.addEventListener("click", (event) => {
            const link = event.target.closest("a[data-o]");
            if (!link) return;
            clear();
            choices.o.value = link.dataset.o;
            if (link.dataset.f) choices.f.value = link.dataset.f;
            filter();
          });
          document.addEventListener("keydown", (event) => {
            const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
            if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
              event.preventDefault();
              search.focus();
            }
            if (event.key === "Escape" && document.activeElement === search) { clear(); filter(); }
          });
          let folded = [];
          addEventListener("beforeprint", () => {
            folded = [...document.querySelectorAll("details.case:not([open])")].filter((node) =>
              !node.hidden && node.dataset.o !== "pass" && node.dataset.o !== "skipped");
            for (const node of folded) node.open = true;
          });
          addEventListener("afterprint", () => { for (const node of folded) node.open = false; });
          addEventListener("hashchange", reveal);
          tools.hidden = false;
          filter();
          reveal();
        })();
        """
}
