"""LINE's webhooks, verified by line-bot-sdk; the body is read as text, as the SDK's Flask examples read it."""

import os

import peer
from linebot.v3 import SignatureValidator

validator = SignatureValidator(os.environ["PEER_SECRET"])


def handle(body, headers):
    # flask.Request.get_data(as_text=True) decodes in this way.
    text = body.decode("utf-8", errors="replace")
    if not validator.validate(text, headers.get("X-Line-Signature", "")):
        return 400, {"error": "invalid signature"}
    return 200, {}


peer.serve("/callback", handle)
