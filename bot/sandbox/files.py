"""Uploaded files: by the bot through the three-step upload, or by a person into a modal."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True)
class File:
    id: str
    name: str
    user: str
    created: int
    content: bytes = b""
    title: str = ""
    alt_txt: str = ""
    shared_in: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def to_slack(self, base_url: str) -> dict[str, Any]:
        suffix = PurePosixPath(self.name).suffix.removeprefix(".")
        address = f"{base_url}/files-pri/{self.id}"
        described = {"alt_txt": self.alt_txt} if self.alt_txt else {}
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": suffix or "binary",
            "pretty_type": suffix.upper() or "Binary",
            "user": self.user,
            "size": self.size,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": address,
            "url_private_download": f"{address}/download",
            "channels": list(self.shared_in),
            **described,
        }


@dataclass(frozen=True)
class PendingUpload:
    """An upload address that was handed out; `received` once its content has come."""

    file: File
    length: int
    received: bool = False


class Files:
    """All files. The caller holds the lock of the state."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._pending: dict[str, PendingUpload] = {}

    def find(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def add(self, name: str, content: bytes, user: str, created: float) -> File:
        file = File(_new_id(), name, user, int(created), content)
        self._files[file.id] = file
        return file

    def expect(self, name: str, length: int, user: str, created: float, alt_txt: str = "") -> File:
        """Hand out the place for an upload of `length` bytes; its id is also its secret."""
        file = File(_new_id(), name, user, int(created), alt_txt=alt_txt)
        self._pending[file.id] = PendingUpload(file, length)
        return file

    def receive(self, file_id: str, content: bytes) -> bool:
        """Take the content of an expected upload; False when it is unknown or of another length."""
        upload = self._pending.get(file_id)
        if upload is None or upload.length != len(content):
            return False
        self._pending[file_id] = replace(
            upload, file=replace(upload.file, content=content), received=True
        )
        return True

    def is_received(self, file_id: str) -> bool:
        """Whether an upload has come and is not completed; it is completed once."""
        upload = self._pending.get(file_id)
        return upload is not None and upload.received

    def complete(self, file_id: str, title: str, shared_in: tuple[str, ...]) -> File:
        """Make an upload that `is_received` a file."""
        file = self._pending.pop(file_id).file
        self._files[file_id] = replace(file, title=title or file.name, shared_in=shared_in)
        return self._files[file_id]

    def delete(self, file_id: str) -> bool:
        """Take a file away for good; False when there is none."""
        return self._files.pop(file_id, None) is not None


def _new_id() -> str:
    return f"F{secrets.token_hex(5).upper()}"
