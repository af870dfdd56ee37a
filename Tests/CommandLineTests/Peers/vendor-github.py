"""GitHub's deliveries as a strict receiver takes them: it asks for the headers that the documentation promises, tells
events apart by X-GitHub-Event, and knows a delivery by its GUID. Plain Python, without a library."""

import hashlib
import hmac
import json
import os
import re
import uuid
from urllib.parse import parse_qs

import peer

SECRET = os.environ["PEER_SECRET"].encode()
# What the documentation promises of each header.
PROMISED = {
    "User-Agent": r"GitHub-Hookshot/\w+", "X-GitHub-Event": r"[a-z_]+", "X-GitHub-Hook-ID": r"\d+",
    "X-GitHub-Hook-Installation-Target-Type": r"repository|organization|integration",
    "X-GitHub-Hook-Installation-Target-ID": r"\d+", "Accept": r"\*/\*",
}
seen = set()
commits = set()


def push(event):
    # The newest commit of a branch is pushed once.
    known = event["after"] in commits
    commits.add(event["after"])
    return {"ref": event["ref"], "commit": event["head_commit"]["message"], "known": known}


EVENTS = {"ping": lambda event: {"zen": event["zen"]}, "push": push}


def handle(body, headers):
    right = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    lines = headers.get_all("X-Hub-Signature-256", [])
    if len(lines) != 1 or not hmac.compare_digest(lines[0].encode("latin-1"), right.encode()):
        return 401, {"error": "signature mismatch"}
    for name, pattern in PROMISED.items():
        values = headers.get_all(name, [])
        if len(values) != 1 or not re.fullmatch(pattern, values[0]):
            return 400, {"error": "not as documented: " + name}
    try:
        delivery = uuid.UUID(headers.get("X-GitHub-Delivery", ""))
    except ValueError:
        return 400, {"error": "the delivery is no GUID"}
    form = headers.get_content_type() == "application/x-www-form-urlencoded"
    try:
        event = json.loads(parse_qs(body.decode())["payload"][0] if form else body)
        if delivery in seen:
            return 202, {"status": "duplicate"}
        result = EVENTS[headers["X-GitHub-Event"]](event)
    except (KeyError, TypeError, ValueError, RecursionError):
        return 400, {"error": "not usable"}
    seen.add(delivery)
    return 202, result


peer.serve("/github/webhook", handle)
