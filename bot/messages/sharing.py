"""Messages that share files: what their delivery holds (A5).

Slack takes a file in three steps. The first two, an address and the bytes, leave nothing that
anybody sees; an errand makes them. The third shares the file in a conversation, once: that is a
message, so it is a delivery like any other. Slack's answer to it does not say where the message
stands, and it carries no metadata, so it is found in the history by its files.

https://docs.slack.dev/reference/methods/files.completeUploadExternal
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import Message

_FILES, _NAMED = "files", "named"


@dataclass(frozen=True)
class Uploaded:
    """A file that Slack has and that is not shared yet."""

    id: str
    title: str


def payload(
    files: Sequence[Uploaded], message: Message, named: Sequence[str] = ()
) -> dict[str, Any]:
    """The delivery of a message with these files. `named` are the people that the files speak of,
    by whom they are found when somebody has to be erased; Slack is not sent them."""
    shared = [{"id": one.id, "title": one.title} for one in files]
    return {**message.payload(), _FILES: shared, _NAMED: list(named)}


def is_shared(body: Mapping[str, Any]) -> bool:
    """Whether a delivery shares files."""
    return _FILES in body


def files_of(body: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """What a delivery shares: `id` and `title` of each file."""
    return [{"id": one["id"], "title": one["title"]} for one in body.get(_FILES) or ()]


def ids_of(body: Mapping[str, Any]) -> list[str]:
    """The files of a delivery, or of a message in a history: by them one is found in the other."""
    return [one["id"] for one in body.get(_FILES) or ()]


def words_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The message without its files, as `chat.update` takes it."""
    return {name: value for name, value in body.items() if name not in (_FILES, _NAMED)}
