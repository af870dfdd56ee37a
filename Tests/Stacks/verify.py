"""Slack's signature, verified as its documentation says; shared by the endpoints in Python."""
import hashlib
import hmac
import os
import re
import time

SECRET = os.environ["STACK_SECRET"].encode()


def verify(body, timestamp, signature):
    """Whether the raw body was signed within the last five minutes. Absent headers are None."""
    if not re.fullmatch("[0-9]{1,12}", timestamp or "") or abs(time.time() - int(timestamp)) > 300:
        return False
    right = "v0=" + hmac.new(SECRET, b"v0:%s:%s" % (timestamp.encode(), body), hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), (signature or "").encode("utf-8", "surrogateescape"))
