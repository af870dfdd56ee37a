"""Standard Webhooks, verified by the standardwebhooks package."""

import os

import peer
from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["PEER_SECRET"])


def handle(body, headers):
    try:
        event = webhook.verify(body, headers)
    except WebhookVerificationError:
        return 401, {"error": "invalid signature"}
    return 200, {"ok": True, "type": event["type"]}


peer.serve("/webhooks/standard", handle)
