"""
Files: those that the bot sends beside a JSON body, and those that people attach.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from aiohttp import BodyPartReader, web
from discord_server import payloads
from discord_server.payloads import Json

MAX_BYTES = 10 * 1024 * 1024  # of all files of a message together


class Upload(NamedTuple):
    """A file: its name, its bytes, what is said of it for those who cannot see it."""

    name: str
    data: bytes
    description: str | None = None
    content_type: str = "application/octet-stream"


async def read_body(request: web.Request) -> tuple[Any, dict[str, Upload]]:
    """The JSON body of a request, and the files beside it by their number."""
    if not request.content_type.startswith("multipart/"):
        return (await request.json() if request.can_read_body else None), {}
    body: Any = None
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = json.loads(await part.read())
        elif found := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            files[found[1]] = Upload(part.filename or "", bytes(await part.read()))
    for number, upload in files.items():
        about = next((each for each in _described(body) if str(each["id"]) == number), {})
        files[number] = upload._replace(description=about.get("description"), name=about.get("filename") or upload.name)
    return body, files


def _described(body: Json) -> list[Json]:
    """What a message, or the message in a response, says of its attachments."""
    return (body.get("data") or body).get("attachments") or []


def attachment(upload: Upload, address: str) -> Json:
    """A file as Discord tells it, to be fetched from this server."""
    id = payloads.new_id()
    url = f"http://{address}/attachments/{id}/{upload.name}"
    about = {"id": id, "filename": upload.name, "size": len(upload.data), "url": url, "proxy_url": url}
    described = {"description": upload.description} if upload.description else {}
    return about | {"content_type": upload.content_type, "ephemeral": False} | described
