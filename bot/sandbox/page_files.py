"""The page's own files: few, small, and asked about at each load so that a change shows at once."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

PAGE = Path(__file__).parent / "page"
_KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


async def page_file(request: Request) -> Response:
    """The file that the path names, or the page itself.

    Read on the event loop: a load asks for dozens, and each would cost more to hand to a thread.
    """
    path = PAGE / request.path_params.get("name", "index.html")
    if path.suffix not in _KINDS or not path.is_file():
        return PlainTextResponse("no such file", 404)
    about = path.stat()
    mark = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    headers = {"Cache-Control": "no-cache", "ETag": mark}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(path.read_bytes(), media_type=_KINDS[path.suffix], headers=headers)
