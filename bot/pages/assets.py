"""The files beside the pages: a style sheet, a script and an icon, under names that change with
their contents, so that browsers may keep them for ever."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_FOLDER = Path(__file__).parent / "files"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
PATH: Final = "/pages"


@dataclass(frozen=True)
class Asset:
    """One file; `path` is its address below `GOEN_PUBLIC_URL`."""

    path: str
    content: bytes
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """Every file by its plain name, such as `site.css`."""
    return MappingProxyType({path.name: _read(path) for path in sorted(_FOLDER.iterdir())})


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    mark = hashlib.blake2b(content, digest_size=8).hexdigest()
    return Asset(f"{PATH}/{path.stem}.{mark}{path.suffix}", content, _TYPES[path.suffix])
