"""A ScaiWave bridge that keeps what it must remember in SQLite, with Python's standard library only.

    scaiwave-sqlite.py serve DBFILE [--flaw no-dedupe | --flaw old-secret-dead]
    scaiwave-sqlite.py rotate DBFILE     replaces the secret, and prints the new one
    scaiwave-sqlite.py effects DBFILE    prints the event id of each message, one a line

The first secret is in PEER_SECRET.
"""

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import sys
import time
from contextlib import contextmanager

import peer

PATH = "/v1/bridges/br_countersign/inbound"
TOLERANCE = 300  # seconds, either way
GRACE = 300  # seconds for which a replaced secret is still good
WINDOW = 600  # seconds for which a delivery is remembered

TABLES = """
CREATE TABLE IF NOT EXISTS secrets (secret TEXT NOT NULL, until REAL);
CREATE TABLE IF NOT EXISTS deliveries (event_id TEXT PRIMARY KEY, message_id TEXT NOT NULL, received REAL NOT NULL);
CREATE TABLE IF NOT EXISTS messages (message_id TEXT PRIMARY KEY, event_id TEXT NOT NULL, body TEXT NOT NULL);
"""


def connect(file):
    database = sqlite3.connect(file, timeout=10, isolation_level=None)
    database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def transaction(file):
    """One writer at a time, from the first statement on; everything is undone when something is raised."""
    database = connect(file)
    try:
        database.execute("BEGIN IMMEDIATE")
        with database:
            yield database
    finally:
        database.close()


def prepare(file, secret):
    """Makes the tables and gives a connection, which keeps the write-ahead log alive between requests."""
    database = connect(file)
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(TABLES)
    database.execute("INSERT INTO secrets SELECT ?, NULL WHERE NOT EXISTS (SELECT * FROM secrets)", (secret,))
    return database


def rotate(file):
    secret = secrets.token_urlsafe(32)
    with transaction(file) as database:
        database.execute("DELETE FROM secrets WHERE until IS NOT NULL")  # there is one previous secret, not two
        database.execute("UPDATE secrets SET until = ?", (time.time() + GRACE,))
        database.execute("INSERT INTO secrets VALUES (?, NULL)", (secret,))
    return secret


def effects(file):
    database = connect(file)
    return [event_id for (event_id,) in database.execute("SELECT event_id FROM messages ORDER BY rowid")]


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


def main(mode, file, *options):
    if mode == "serve" and options in ((), ("--flaw", "no-dedupe"), ("--flaw", "old-secret-dead")):
        serve(file, options[1] if options else None)
    elif mode == "rotate" and not options:
        print(rotate(file))
    elif mode == "effects" and not options:
        # Bytes, because ids may hold what the locale of whoever asks can't say.
        sys.stdout.buffer.write("".join(f"{event_id}\n" for event_id in effects(file)).encode())
    else:
        sys.exit(__doc__)


main(*sys.argv[1:])
