"""Stripe's events, verified by the stripe package."""

import os

import peer
import stripe

endpoint_secret = os.environ["PEER_SECRET"]


def handle(payload, headers):
    try:
        event = stripe.Webhook.construct_event(payload, headers.get("Stripe-Signature"), endpoint_secret)
    except ValueError:
        return 400, {"error": "invalid payload"}
    except stripe.SignatureVerificationError:
        return 400, {"error": "invalid signature"}
    return 200, {"received": True, "type": event["type"]}


peer.serve("/stripe/webhook", handle)
