"""
How Discord answers: JSON, errors with a code, and the two refusals of its edge.
"""

from __future__ import annotations

import json
import math
import time
import zlib
from typing import Any

from aiohttp import web


def json_response(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON; discord.py reads it only where the type stands alone, as Discord sends it."""
    told = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=told)


def error(status: int, code: int, message: str) -> web.Response:
    """A refusal with Discord's own code."""
    return json_response({"code": code, "message": message}, status=status)


def bad_gateway() -> web.Response:
    """Discord cannot be reached through its edge."""
    return web.Response(status=502, text="<html><title>502 Bad Gateway</title></html>", content_type="text/html")


def too_many_requests(route: str, retry_after_s: float) -> web.Response:
    """A rate limit, with the headers that tell it from a ban (`Via`) and a client when to come back."""
    headers = {
        "Via": "1.1 google",
        "Retry-After": str(math.ceil(retry_after_s)),
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": f"{time.time() + retry_after_s:.3f}",
        "X-RateLimit-Reset-After": f"{retry_after_s:.3f}",
        "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):08x}",
        "X-RateLimit-Scope": "user",
    }
    body = {"message": "You are being rate limited.", "retry_after": retry_after_s, "global": False}
    return json_response(body, status=429, headers=headers)
