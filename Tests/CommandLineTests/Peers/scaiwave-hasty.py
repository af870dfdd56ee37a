"""An endpoint for ScaiWave as one writes it with Python's http.server: sound, but for one haste. It refuses what has no
signature before it reads the body, and keeps the connection.

Its clock, and with it Date, runs PEER_SPEED times as fast as real time. POST /rotate replaces the secret, GET /effects
lists the event ids of the messages. It prints its port.
"""

import hashlib
import hmac
import json
import os
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GRACE = 300
START = time.time()
SPEED = float(os.environ.get("PEER_SPEED", "1"))

lock = threading.Lock()
secrets = [(os.environ["PEER_SECRET"], float("inf"))]  # with the time until which each is good
messages = {}


def now():
    return START + (time.time() - START) * SPEED


def is_signed(header, body):
    fields = [field.partition("=") for field in header.split(",")]
    times = [value for key, _, value in fields if key == "t"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) < 12):
        return False
    if abs(int(times[0]) - now()) > GRACE:
        return False
    good = False
    with lock:
        valid = [secret for secret, until in secrets if now() < until]
    for secret in valid:
        right = hmac.new(secret.encode(), times[0].encode() + b"." + body, hashlib.sha256).hexdigest().encode()
        for key, _, value in fields:
            good |= key == "v1" and hmac.compare_digest(right, value.encode("latin-1"))
    return good


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    path_of_bridge = "/v1/bridges/br_countersign/inbound"

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        return formatdate(now(), usegmt=True)

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        with lock:
            ids = list(messages)
        self.answer(200, {"ids": ids}) if self.path == "/effects" else self.answer(404, {"error": "not found"})

    def do_POST(self):
        if self.path == "/rotate":
            new = os.urandom(32).hex()
            with lock:
                secrets[:] = [(secrets[-1][0], now() + GRACE), (new, float("inf"))]
            return self.answer(200, {"secret": new})
        headers = self.headers.get_all("X-ScaiWave-Bridge-Signature") or []
        if len(headers) != 1:
            return self.answer(401, {"error": "invalid signature"})
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != self.path_of_bridge:
            return self.answer(404, {"error": "not found"})
        if not is_signed(headers[0], body):
            return self.answer(401, {"error": "invalid signature"})
        try:
            event_id = json.loads(body)["event_id"]
            if not isinstance(event_id, str):
                raise TypeError
        except (ValueError, TypeError, LookupError, RecursionError):
            return self.answer(400, {"error": "invalid body"})
        with lock:
            message = messages.setdefault(event_id, f"msg_{len(messages) + 1}")
        self.answer(200, {"ok": True, "event_id": message})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
