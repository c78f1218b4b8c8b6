"""The Files API of the mock: upload, list, metadata, content, delete.

Uploads go to disk as they arrive. Must not know about messages.
"""

from __future__ import annotations

import asyncio
import datetime
import re
import shutil
from pathlib import PurePosixPath
from typing import IO, Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from mock_api.answers import Failure
from mock_api.rules import Knowledge
from mock_api.world import StoredFile, World, new_id

#: What the documentation forbids in a name (Files API page, read 2026-10-10).
_FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f]')


class Files:
    """Answers what is below `/v1/files`."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known

    async def answer(self, request: Request, path: str, world: World) -> Response | Failure:
        """Return the answer to a request below `/v1/files`."""
        if path == "/v1/files" and request.method == "POST":
            return await self._upload(request, world)
        if path == "/v1/files" and request.method == "GET":
            return self._list(request, world)
        match = re.fullmatch(r"/v1/files/([^/]+)(/content)?", path)
        if match is None or request.method not in (("GET",) if match.group(2) else ("GET", "DELETE")):
            return self.known.no_resource()
        identifier, content = match.groups()
        stored = world.files.get(identifier)
        if stored is None:
            return self.known.invalid(f"File `{identifier}` not found.", 404, "not_found_error")
        if content:
            return self._content(stored)
        if request.method == "DELETE":
            world.files.pop(identifier).path.unlink(missing_ok=True)
            return _json({"id": identifier, "type": "file_deleted"})
        return _json(stored.metadata)

    async def _upload(self, request: Request, world: World) -> Response | Failure:
        try:
            async with request.form(max_files=1, max_fields=10) as form:
                upload = next((value for value in form.values() if isinstance(value, UploadFile)), None)
                if upload is None:
                    return self.known.invalid("file: Field required")
                name = PurePosixPath(upload.filename or "unnamed").name
                most = self.known.number("limits.files.filename_max_length")
                if _FORBIDDEN.search(name) or not 1 <= len(name) <= most:
                    return self.known.invalid("Invalid filename")  # the wording is not documented; this one is the mock's
                return _json(await self._store(upload, name, world))
        except MultiPartException as error:
            return self.known.invalid(str(error.message))

    async def _store(self, upload: UploadFile, name: str, world: World) -> dict[str, Any]:
        identifier = new_id("file")
        target = world.folder() / identifier
        await asyncio.to_thread(_copy, upload.file, target.open("wb"))
        metadata = {
            "id": identifier,
            "type": "file",
            "filename": name,
            "mime_type": upload.content_type or "application/octet-stream",
            "size_bytes": target.stat().st_size,
            "created_at": datetime.datetime.now(datetime.UTC).isoformat().replace("+00:00", "Z"),
            "downloadable": False,
            "expires_at": None,
        }
        world.files[identifier] = StoredFile(metadata, target)
        return metadata

    def _content(self, stored: StoredFile) -> Response | Failure:
        if not stored.metadata["downloadable"]:
            identifier = stored.metadata["id"]
            plain = f"File `{identifier}` is not downloadable."
            return self.known.refuse("file_not_downloadable", plain, file_id=identifier)
        return FileResponse(stored.path, media_type=stored.metadata["mime_type"], headers={"request-id": new_id("req")})

    def _list(self, request: Request, world: World) -> Response:
        wanted = request.query_params.getlist("ids[]") or request.query_params.getlist("ids")
        found = [stored.metadata for key, stored in world.files.items() if not wanted or key in wanted]
        return _json({"data": found, "next_page": None})


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    with target:
        shutil.copyfileobj(source, target)


def _json(body: dict[str, Any]) -> Response:
    return JSONResponse(body, headers={"request-id": new_id("req")})
