"""Verifies a certificate with libraries that this project did not write, and prints what it says as JSON.

usage: verify.py CERTIFICATE PUBLIC-KEY
"""
import json
import sys

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

with open(sys.argv[2], "rb") as file:
    key = load_pem_public_key(file.read())
said = []
with open(sys.argv[1], "rb") as file:
    lines = file.read().splitlines()
for line in lines:
    document = json.loads(line)
    envelope = Envelope.from_dict(document)
    # Twice: securesystemslib finds the signature by its key, and cryptography checks the bytes.
    signed = envelope.pae()
    assert len(envelope.signatures) == 1
    for signature in envelope.signatures.values():
        key.verify(bytes.fromhex(signature.signature), signed)
    trusted = SSlibKey.from_crypto(key, keyid=next(iter(envelope.signatures)))
    envelope.verify([trusted], 1)
    assert envelope.payload_type == "application/vnd.in-toto+json"
    said.append(json.loads(envelope.payload))
json.dump(said, sys.stdout)
