"""One event, signed with Stripe's library and sent with requests, which repeats it as its adapter is told to.

Arguments: the URL and the text of the event.
"""

import json
import os
import sys
import uuid

import requests
import stripe
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

url, text = sys.argv[1:]
body = json.dumps(
    {
        "id": f"evt_{uuid.uuid4().hex}",
        "object": "event",
        "type": "customer.updated",
        "data": {"object": {"id": "cus_1", "description": text}},
    }
)
signature = stripe.WebhookSignature.generate_signature_header(body, os.environ["SENDER_SECRET"])

session = requests.Session()
policy = Retry(
    total=4, backoff_factor=2, status_forcelist=[500, 502, 503, 504], allowed_methods=None, raise_on_status=False
)
session.mount("http://", HTTPAdapter(max_retries=policy))
session.post(
    url, data=body.encode(), headers={"Content-Type": "application/json", "Stripe-Signature": signature}, timeout=20
)
