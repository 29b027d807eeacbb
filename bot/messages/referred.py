"""What goes to a referred person: in which language, and where their own pages are (P2 P4)."""

from datetime import datetime

from sqlalchemy import Connection

from bot.pages.site import Site
from bot.playbook.terms import Purpose
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from storage import customers, page_links, people
from storage.referrals import Referral
from storage.workspaces import Workspace


def voice_for(conn: Connection, workspace: Workspace, row: Referral) -> Voice:
    """As their referrer is spoken to: nothing is known yet of a language of their own."""
    referrer = customers.get_contact(conn, workspace.team_id, row.referrer_id)
    language = language_of(referrer.locale if referrer else None)
    return Voice(language or workspace.locale, workspace.timezone)


def known_as(conn: Connection, workspace: Workspace, user_id: str) -> str:
    """The name of whoever looks after them; the company's for a colleague who was erased."""
    person = people.get(conn, workspace.team_id, user_id)
    return person.name if person and person.name != person.user_id else workspace.name


def address(
    conn: Connection,
    workspace: Workspace,
    site: Site,
    purpose: Purpose,
    referral_id: int,
    now: datetime,
) -> str:
    """Where one of a referral's pages is; the page is made when there is none. Empty while
    customers can't reach Goen."""
    if not site.is_open:
        return ""
    link = page_links.make(conn, workspace.team_id, purpose, referral_id, now)
    return site.address(purpose, link.token)
