"""Endpoints that verify signatures with one mistake each, in the idiom of Python's frameworks.

    python3 mistakes.py     prints the port that it serves, then serves /NAME for each function below

The secret is the variable MISTAKE_SECRET: 64 hexadecimal digits.
"""
import base64
import datetime
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["MISTAKE_SECRET"]
FIVE_MINUTES = 300


def digest(key, message, function=hashlib.sha256):
    return hmac.new(key, message, function)


def github(headers, expected):
    return hmac.compare_digest(headers.get("X-Hub-Signature-256", ""), "sha256=" + expected)


def flask_json(headers, raw):
    """request.json instead of request.get_data()."""
    return github(headers, digest(SECRET.encode(), json.dumps(json.loads(raw)).encode()).hexdigest())


def flask_sorted(headers, raw):
    """A canonical form that nobody agreed on."""
    body = json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"))
    return github(headers, digest(SECRET.encode(), body.encode()).hexdigest())


def flask_dict(headers, raw):
    """str() of a parsed body."""
    return github(headers, digest(SECRET.encode(), str(json.loads(raw)).encode()).hexdigest())


def flask_bytes(headers, raw):
    """str() of bytes, which Python 3 writes with b'' around them."""
    return github(headers, digest(SECRET.encode(), str(raw).encode()).hexdigest())


def django_post(headers, raw):
    """request.POST was touched first, and the stream is at its end."""
    return github(headers, digest(SECRET.encode(), b"").hexdigest())


def fastapi_indent(headers, raw):
    """A model that is dumped for people."""
    return github(headers, digest(SECRET.encode(), json.dumps(json.loads(raw), indent=4).encode()).hexdigest())


def secret_file(headers, raw):
    """open(path).read() without strip()."""
    return github(headers, digest((SECRET + "\n").encode(), raw).hexdigest())


def secret_quoted(headers, raw):
    """A .env file whose quotation marks were kept."""
    return github(headers, digest(f'"{SECRET}"'.encode(), raw).hexdigest())


def secret_hex(headers, raw):
    """bytes.fromhex of a secret that is a text."""
    return github(headers, digest(bytes.fromhex(SECRET), raw).hexdigest())


def secret_missing(headers, raw):
    """str(os.environ.get(...)) of a variable that is not set."""
    return github(headers, digest(str(os.environ.get("NOT_SET")).encode(), raw).hexdigest())


def digest_base64(headers, raw):
    """The sample of another vendor."""
    return github(headers, base64.b64encode(digest(SECRET.encode(), raw).digest()).decode())


def sha1(headers, raw):
    """The sample of ten years ago."""
    return github(headers, digest(SECRET.encode(), raw, hashlib.sha1).hexdigest())


def plain_hash(headers, raw):
    """A hash of both, taken for an HMAC."""
    return github(headers, hashlib.sha256(SECRET.encode() + raw).hexdigest())


def swapped(headers, raw):
    """hmac.new(message, key)."""
    return github(headers, digest(raw, SECRET.encode()).hexdigest())


def slack_versionless(headers, raw):
    """The version is left out of the base string."""
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    expected = "v0=" + digest(SECRET.encode(), f"{stamp}:".encode() + raw).hexdigest()
    return hmac.compare_digest(headers.get("X-Slack-Signature", ""), expected)


def slack_float(headers, raw):
    """float() of the timestamp before it is formatted."""
    stamp = float(headers.get("X-Slack-Request-Timestamp") or 0)
    expected = "v0=" + digest(SECRET.encode(), f"v0:{stamp}:".encode() + raw).hexdigest()
    return hmac.compare_digest(headers.get("X-Slack-Signature", ""), expected)


def stripe_parts(headers):
    pairs = [part.split("=", 1) for part in headers.get("Stripe-Signature", "").split(",") if "=" in part]
    return dict(pairs).get("t", "0"), [value for key, value in pairs if key == "v1"]


def stripe_body_only(headers, raw):
    """The timestamp is not signed."""
    _, signatures = stripe_parts(headers)
    return digest(SECRET.encode(), raw).hexdigest() in signatures


def stripe_local_time(headers, raw):
    """A naive local time in a zone seven hours east, compared with UTC."""
    stamp, signatures = stripe_parts(headers)
    local = datetime.datetime.fromtimestamp(int(stamp), datetime.timezone(datetime.timedelta(hours=7)))
    read = local.replace(tzinfo=datetime.timezone.utc).timestamp()
    if abs(time.time() - read) > FIVE_MINUTES:
        return False
    return digest(SECRET.encode(), f"{stamp}.".encode() + raw).hexdigest() in signatures


def stripe_last(headers, raw):
    """A dict keeps the last v1 only, and the message has a colon."""
    stamp, signatures = stripe_parts(headers)
    return bool(signatures) and digest(SECRET.encode(), f"{stamp}:".encode() + raw).hexdigest() == signatures[-1]


ENDPOINTS = {
    function.__name__: function
    for function in (
        flask_json, flask_sorted, flask_dict, flask_bytes, django_post, fastapi_indent, secret_file, secret_quoted,
        secret_hex, secret_missing, digest_base64, sha1, plain_hash, swapped, slack_versionless, slack_float,
        stripe_body_only, stripe_local_time, stripe_last)
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            accepted = ENDPOINTS[self.path.strip("/")](self.headers, raw)
        except Exception:
            accepted = False
        text = b'{"ok": true}' if accepted else b'{"error": "invalid signature"}'
        self.send_response(200 if accepted else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
