"""Writes vectors/hmac-sha256.json: HMAC-SHA256 alone, where verifiers go wrong. Python's standard library only.

The valid tests walk the length of the key over the block size, and that of the message over the padding. The others
start from a right tag and spoil it in one way; `byte-K` differs in byte K alone, so that a comparison which skips any
one byte is caught by exactly one test.

    python3 vectors/tools/make-hmac-sha256.py > vectors/hmac-sha256.json
"""
import hashlib
import hmac
import json

BLOCK = 64
NOTES = {
    "KeyLength": "A key longer than the block is hashed first; a shorter one is filled with zeros.",
    "MessageLength": "Lengths around a block and around the padding of SHA-256.",
    "ModifiedTag": "Some bits of the tag are wrong: a comparison must look at every byte.",
    "TruncatedTag": "The tag ends early: a comparison must not stop at the shorter text.",
    "ExtendedTag": "Bytes follow the right tag: a comparison must look at the length.",
    "EmptyTag": "There is no tag.",
    "OtherKey": "The tag was made under another key.",
    "OtherFunction": "The tag was made with another function: another hash, or a digest without a key.",
}


def noise(label, length):
    """Bytes without a pattern, the same every time."""
    blocks = (hashlib.sha256(f"countersign {label} {n}".encode()).digest() for n in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def tag(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def valid():
    for length in range(BLOCK + 2):
        key, message = noise(f"key {length}", length), noise("message", 24)
        yield f"key-{length}", "KeyLength", key, message, tag(key, message), True
    for length in (127, 128, 129, 200):
        key, message = noise(f"key {length}", length), noise("message", 24)
        yield f"key-{length}", "KeyLength", key, message, tag(key, message), True
    for length in (0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000):
        key, message = noise("key", 32), noise(f"message {length}", length)
        yield f"message-{length}", "MessageLength", key, message, tag(key, message), True


def invalid():
    key, message = noise("key", 32), noise("message", 24)
    right = tag(key, message)

    def spoiled(name, flag, wrong):
        return name, flag, key, message, wrong, False

    for place in range(32):
        wrong = bytearray(right)
        wrong[place] ^= 1 << place % 8
        yield spoiled(f"byte-{place}", "ModifiedTag", bytes(wrong))
    yield spoiled("inverted", "ModifiedTag", bytes(byte ^ 0xFF for byte in right))
    yield spoiled("reversed", "ModifiedTag", right[::-1])
    yield spoiled("zeros", "ModifiedTag", bytes(32))
    yield spoiled("swapped-halves", "ModifiedTag", right[16:] + right[:16])
    for length in range(1, 32):
        yield spoiled(f"first-{length}", "TruncatedTag", right[:length])
    yield spoiled("last-31", "TruncatedTag", right[1:])
    yield spoiled("none", "EmptyTag", b"")
    yield spoiled("then-zero", "ExtendedTag", right + b"\0")
    yield spoiled("zero-then", "ExtendedTag", b"\0" + right)
    yield spoiled("twice", "ExtendedTag", right + right)
    yield spoiled("as-text", "ExtendedTag", right.hex().encode())
    yield spoiled("empty-key", "OtherKey", tag(b"", message))
    yield spoiled("short-key", "OtherKey", tag(key[:-1], message))
    yield spoiled("longer-key", "OtherKey", tag(key + b"\n", message))
    yield spoiled("key-as-text", "OtherKey", tag(key.hex().encode(), message))
    yield spoiled("key-and-message-swapped", "OtherKey", tag(message, key))
    yield spoiled("hmac-sha1", "OtherFunction", hmac.new(key, message, hashlib.sha1).digest())
    yield spoiled("hmac-sha512-cut", "OtherFunction", hmac.new(key, message, hashlib.sha512).digest()[:32])
    yield spoiled("hmac-sha512-256", "OtherFunction", hmac.new(key, message, "sha512_256").digest())
    yield spoiled("digest", "OtherFunction", hashlib.sha256(message).digest())
    yield spoiled("digest-key-first", "OtherFunction", hashlib.sha256(key + message).digest())
    yield spoiled("digest-key-last", "OtherFunction", hashlib.sha256(message + key).digest())
    yield spoiled("digest-of-tag", "OtherFunction", hashlib.sha256(right).digest())


def main():
    tests = [
        {
            "id": name,
            "flags": [flag],
            "key": key.hex(),
            "message": message.hex(),
            "tag": mac.hex(),
            "result": "valid" if is_valid else "invalid",
        }
        for name, flag, key, message, mac, is_valid in [*valid(), *invalid()]
    ]
    document = {
        "$schema": "schemas/hmac.schema.json",
        "format": 1,
        "algorithm": "hmac-sha256",
        "generator": "vectors/tools/make-hmac-sha256.py",
        "license": "Apache-2.0",
        "notes": NOTES,
        "numberOfTests": len(tests),
        "tests": tests,
    }
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
