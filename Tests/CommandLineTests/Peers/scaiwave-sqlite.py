"""A ScaiWave bridge that keeps what it must remember in SQLite, with Python's standard library only.

    scaiwave-sqlite.py DBFILE [--flaw no-dedupe | --flaw old-secret-dead]

The first secret is in PEER_SECRET; scaiwave_store.py replaces it, and counts what was done.
"""

import hashlib
import hmac
import json
import os
import secrets
import sys
import time

import peer
from scaiwave_store import connect, prepare, transaction

PATH = "/v1/bridges/br_countersign/inbound"
TOLERANCE = 300  # seconds, either way
WINDOW = 600  # seconds for which a delivery is remembered


def good_secrets(file, flaw):
    database = connect(file)
    try:
        query = "SELECT secret FROM secrets WHERE until IS NULL"
        if flaw != "old-secret-dead":
            query += " OR until > :now"
        return [secret.encode() for (secret,) in database.execute(query, {"now": time.time()})]
    finally:
        database.close()


def is_genuine(header, body, keys):
    """Tells whether one of the signatures holds under one of the keys, and is fresh."""
    fields = [field.partition("=")[::2] for field in header.split(",")]
    times = [value for name, value in fields if name == "t"]
    signatures = [value for name, value in fields if name == "v1"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) <= 12):
        return False
    if abs(time.time() - int(times[0])) > TOLERANCE:
        return False
    message = times[0].encode() + b"." + body
    expected = [hmac.new(key, message, hashlib.sha256).hexdigest().encode() for key in keys]
    # http.server reads headers as Latin-1, and compare_digest takes no other text than ASCII.
    found = [signature.encode("latin-1") for signature in signatures]
    return any(hmac.compare_digest(one, other) for one in expected for other in found)


def read(body):
    """Gives the event id and the text of a body; `None` when it is not as the document says."""
    try:
        event = json.loads(body)
        values = event["event_id"], event["sender"]["external_id"], event["content"]["body"]
        if not all(isinstance(value, str) for value in values) or not values[0]:
            return None
        for value in values:
            value.encode()  # a lone surrogate has no place in a database
        return values[0], values[2]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def deliver(file, flaw, event_id, text):
    """Acts once on each event, and gives the id of its message."""
    now = time.time()
    message_id = secrets.token_hex(16)
    with transaction(file) as database:
        database.execute("DELETE FROM deliveries WHERE received < ?", (now - WINDOW,))
        if flaw == "no-dedupe":
            database.execute("DELETE FROM deliveries WHERE event_id = ?", (event_id,))
        made = database.execute(
            "INSERT INTO deliveries VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (event_id, message_id, now)
        ).rowcount
        if made == 1:
            database.execute("INSERT INTO messages VALUES (?, ?, ?)", (message_id, event_id, text))
        query = "SELECT message_id FROM deliveries WHERE event_id = ?"
        return database.execute(query, (event_id,)).fetchone()[0]


def serve(file, flaw):
    def handle(body, headers):
        header = headers.get("X-ScaiWave-Bridge-Signature", "")
        if not is_genuine(header, body, good_secrets(file, flaw)):
            return 401, {"error": "invalid signature"}
        event = read(body)
        if event is None:
            return 400, {"error": "invalid body"}
        return 200, {"ok": True, "event_id": deliver(file, flaw, *event)}

    kept = prepare(file, os.environ["PEER_SECRET"])
    peer.serve(PATH, handle)
    kept.close()


def main(file, *options):
    if options not in ((), ("--flaw", "no-dedupe"), ("--flaw", "old-secret-dead")):
        sys.exit(__doc__)
    serve(file, options[1] if options else None)


main(*sys.argv[1:])
