"""How a marketplace signs a call, written from the contract in the addon's readme, not with the addon's own code."""

import hashlib
import hmac
import time


def headers(secret, body):
    """Return the headers of a signed call; ``body`` as bytes."""
    stamp = str(int(time.time()))
    mark = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Paper-Timestamp": stamp, "X-Paper-Signature": f"sha256={mark}"}
