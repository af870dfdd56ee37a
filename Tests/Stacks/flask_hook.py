from flask import Flask, abort, request

from verify import verify

app = Flask(__name__)


@app.post("/webhook")
def webhook():
    given = request.headers
    if not verify(request.get_data(), given.get("X-Slack-Request-Timestamp"), given.get("X-Slack-Signature")):
        abort(401)
    return "ok"
