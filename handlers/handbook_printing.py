"""The errand that prints the handbook and uploads it (O3).

An upload that is not shared yet is seen by nobody: when a process dies on the way, the errand makes
another. Its end and the delivery that shares the file are one transaction.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from slack_sdk import WebClient
from sqlalchemy import Connection

from bot.messages import sharing
from bot.messages.handbook import printed, written
from bot.messages.sharing import Uploaded
from bot.pages.site import Site
from bot.texts.handbook import Document
from bot.views import handbook as views
from bot.views.answers import notice
from bot.views.blocks import Message, clip
from handlers.reports import report, voice_of
from handlers.uploading import NotAllowed, as_file_name, upload
from storage import deliveries, workspaces
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.errands import Errand, Finish

log = logging.getLogger(__name__)

KIND: Final = "handbook"
_LIVES = timedelta(hours=6)
"""How long Slack may be away before the print has to be asked for again."""
_LONGEST_NAME = 100


@dataclass(frozen=True)
class HandbookPrinter:
    """Carries it out: printing and uploading outside of any transaction."""

    store: Store
    client_of: Callable[[str], WebClient]
    site: Site

    def __call__(self, errand: Errand, now: datetime) -> Finish:
        language = errand.detail["language"]
        with self.store.read() as conn:
            voice = voice_of(conn, errand)
            workspace = workspaces.get(conn, errand.team_id)
            if workspace is None:
                raise LookupError(f"no workspace {errand.team_id}")
            handbook = written(conn, workspace, language, now, has_pages=self.site.is_open)
        found = printed(handbook)
        name = _file_name(handbook)
        try:
            file_id = upload(self.client_of(errand.team_id), name, found.pdf)
        except NotAllowed as refused:
            log.warning("no upload: %s", refused)
            return _only_said(errand, notice(voice, "handbook_desk.not_allowed"))
        message = views.made(voice, language, found.replaced)
        body = sharing.payload([Uploaded(file_id, name)], message)
        return partial(_share, errand, body)


def _file_name(handbook: Document) -> str:
    return f"{as_file_name(clip(handbook.name, _LONGEST_NAME))}.pdf"


def _only_said(errand: Errand, message: Message) -> Finish:
    return lambda conn, now: report(conn, errand, message, now)


def _share(errand: Errand, body: Mapping[str, Any], conn: Connection, now: datetime) -> None:
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=errand.team_id,
            dedup_key=f"errand:{errand.id}",
            kind=KIND,
            channel=errand.asked_by,
            payload=body,
            due_at=now,
            expires_at=now + _LIVES,
        ),
    )
