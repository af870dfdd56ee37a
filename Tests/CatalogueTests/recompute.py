"""Recomputes what vector files claim, with Python's hmac and cryptography: recompute.py FILE...

Every MAC or signature is made again from the secret's text and the message. For each control, and each probe that must
be accepted, the signed message is derived again from the request, and its signature is looked for in the header.
"""
import base64
import hashlib
import hmac
import json
import re
import sys


def raw(value):
    """The bytes of a method, path, header name or value."""
    return value.encode() if isinstance(value, str) else base64.b64decode(value["base64"], validate=True)


def content(value):
    """The bytes of a body or message, or None when the file has only their digest."""
    if "base64" in value:
        data = base64.b64decode(value["base64"], validate=True)
        if "text" in value and value["text"].encode() != data:
            raise ValueError("text and base64 differ")
        return data
    if "runs" not in value:
        return None
    data = b"".join(base64.b64decode(piece, validate=True) * count for piece, count in value["runs"])
    if len(data) != value["length"] or hashlib.sha256(data).hexdigest() != value["sha256"]:
        raise ValueError("the runs are not what length and digest say")
    return data


def key_of(document):
    rule = document["signature"]["secret"]
    text = document["secrets"]["current"]["text"].encode()
    if rule["prefix"] and text.startswith(rule["prefix"].encode()):
        text = text[len(rule["prefix"]):]
    decoders = {"utf8": bytes, "hex": lambda t: bytes.fromhex(t.decode()), "base64": base64.b64decode}
    decoders |= {"seed": decoders["hex"], "pem": bytes}
    return decoders[rule["decode"]](text)


def signer(algorithm, key):
    """A function from a message to its one right signature; all three algorithms are deterministic."""
    if algorithm == "ed25519":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        return Ed25519PrivateKey.from_private_bytes(key).sign
    if algorithm == "rs256":
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding
        private = serialization.load_pem_private_key(key, None)
        return lambda message: private.sign(message, padding.PKCS1v15(), hashes.SHA256())
    digest = algorithm.removeprefix("hmac-")
    return lambda message: hmac.new(key, message, digest).digest()


def decoded(text, encoding):
    try:
        if encoding == "hex":
            return bytes.fromhex(text.decode("ascii"))
        if encoding == "base64":
            return base64.b64decode(text, validate=True)
        return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        return None


class Sent:
    """What a receiver reads off a request."""

    def __init__(self, document, request):
        self.document, self.request = document, request
        # Blanks around a value are no part of it (RFC 9112, section 5.1).
        self.headers = [(raw(name).lower(), raw(value).strip(b" \t")) for name, value in request["headers"]]
        self.lines = self.values(document["signature"]["header"])

    def values(self, name):
        return [value for other, value in self.headers if other == name.lower().encode()]

    def fields(self, key):
        separator = self.document["signature"]["grammar"]["separator"].encode()
        pairs = [piece.strip(b" \t").partition(b"=") for line in self.lines for piece in line.split(separator)]
        return [value for name, equals, value in pairs if equals and name == key.encode()]

    def signatures(self):
        grammar = self.document["signature"]["grammar"]
        if grammar["kind"] == "fields":
            return self.fields(grammar["signature"])
        if grammar["kind"] == "list":
            pairs = [piece.partition(b",") for line in self.lines for piece in line.split(b" ")]
            return [value for version, comma, value in pairs if comma and version == grammar["version"].encode()]
        if grammar["kind"] == "token":
            return [line.split(b".")[-1] for line in self.lines]
        prefix = grammar["prefix"].encode()
        return [line[len(prefix):] for line in self.lines if line.startswith(prefix)]

    def first(self, place):
        rule = self.document[place]
        found = self.fields(rule["field"]) if "field" in rule else self.values(rule["header"])
        return found[0]

    def message(self):
        body = content(self.request["body"])
        if body is None:
            return None
        places = {
            "timestamp": lambda: self.first("timestamp"),
            "id": lambda: self.first("eventID"),
            "body": lambda: body,
            "method": lambda: raw(self.request["method"]),
            "target": lambda: raw(self.request["path"]),
        }
        for place, name in enumerate(["token-header", "token-claims"]):
            places[name] = lambda place=place: self.lines[0].split(b" ")[-1].split(b".")[place]
        pieces = re.split(r"\{([\w-]+)\}", self.document["signature"]["message"])
        return b"".join(places[p]() if place % 2 else p.encode() for place, p in enumerate(pieces))


def check(document):
    """Gives how many MACs were recomputed, how many messages derived, and the mismatches."""
    macs, derived, mismatches = 0, 0, []
    encoding = document["signature"]["encoding"]
    sign = signer(document["signature"]["algorithm"], key_of(document))
    if len(document["tests"]) != document["numberOfTests"]:
        mismatches.append("numberOfTests")
    for test in document["tests"]:
        signed = [(test, test["expect"]["observation"] == "accepted")]
        if isinstance(test["control"], dict):
            signed.append((test["control"], True))
        for item, must_verify in signed:
            message = content(item["derived"]["message"])
            if message is None:
                continue
            mac = sign(message)
            macs += 1
            if mac.hex() != item["derived"]["mac"]:
                mismatches.append(f"{test['id']}: MAC")
            if not must_verify:
                continue
            sent = Sent(document, item["request"])
            found = sent.message()
            if found is None:
                continue
            derived += 1
            if found != message:
                mismatches.append(f"{test['id']}: message")
            if mac not in [decoded(text, encoding) for text in sent.signatures()]:
                mismatches.append(f"{test['id']}: signature")
    return macs, derived, mismatches


def main(paths):
    macs = derived = 0
    mismatches = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        counts = check(document)
        macs, derived = macs + counts[0], derived + counts[1]
        mismatches += [f"{path}: {place}" for place in counts[2]]
    print(
        f"{macs} MACs recomputed in {len(paths)} files, {derived} messages derived again, "
        f"{len(mismatches)} mismatches"
    )
    for mismatch in mismatches:
        print(mismatch, file=sys.stderr)
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
