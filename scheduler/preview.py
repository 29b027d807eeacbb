"""What would be sent to whom at some time, without sending or planning anything."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages.letter import voice_for
from bot.playbook.words import plain
from scheduler.planner import plan
from storage import deliveries, workspaces
from storage.engine import Store


@dataclass(frozen=True)
class Planned:
    """A message: to a channel or a user, in the language of whoever reads it."""

    to: str
    kind: str
    language: str
    text: str


def preview(store: Store, now: datetime) -> list[Planned]:
    """Everything that one pass at `now` would send, what waits already included, in its order."""
    planned: list[Planned] = []
    with store.trial() as conn:
        for workspace in workspaces.every(conn):
            plan(lambda: nullcontext(conn), lambda: nullcontext(conn), workspace, now)
            planned += [
                Planned(
                    to=one.channel,
                    kind=one.kind,
                    language=voice_for(conn, workspace, one.channel).language,
                    text="\n".join(_texts(one.payload)),
                )
                for one in deliveries.due(conn, workspace.team_id, now)
            ]
    return planned


def _texts(payload: Mapping[str, Any]) -> Iterator[str]:
    """What can be read in a message: its blocks, or its text while it has none."""
    blocks = payload.get("blocks")
    if not blocks:
        yield plain(payload["text"])
        return
    for block in blocks:
        # Buttons are the same under everything.
        if block["type"] != "actions":
            yield from _words(block)


def _words(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        text = part.get("text")
        if isinstance(text, str):
            yield plain(text)
        for name, inner in part.items():
            if name != "text" or not isinstance(text, str):
                yield from _words(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _words(inner)
