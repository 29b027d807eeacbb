"""The programme's handbook as it is now, read from the settings and the catalogue (O3)."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from bot.pictures.handbook import MOST_PAGES, TEMPLATE, data_of
from bot.pictures.press import PRESS, Printed
from bot.playbook.handbook import Gain, Handbook, offered, pledges
from bot.playbook.working_time import local_date, zone
from bot.texts.handbook import Document, document
from bot.texts.voice import Voice
from storage import offers, public_numbers
from storage.workspaces import Workspace

_KEPT = 8
"""Prints that are kept: those of both languages for some workspaces."""


def written(
    conn: Connection, workspace: Workspace, language: str, now: datetime, *, has_pages: bool
) -> Document:
    """The handbook of today in a language; `has_pages` as in `Handbook`."""
    today = local_date(now, zone(workspace.timezone))
    catalogue = offers.catalogue(conn, workspace.team_id)
    facts = Handbook(
        seller=workspace.name,
        as_of=today,
        pledges=pledges(workspace.policy),
        ideal_customer=workspace.ideal_customer_in(language),
        gains=offered((Gain(one.facts(), one.title(language)) for one in catalogue), today),
        figures=public_numbers.published(conn, workspace),
        has_pages=has_pages,
    )
    return document(facts, Voice(language, workspace.timezone))


@lru_cache(maxsize=_KEPT)
def printed(handbook: Document) -> Printed:
    """A handbook in print. The same handbook gives the same bytes, so it is printed once.

    Raises:
        Unprintable: no print came of it.
    """
    return PRESS.print(TEMPLATE, data_of(handbook), most_pages=MOST_PAGES)
