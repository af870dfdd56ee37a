"""Slack's slash commands and interactivity as a receiver takes them: forms, of which a click has its JSON in one field.
Plain Python, without a library."""

import hashlib
import hmac
import json
import os
import re
import time
from urllib.parse import parse_qsl

import peer

SECRET = os.environ["PEER_SECRET"].encode()
USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


def command(fields):
    if not re.fullmatch(r"/\w+", fields["command"]) or not fields["trigger_id"]:
        raise ValueError("no command")
    return {"response_type": "ephemeral", "text": fields["text"]}


def click(event):
    return {"text": event["message"]["text"], "action": event["actions"][0]["action_id"], "type": event["type"]}


def handle(body, headers):
    lines, stamps = headers.get_all("X-Slack-Signature", []), headers.get_all("X-Slack-Request-Timestamp", [])
    if len(lines) != 1 or len(stamps) != 1 or not re.fullmatch(r"[0-9]{1,12}", stamps[0]):
        return 401, {"error": "invalid signature"}
    right = "v0=" + hmac.new(SECRET, b"v0:%s:%s" % (stamps[0].encode(), body), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(lines[0].encode("latin-1"), right.encode()) or abs(time.time() - int(stamps[0])) > 300:
        return 401, {"error": "invalid signature"}
    if headers.get_all("User-Agent") != [USER_AGENT] or headers.get_all("Accept") != ["application/json,*/*"]:
        return 400, {"error": "not Slack"}
    if headers.get_content_type() != "application/x-www-form-urlencoded":
        return 400, {"error": "not a form"}
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        return 200, click(json.loads(fields["payload"])) if "payload" in fields else command(fields)
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return 400, {"error": "not usable"}


peer.serve("/slack/forms", handle)
