from fastapi import FastAPI, HTTPException, Request

from verify import verify

app = FastAPI()


@app.post("/webhook")
async def webhook(request: Request):
    # Lines of one name are joined, as RFC 9110 lets a recipient do; `get` would take the first and drop the rest.
    timestamp = ",".join(request.headers.getlist("X-Slack-Request-Timestamp"))
    signature = ",".join(request.headers.getlist("X-Slack-Signature"))
    if not verify(await request.body(), timestamp, signature):
        raise HTTPException(401)
    return {"ok": True}
