"""Discord's interactions, verified by discord-interactions; what its decorator for Flask does stands here by hand."""

import json
import os

import peer
from discord_interactions import InteractionResponseType, InteractionType, verify_key

public_key = os.environ["PEER_PUBLIC_KEY"]


def handle(body, headers):
    signature = headers.get("X-Signature-Ed25519")
    timestamp = headers.get("X-Signature-Timestamp")
    if signature is None or timestamp is None or not verify_key(body, signature, timestamp, public_key):
        return 401, {"error": "Bad request signature"}
    try:
        interaction = json.loads(body)
    except ValueError:
        return 400, {"error": "not JSON"}  # as the json property of Flask's request does
    if interaction and interaction.get("type") == InteractionType.PING:
        return 200, {"type": InteractionResponseType.PONG}
    return 200, {"type": InteractionResponseType.CHANNEL_MESSAGE_WITH_SOURCE, "data": {"content": "ok"}}


peer.serve("/discord/interactions", handle)
