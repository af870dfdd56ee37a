"""Recomputes published examples and the HMAC vectors with nothing but Python's standard library: official.py FILE...

Ed25519 (RFC 8032) is written out here, slow and plain, so that no library that the project uses takes part.
"""
import base64
import hashlib
import hmac
import json
import re
import sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def with_x(y, odd):
    """The point of the curve with this y and the parity of x (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        raise ValueError("no point of the curve")
    return (P - x if x % 2 != odd else x, y)


def add(a, b):
    product = D * a[0] * b[0] * a[1] * b[1]
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + product, -1, P)
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - product, -1, P)
    return x % P, y % P


def times(scalar, point):
    result = (0, 1)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


BASE = with_x(4 * pow(5, -1, P) % P, 0)


def decompress(data):
    number = int.from_bytes(data, "little")
    return with_x(number & (2**255 - 1), number >> 255)


def compress(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def ed25519_public(seed):
    half = bytearray(hashlib.sha512(seed).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 127 | 64
    return compress(times(int.from_bytes(half, "little"), BASE))


def ed25519_verifies(public, message, signature):
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return times(scalar, BASE) == add(decompress(signature[:32]), times(challenge, decompress(public)))


def raw(value):
    data = base64.b64decode(value["base64"], validate=True)
    if "text" in value and value["text"].encode() != data:
        raise ValueError("text and base64 differ")
    return data


def key_of(test):
    key = bytes.fromhex(test["key"])
    if "secret" in test:
        text = test["secret"]["text"].removeprefix(test["secret"]["prefix"])
        if (base64.b64decode(text) if test["secret"]["decode"] == "base64" else text.encode()) != key:
            raise ValueError("the key is not what the secret decodes to")
    return key


def derived(test):
    """The signed message from what is sent, or None when the file does not say how."""
    if "params" in test:
        pairs = sorted((name, one) for name, value in test["params"].items() for one in sorted(set(listed(value))))
        return (test["url"] + "".join(name + value for name, value in pairs)).encode()
    if "template" not in test:
        return None
    pieces = re.split(r"\{(\w+)\}", test["template"])
    return b"".join(raw(test["fields"][p]) if place % 2 else p.encode() for place, p in enumerate(pieces))


def listed(value):
    return value if isinstance(value, list) else [value]


def check_official(test, counts):
    if test["status"] == "illustration":
        counts["illustrations"] += 1
        return True
    message = raw(test["message"])
    if derived(test) not in (None, message):
        return False
    text = test["signature"]
    signature = bytes.fromhex(text) if test["encoding"] == "hex" else base64.b64decode(text, validate=True)
    if test["algorithm"] == "ed25519":
        counts["Ed25519 signatures"] += 1
        public = bytes.fromhex(test["publicKey"])
        if "seed" in test and ed25519_public(bytes.fromhex(test["seed"])) != public:
            return False
        # A neighbour must fail, or a verifier that says yes to everything would pass here.
        return ed25519_verifies(public, message, signature) and not ed25519_verifies(public, message + b".", signature)
    counts["MACs"] += 1
    right = hmac.new(key_of(test), message, test["algorithm"].removeprefix("hmac-")).digest()
    return (right[: test.get("truncatedTo")] == signature) == (test["status"] != "invalid")


def check_hmac(test, counts):
    counts["HMAC vectors"] += 1
    right = hmac.new(bytes.fromhex(test["key"]), bytes.fromhex(test["message"]), hashlib.sha256).hexdigest()
    return (right == test["tag"]) == (test["result"] == "valid")


def main(paths):
    counts = {"MACs": 0, "Ed25519 signatures": 0, "illustrations": 0, "HMAC vectors": 0}
    mismatches = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        check = check_hmac if "algorithm" in document else check_official
        if len(document["tests"]) != document["numberOfTests"]:
            mismatches.append(f"{path}: numberOfTests")
        mismatches += [f"{path}: {test['id']}" for test in document["tests"] if not check(test, counts)]
    print(", ".join(f"{count} {what}" for what, count in counts.items()) + f", {len(mismatches)} mismatches")
    for mismatch in mismatches:
        print(mismatch, file=sys.stderr)
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
