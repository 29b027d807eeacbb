"""The errand that prints the page for a contact's superior, and uploads it (A5).

Printing takes half a second and uploading may take long, so neither happens while somebody waits.
An upload that is not shared yet is seen by nobody: when a process dies on the way, the errand makes
another. Its end and the delivery that shares the files are one transaction.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import Connection

from bot.messages import sharing
from bot.messages.sharing import Uploaded
from bot.pages.site import Site
from bot.pictures import story
from bot.pictures.press import Press, Printed, Unprintable
from bot.pictures.summary import TEMPLATE, data_of
from bot.texts.voice import Voice
from bot.views import summaries as views
from bot.views.answers import notice
from bot.views.blocks import Message, clip
from handlers import summary_page
from handlers.reports import report, voice_of
from handlers.summary_page import Page
from handlers.uploading import NotAllowed, as_file_name, upload
from storage import customers, deliveries, people, workspaces
from storage.deliveries import NewDelivery
from storage.engine import Store
from storage.errands import Errand, Finish

log = logging.getLogger(__name__)

KIND = "summary"
_LIVES = timedelta(hours=6)
"""How long Slack may be away before the page has to be asked for again."""
_LONGEST_NAME = 80
_LONGEST_ALT = 1000


def print_page(press: Press, page: Page) -> Printed:
    """The page as PDF and picture. Raises Unprintable when none comes of its texts."""
    return press.print(TEMPLATE, data_of(page.summary, page.voice))


def file_name(page: Page) -> str:
    """The PDF's name without its suffix, as the contact will see it."""
    customer = clip(page.contact.customer_name, _LONGEST_NAME)
    day = page.summary.made_on.isoformat()
    named = page.voice.plain("summary.file", customer=customer, day=day)
    return as_file_name(named)


@dataclass(frozen=True)
class SummaryMaker:
    """Carries it out: printing and uploading outside of any transaction."""

    store: Store
    client_of: Callable[[str], WebClient]
    press: Press
    site: Site

    def __call__(self, errand: Errand, now: datetime) -> Finish:
        with self.store.read() as conn:
            voice = voice_of(conn, errand)
            page = self._page(conn, errand)
        if page is None:
            return _only_said(errand, notice(voice, "summary.gone"))
        contact = page.contact
        try:
            printed = print_page(self.press, page)
        except Unprintable:
            log.exception("a summary could not be printed")
            said = views.unprintable(
                voice,
                contact_id=contact.id,
                customer=contact.customer_name,
                contact=contact.name,
            )
            return _only_said(errand, said)
        made = _made(page, printed)
        try:
            files = self._upload(errand.team_id, page, printed, voice)
        except NotAllowed as refused:
            log.warning("no upload: %s", refused)
            return _only_said(errand, views.not_allowed(voice, made))
        body = sharing.payload(files, views.made(voice, made), page.named)
        return partial(_share, errand, contact.id, body)

    def _page(self, conn: Connection, errand: Errand) -> Page | None:
        """None when the contact is gone meanwhile, or every result of theirs."""
        workspace = workspaces.get(conn, errand.team_id)
        contact = customers.get_contact(conn, errand.team_id, errand.detail["contact"])
        maker = people.get(conn, errand.team_id, errand.asked_by)
        if workspace is None or maker is None or contact is None or contact.deleted_at:
            return None
        on = date.fromisoformat(errand.detail["day"])
        return summary_page.page_of(conn, workspace, contact, self.site, on, maker.name)

    def _upload(self, team_id: str, page: Page, printed: Printed, voice: Voice) -> list[Uploaded]:
        client, name = self.client_of(team_id), file_name(page)
        described = clip(story.chat(page.summary, page.voice), _LONGEST_ALT)
        preview = voice.plain("summary.preview")
        return [
            Uploaded(upload(client, f"{name}.pdf", printed.pdf), f"{name}.pdf"),
            Uploaded(upload(client, f"{name}.png", printed.png, described), preview),
        ]


def _made(page: Page, printed: Printed) -> views.Made:
    return views.Made(
        customer=page.contact.customer_name,
        contact=page.contact.name,
        newsletter=story.newsletter(page.summary, page.voice),
        chat=story.chat(page.summary, page.voice),
        cut=printed.cut,
        replaced=printed.replaced,
        left_out=page.summary.shown.left_out,
    )


def _only_said(errand: Errand, message: Message) -> Finish:
    return lambda conn, now: report(conn, errand, message, now)


def _share(
    errand: Errand, contact_id: int, body: Mapping[str, Any], conn: Connection, now: datetime
) -> None:
    """Owe the files, unless the contact was taken off the record meanwhile."""
    contact = customers.get_contact(conn, errand.team_id, contact_id)
    if contact is None or contact.deleted_at:
        return
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
