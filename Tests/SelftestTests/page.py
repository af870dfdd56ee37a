"""Reads a page as a browser's parser would, and says what is in it: page.py FILE

Fails when elements are not nested as they are closed, an id stands twice, a link leads nowhere, or anything could be
loaded or run.
"""

import json
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "wbr"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.texts, self.problems = [], [], [], [], []
        # What each flaw's details say and link to, and the lines of the tables of flaws by scheme, cell by cell.
        self.flaws, self.flaw, self.lines = {}, None, []

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "link", "img", "iframe", "object", "embed", "base", "form"}:
            self.problems.append(f"<{tag}> at {self.getpos()}")
        for name, value in attributes:
            if name.startswith("on") or name in {"src", "style", "action"}:
                self.problems.append(f"{name}= at {self.getpos()}")
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
            if name == "title":
                self.texts.append(value)
        given = dict(attributes)
        if tag == "details" and (given.get("id") or "").startswith("flaw-"):
            self.flaw = self.flaws[given["id"][len("flaw-"):]] = {"text": "", "cases": []}
        if self.flaw and (given.get("href") or "").startswith("#case-"):
            self.flaw["cases"].append(given["href"][len("#case-"):])
        if tag == "tr":
            self.lines.append([])
        if tag in {"th", "td"}:
            self.lines[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")
        if tag == "details":
            self.flaw = None

    def handle_data(self, text):
        if self.open[-1:] != ["style"]:
            self.texts.append(text)
        if self.flaw:
            self.flaw["text"] += text
        if {"th", "td"} & set(self.open):
            self.lines[-1][-1] += text


page = Page()
source = open(sys.argv[1], encoding="utf-8").read()
page.feed(source)
page.close()
if page.open:
    page.problems.append(f"still open: {page.open}")
if len(set(page.ids)) != len(page.ids):
    page.problems.append("an id stands twice")
page.problems += [link for link in page.links if link[:1] != "#" or link[1:] not in page.ids]
if "url(" in source or "@import" in source:
    page.problems.append("the style loads something")
print(
    json.dumps(
        {
            "problems": page.problems, "ids": len(page.ids), "text": "".join(page.texts), "flaws": page.flaws,
            "lines": page.lines,
        }
    )
)
