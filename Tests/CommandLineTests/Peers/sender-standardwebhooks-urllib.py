"""One event, signed with the standardwebhooks library and sent once with urllib, as many services do it.

Arguments: the URL and the text of the event.
"""

import json
import os
import sys
import urllib.request
import uuid
from datetime import datetime, timezone

from standardwebhooks import Webhook

url, text = sys.argv[1:]
body = json.dumps({"type": "customer.updated", "data": {"text": text}}, ensure_ascii=False)
event, now = f"msg_{uuid.uuid4().hex}", datetime.now(timezone.utc)
headers = {
    "Content-Type": "application/json",
    "webhook-id": event,
    "webhook-timestamp": str(int(now.timestamp())),
    "webhook-signature": Webhook(os.environ["SENDER_SECRET"]).sign(event, now, body),
}
request = urllib.request.Request(url, data=body.encode(), headers=headers)
with urllib.request.urlopen(request, timeout=20) as response:
    print(response.status)
