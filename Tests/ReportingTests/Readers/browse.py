"""Opens pages in headless Chromium, and says what happens: browse.py FOLDER

FOLDER has report.html, hostile.html and comparison.html. Chromium is driven through its DevTools protocol over a pipe.
Prints one object: for each page, what was logged, requested or run against its policy, what axe-core finds in light and
dark with everything unfolded, and what search and filters show.
"""

import importlib.util
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

FOLDER = os.path.abspath(sys.argv[1])
AXE = os.path.join(os.path.dirname(importlib.util.find_spec("axe_playwright_python").origin), "axe.min.js")


class Browser:
    """One page of a Chromium of its own."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="countersign-browser-")
        program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
        to_browser, from_browser = os.pipe(), os.pipe()
        flags = ["--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--disable-gpu",
                 "--no-first-run", "--disable-extensions", "--disable-background-networking"]
        # Chromium refuses its sandbox to root; the pages hold what the tests wrote.
        flags += ["--no-sandbox"] if os.getuid() == 0 else []

        def descriptors():
            os.dup2(to_browser[0], 3)
            os.dup2(from_browser[1], 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        self.process = subprocess.Popen([program, *flags], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        close_fds=False, preexec_fn=descriptors)
        os.close(to_browser[0])
        os.close(from_browser[1])
        self.input, self.output = os.fdopen(to_browser[1], "wb"), os.fdopen(from_browser[0], "rb")
        self.numbers, self.rest, self.events = itertools.count(1), b"", []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.rest:
            data = os.read(self.output.fileno(), 1 << 20)
            if not data:
                sys.exit("the browser ended")
            self.rest += data
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        number = next(self.numbers)
        request = {"id": number, "method": method, "params": parameters}
        if getattr(self, "session", None):
            request["sessionId"] = self.session
        self.input.write(json.dumps(request).encode() + b"\0")
        self.input.flush()
        while True:
            answer = self.message()
            if answer.get("id") == number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, name, fragment=""):
        # A fragment of the same page would not load it anew.
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=f"file://{FOLDER}/{name}{fragment}")
        self.events = []
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())

    def ask(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{expression[:80]}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def complaints(self):
        """Whatever a page that minds its own business does not cause."""
        found = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append("exception: " + parameters["exceptionDetails"]["text"])
            elif method == "Runtime.consoleAPICalled":
                found.append("console: " + str([argument.get("value") for argument in parameters["args"]]))
            elif method == "Log.entryAdded":
                found.append("log: " + parameters["entry"]["text"])
            elif method == "Page.javascriptDialogOpening":
                found.append("dialog: " + parameters["message"])
            elif method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith(f"file://{FOLDER}/"):
                    found.append("request: " + url)
        return found

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


UNFOLD = "for (const node of document.querySelectorAll('details')) node.open = true"
RUN_AXE = """axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map((rule) =>
    rule.id + ': ' + rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')))"""
SHOWN = "[...document.querySelectorAll('#cases .case')].filter((node) => !node.hidden).map((node) => node.id)"
SEARCH = "(() => { const q = document.getElementById('q'); q.value = %s; q.dispatchEvent(new Event('input')); })()"
CHOOSE = "(() => { const c = document.getElementById(%s); c.value = %s; c.dispatchEvent(new Event('change')); })()"
LATER = "new Promise((done) => setTimeout(done, 200))"


def accessibility(browser):
    """Everything unfolded and painted: what is off the screen has no colours to judge otherwise."""
    browser.ask(UNFOLD)
    with open(AXE, encoding="utf-8") as file:
        browser.ask(file.read() + "; 0")
    browser.ask("(() => { const s = new CSSStyleSheet(); s.replaceSync('.case { content-visibility: visible !important }');"
                "document.adoptedStyleSheets = [s]; })()")
    found = {}
    for scheme in ["light", "dark"]:
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        found[scheme] = browser.ask(RUN_AXE)
    return found


def search(browser, text):
    browser.ask(SEARCH % json.dumps(text))
    browser.ask(LATER)
    return browser.ask(SHOWN)


def main(browser):
    found = {}
    for name in ["report.html", "hostile.html", "comparison.html"]:
        browser.open(name)
        page = {
            "title": browser.ask("document.title"), "cases": len(browser.ask(SHOWN)),
            "scripts": browser.ask("document.querySelectorAll('script').length"),
            "elements": browser.ask("[...new Set([...document.querySelectorAll('*')].map((node) => node.localName))].sort()"),
            "handlers": browser.ask("[...document.querySelectorAll('*')].flatMap((node) => [...node.attributes])"
                                    ".filter((each) => each.name.startsWith('on') || each.name === 'style').map((each) => each.name)"),
            "width": browser.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        }
        # Somebody who got markup into the page could run nothing all the same.
        browser.ask("(() => { const s = document.createElement('script'); s.textContent = 'window.injected = 1';"
                    "document.body.append(s); const d = document.createElement('div');"
                    "d.innerHTML = '<img src=x onerror=\"window.injected = 2\">'; document.body.append(d); })()")
        browser.ask(LATER)
        page["injected"] = browser.ask("window.injected ?? null")
        browser.open(name)
        if name == "report.html":
            page["search"] = search(browser, "truncated")
            page["bytes"] = search(browser, "evt_7f3a_000012")
            page["nothing"] = search(browser, "no such text")
            search(browser, "")
            browser.ask(CHOOSE % ('"o"', '"warn"'))
            page["warned"] = browser.ask(SHOWN)
            browser.ask("document.querySelector('#families a[data-o=fail][data-f=timestamp]').click()")
            page["family"] = browser.ask(SHOWN)
            browser.ask("document.getElementById('clear').click()")
            page["cleared"] = len(browser.ask(SHOWN))
            page["said"] = browser.ask("document.getElementById('shown').textContent")
            browser.open(name, "#case-transport/chunked")
            page["revealed"] = browser.ask("document.getElementById('case-transport/chunked').open")
        page["accessibility"] = accessibility(browser)
        browser.call("Emulation.setDeviceMetricsOverride", width=360, height=800, deviceScaleFactor=1, mobile=True)
        page["narrow"] = browser.ask("document.documentElement.scrollWidth")
        browser.call("Emulation.clearDeviceMetricsOverride")
        page["complaints"] = browser.complaints()
        found[name] = page
    return found


signal.alarm(120)
browser = Browser()
try:
    print(json.dumps(main(browser)))
finally:
    browser.close()
