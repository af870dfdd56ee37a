"""The tracking server of MLflow, whose model registry calls webhooks.

It prints its port. A POST to /trigger with {"url": …, "text": …} registers a webhook for the URL through MLflow's own
REST interface, and creates a model whose description is the text, which is the event.

Its process manager needs packages for work that has nothing to do with webhooks; so its application is served here.
"""

import json
import os
import threading
import urllib.request

os.environ |= {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "_MLFLOW_SERVER_FILE_STORE": "sqlite:///" + os.environ["PEER_DATABASE"],
    "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    # For local development, as its documentation calls it: it delivers to https and to public addresses otherwise.
    "MLFLOW_WEBHOOK_ALLOWED_SCHEMES": "http",
    "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS": "true",
    # A webhook counts from when it is registered; by default, from a minute later at most.
    "MLFLOW_WEBHOOK_CACHE_TTL": "0",
    "MLFLOW_WEBHOOK_REQUEST_TIMEOUT": "10",
    "MLFLOW_WEBHOOK_DELIVERY_MAX_WORKERS": "64",
}

from flask import request  # noqa: E402
from mlflow.server import app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

# Every active webhook gets every event: one is registered at a time.
turn = threading.Lock()
count = 0


def call(method, path, **fields):
    made = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/2.0/mlflow/{path}",
        json.dumps(fields).encode() if fields else None,
        {"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(made) as answer:
        return json.load(answer)


@app.post("/trigger")
def trigger():
    global count
    event = request.get_json()
    with turn:
        count += 1
        webhook = call(
            "POST",
            "webhooks",
            name=f"webhook-{count}",
            url=event["url"],
            events=[{"entity": "REGISTERED_MODEL", "action": "CREATED"}],
            secret=os.environ["SENDER_SECRET"],
        )["webhook"]
        call("POST", "registered-models/create", name=f"model-{count}", description=event["text"])
        call("DELETE", "webhooks/" + webhook["webhook_id"])
    return {}


server = make_server("127.0.0.1", 0, app, threaded=True)
thread = threading.Thread(target=server.serve_forever)
thread.start()
# The first call makes the tables, which takes seconds.
call("GET", "webhooks")
print(server.port, flush=True)
thread.join()
