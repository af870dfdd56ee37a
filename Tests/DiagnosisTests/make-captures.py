#!/usr/bin/env python3
"""Writes captures.json: requests that were signed with one or two mistakes, by code that is not Countersign's.

    python3 make-captures.py > captures.json

Each entry has the scheme, the secret, the request as an HTTP message in Base64, and the names of the recipes of which
one must be found first. The secrets are published here, and never for use.
"""
import base64
import hashlib
import hmac
import json
import unicodedata

SECRET = "countersign published secret, never for use: captures"
NOW = 1764200000
BODY = '{"id": "evt_1", "text": "caf\u00e9 & <b>/x</b>", "n": 1.0, "list": [1, 2]}\n'.encode()
WHSEC = "whsec_" + base64.b64encode(hashlib.sha256(b"captures").digest()).decode()


def mac(key, message, hash=hashlib.sha256):
    return hmac.new(key, message, hash)


entries = []


def entry(name, scheme, secret, headers, body, expect):
    head = "POST /hook?x=1 HTTP/1.1\r\nHost: example.com\r\nContent-Type: application/json\r\n"
    head += "".join(f"{key}: {value}\r\n" for key, value in headers)
    message = head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    entries.append({"name": name, "scheme": scheme, "secret": secret,
                    "request": base64.b64encode(message).decode(), "expect": expect})


def github(name, expect, body=BODY, signed=None, key=SECRET.encode(), text=None, secret=SECRET, header=None):
    digest = mac(key, body if signed is None else signed)
    value = text(digest) if text else "sha256=" + digest.hexdigest()
    entry(name, "github", secret, [(header or "X-Hub-Signature-256", value)], body, expect)


def stripe(name, expect, body=BODY, signed=None, stamp=NOW, signed_stamp=None, key=SECRET.encode(), form="{t}.{b}"):
    signed_stamp = str(stamp) if signed_stamp is None else signed_stamp
    before, after = form.replace("{t}", signed_stamp).split("{b}")
    digest = mac(key, before.encode() + (body if signed is None else signed) + after.encode())
    entry(name, "stripe", SECRET, [("Stripe-Signature", f"t={stamp},v1={digest.hexdigest()}")], body, expect)


parsed = json.loads(BODY)
github("as documented", [""])
github("json.dumps", ["body/python"], signed=json.dumps(parsed).encode())
github("json.dumps compact", ["body/python-compact"], signed=json.dumps(parsed, separators=(",", ":")).encode())
github("json.dumps sorted", ["body/python-sorted"], signed=json.dumps(parsed, sort_keys=True).encode())
github("the text of a dict", ["body/python-repr"], signed=str(parsed).encode())
github("the text of bytes", ["body/python-bytes"], signed=str(BODY).encode())
github("without the last newline", ["body/without-last-newline", "body/trimmed", "body/python-utf8"], signed=BODY[:-1])
github("a newline more", ["body/with-newline"], body=BODY[:-1], signed=BODY)
github("carriage returns", ["body/crlf"], signed=BODY.replace(b"\n", b"\r\n"))
github("a byte order mark", ["body/bom"], signed=b"\xef\xbb\xbf" + BODY)
github("UTF-16", ["body/utf-16le"], signed=BODY.decode().encode("utf-16-le"))
github("Latin-1 taken for UTF-8", ["body/mojibake"], signed=BODY.decode("latin-1").encode())
github("Latin-1", ["body/latin-1"], signed=BODY.decode().encode("latin-1"))
github("decomposed", ["body/nfd"], signed=unicodedata.normalize("NFD", BODY.decode()).encode())
github("nothing", ["body/empty"], signed=b"")
github("[object Object]", ["body/object-object"], signed=b"[object Object]")
github("a string of JSON", ["body/json-string"], signed=json.dumps(BODY.decode(), ensure_ascii=False).encode())
github("Base64 of the body", ["body/base64"], signed=base64.b64encode(BODY))
github("the digest of the body", ["body/sha256-hex", "algorithm/digested-text"],
       signed=hashlib.sha256(BODY).hexdigest().encode())
github("the first 1024 bytes", ["body/first-1024"], body=BODY * 20, signed=(BODY * 20)[:1024])
github("a key with a newline", ["key/newline"], key=SECRET.encode() + b"\n")
github("a key in quotes", ["key/quoted"], key=b'"' + SECRET.encode() + b'"')
github("a key that is hashed", ["key/sha256-hex"], key=hashlib.sha256(SECRET.encode()).hexdigest().encode())
github("no key", ["key/empty"], key=b"")
github("Base64 text", ["encoding/base64"], text=lambda d: "sha256=" + base64.b64encode(d.digest()).decode())
github("upper case", ["encoding/upper-hex"], text=lambda d: "sha256=" + d.hexdigest().upper())
github("Base64 of hexadecimal", ["encoding/base64-of-hex"],
       text=lambda d: "sha256=" + base64.b64encode(d.hexdigest().encode()).decode())
github("no prefix", ["header/layout"], text=lambda d: d.hexdigest())
github("another header", ["header/name"], header="X-Signature")
entry("SHA-1", "github", SECRET, [("X-Hub-Signature-256", "sha256=" + mac(SECRET.encode(), BODY, hashlib.sha1).hexdigest())],
      BODY, ["algorithm/hmac-sha1"])
entry("a plain hash", "github", SECRET,
      [("X-Hub-Signature-256", "sha256=" + hashlib.sha256(SECRET.encode() + BODY).hexdigest())], BODY,
      ["algorithm/key-first"])
stripe("stripe as documented", [""])
stripe("only the body", ["message/{body}"], form="{b}")
stripe("body first", ["message/{body}.{timestamp}"], form="{b}.{t}")
stripe("Slack's message", ["message/v0:{timestamp}:{body}"], form="v0:{t}:{b}")
stripe("milliseconds", ["timestamp/milliseconds"], signed_stamp=f"{NOW}000")
stripe("seven hours on", ["timestamp/plus-25200"], signed_stamp=str(NOW + 7 * 3600))
stripe("an ISO time", ["timestamp/iso"], signed_stamp="2025-11-26T23:33:20Z")
stripe("two: json.dumps and milliseconds", ["body/python+timestamp/milliseconds"],
       signed=json.dumps(parsed).encode(), signed_stamp=f"{NOW}000")
stripe("two: a newline in the key and body only", ["message/{body}+key/newline"], key=SECRET.encode() + b"\n", form="{b}")


def standard(name, expect, key, secret=WHSEC, form="msg_1.{t}.{b}", body=BODY):
    before, after = form.replace("{t}", str(NOW)).split("{b}")
    value = "v1," + base64.b64encode(mac(key, before.encode() + body + after.encode()).digest()).decode()
    entry(name, "standard-webhooks", secret,
          [("webhook-id", "msg_1"), ("webhook-timestamp", str(NOW)), ("webhook-signature", value)], body, expect)


standard("standard as documented", [""], base64.b64decode(WHSEC[6:]))
standard("the secret's text", ["key/text"], WHSEC.encode())
standard("the text without prefix", ["key/without-prefix", "key/as-base64"], WHSEC[6:].encode())
standard("no id", ["message/{timestamp}.{body}"], base64.b64decode(WHSEC[6:]), form="{t}.{b}")
slack = mac(SECRET.encode(), f"v0:{NOW}:".encode() + BODY).hexdigest()
entry("Slack's scheme sent as GitHub's", "github", SECRET,
      [("X-Slack-Signature", "v0=" + slack), ("X-Slack-Request-Timestamp", str(NOW))], BODY, ["scheme/slack"])
print(json.dumps(entries, indent=1, ensure_ascii=True))
