"""The database of scaiwave-sqlite.py, and what is done to it beside its server.

    scaiwave_store.py rotate DBFILE     replaces the secret, and prints the new one
    scaiwave_store.py effects DBFILE    prints the event id of each message, one a line

It runs for each count of effects, and so imports little.
"""

import os
import sqlite3
import sys
import time
from contextlib import contextmanager

GRACE = 300  # seconds for which a replaced secret is still good

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
    secret = os.urandom(32).hex()
    with transaction(file) as database:
        database.execute("DELETE FROM secrets WHERE until IS NOT NULL")  # there is one previous secret, not two
        database.execute("UPDATE secrets SET until = ?", (time.time() + GRACE,))
        database.execute("INSERT INTO secrets VALUES (?, NULL)", (secret,))
    return secret


def effects(file):
    database = connect(file)
    return [event_id for (event_id,) in database.execute("SELECT event_id FROM messages ORDER BY rowid")]


def main(mode, file):
    if mode == "rotate":
        print(rotate(file))
    elif mode == "effects":
        # Bytes, because ids may hold what the locale of whoever asks can't say.
        sys.stdout.buffer.write("".join(f"{event_id}\n" for event_id in effects(file)).encode())
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
