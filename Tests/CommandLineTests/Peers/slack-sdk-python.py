"""Slack's Events API, verified by slack-sdk."""

import json
import os

import peer
from slack_sdk.signature import SignatureVerifier

verifier = SignatureVerifier(os.environ["PEER_SECRET"])


def handle(body, headers):
    if not verifier.is_valid_request(body, headers):
        return 401, {"error": "invalid request"}
    event = json.loads(body)
    if event.get("type") == "url_verification":
        return 200, {"challenge": event["challenge"]}
    return 200, {"ok": True}


peer.serve("/slack/events", handle)
