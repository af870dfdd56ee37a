"""A Bot Framework endpoint around PyJWT, its keys found by way of the OpenID document as Microsoft describes it."""

import functools
import json
import os
import urllib.request

import jwt
import peer

app_id = os.environ["PEER_APP_ID"]
ISSUER = "https://api.botframework.com"


@functools.cache
def key_client():
    # At the first request: the document is served only while a run lasts.
    with urllib.request.urlopen(os.environ["PEER_OPENID_URL"], timeout=5) as answer:
        # A second between two fetches for unknown names, where the library has half a minute: a test does not wait.
        return jwt.PyJWKClient(json.load(answer)["jwks_uri"], cooldown_duration=1)


def handle(body, headers):
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        return 403, {"error": "no token"}
    try:
        key = key_client().get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token, key, algorithms=["RS256"], audience=app_id, issuer=ISSUER, leeway=300, options={"require": ["exp"]}
        )
    except jwt.PyJWTError:
        return 403, {"error": "the token is not valid"}
    activity = json.loads(body)
    if claims.get("serviceurl") != activity["serviceUrl"]:
        return 403, {"error": "another service URL"}
    return 200, {"ok": True}


peer.serve("/api/messages", handle)
