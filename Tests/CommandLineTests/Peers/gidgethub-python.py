"""GitHub's deliveries, verified by gidgethub."""

import os

import peer
from gidgethub import BadRequest, ValidationFailure
from gidgethub.sansio import Event

secret = os.environ["PEER_SECRET"]


def handle(body, headers):
    try:
        event = Event.from_http(headers, body, secret=secret)
    except ValidationFailure:
        return 401, {"error": "signature mismatch"}
    except BadRequest as error:
        return int(error.status_code), {"error": "bad request"}
    return 202, {"status": "accepted", "event": event.event}


peer.serve("/github/webhook", handle)
