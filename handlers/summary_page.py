"""The page for a contact's superior as the records have it now: its facts and its language (A5)."""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.pages.site import Site
from bot.pictures.summary import Member, Quote, Step, Summary
from bot.playbook.measures import Measure
from bot.playbook.names import without_honorific
from bot.playbook.summaries import Measured, Shown, choose
from bot.playbook.summary_lines import PersonLine, read_people, read_steps, write_people
from bot.playbook.terms import Purpose, VoiceUse
from bot.playbook.working_time import local_date
from bot.texts.catalogue import language_of
from bot.texts.voice import Voice
from storage import customers, page_links, results, summaries, voices
from storage.customers import Contact
from storage.results import Result
from storage.summaries import Kept
from storage.voices import Told
from storage.workspaces import Workspace


@dataclass(frozen=True)
class Page:
    """What is printed, and in which language."""

    contact: Contact
    summary: Summary
    voice: Voice

    @property
    def named(self) -> list[str]:
        """Whom it speaks of."""
        quote = [self.summary.quote.by] if self.summary.quote else []
        members = [one.name for one in self.summary.members]
        return list(dict.fromkeys([self.contact.name, *quote, *members]))


@dataclass(frozen=True)
class Typed:
    """The texts of a page: what a rep wrote, or what it begins with."""

    title: str = ""
    division: str = ""
    quote: str = ""
    quote_by: str = ""
    agreed_on: date | None = None
    theirs: str = ""
    ours: str = ""
    steps: str = ""


def shown_of(conn: Connection, workspace: Workspace, customer_id: int) -> Shown:
    """Which of a customer's results are worth a page."""
    zone = ZoneInfo(workspace.timezone)
    found = results.of_customer(conn, workspace.team_id, customer_id)
    return choose(_measured(one, zone) for one in found)


def typed_for(conn: Connection, workspace: Workspace, contact: Contact, maker: str) -> Typed:
    """The texts of a contact's page. At first they name the contact and `maker`, with the
    customer's own words where they permitted that."""
    kept = summaries.of_contact(conn, workspace.team_id, contact.id)
    if kept:
        return _still_permitted(conn, workspace, kept)
    said = words_of(conn, workspace, contact)
    return Typed(
        quote=said.words if said else "",
        quote_by=said.contact_name if said else contact.name,
        agreed_on=_day(workspace, said) if said else None,
        theirs=write_people([PersonLine(contact.name, contact.job_title or "")]),
        ours=maker,
    )


def words_of(conn: Connection, workspace: Workspace, contact: Contact) -> Told | None:
    """What somebody there told of us last, as far as it may be shown to their own people."""
    use = VoiceUse.INTERNAL
    found = voices.permitted_by(conn, workspace.team_id, contact.customer_id, use, most=1)
    return found[0] if found else None


def page_of(
    conn: Connection, workspace: Workspace, contact: Contact, site: Site, on: date, maker: str
) -> Page | None:
    """The page of a contact, made by `maker` on a day; None when nothing got better yet."""
    shown = shown_of(conn, workspace, contact.customer_id)
    customer = customers.get(conn, workspace.team_id, contact.customer_id)
    if customer is None or not shown.figures:
        return None
    voice = Voice(language_of(contact.locale) or workspace.locale, workspace.timezone)
    typed = typed_for(conn, workspace, contact, maker)
    return Page(
        contact,
        Summary(
            seller=workspace.name,
            customer=contact.customer_name,
            made_on=on,
            shown=shown,
            division=typed.division,
            title=typed.title,
            since=customer.contract_date,
            quote=_quote(typed),
            members=_members(typed, voice),
            steps=[Step(one.when, one.what, one.who) for one in read_steps(typed.steps)],
            address=_address(conn, workspace, contact, site),
        ),
        voice,
    )


def _still_permitted(conn: Connection, workspace: Workspace, kept: Kept) -> Typed:
    """What was kept, without words that the customer has taken back since."""
    typed = Typed(**{name: getattr(kept, name) for name in Typed.__dataclass_fields__})
    if kept.voice_id is None:
        return typed
    said = voices.get(conn, workspace.team_id, kept.voice_id)
    is_theirs = said is not None and said.stands
    return typed if is_theirs else replace(typed, quote="", quote_by="", agreed_on=None)


def _measured(one: Result, zone: ZoneInfo) -> Measured:
    return Measured(
        one.kpi,
        Measure(one.before.normalize() + 0, one.before_unit),
        Measure(one.after.normalize() + 0, one.after_unit),
        one.direction,
        one.period,
        local_date(one.measured_at, zone),
    )


def _quote(typed: Typed) -> Quote | None:
    if not typed.quote or typed.agreed_on is None:
        return None
    return Quote(typed.quote, without_honorific(typed.quote_by), typed.agreed_on)


def _members(typed: Typed, voice: Voice) -> list[Member]:
    """The customer's people first, each with the honorific of the page's language."""
    theirs = [
        Member(
            voice.plain("summary.member", name=without_honorific(one.name)),
            one.role,
            is_ours=False,
        )
        for one in read_people(typed.theirs)
    ]
    return [*theirs, *(Member(one.name, one.role, is_ours=True) for one in read_people(typed.ours))]


def _address(conn: Connection, workspace: Workspace, contact: Contact, site: Site) -> str | None:
    """Where the code leads: the contact's referral page, when it is open."""
    if not site.is_open:
        return None
    link = page_links.current(conn, workspace.team_id, Purpose.REFERRAL, contact.id)
    return site.address(Purpose.REFERRAL, link.token) if link else None


def _day(workspace: Workspace, said: Told) -> date:
    return local_date(said.permitted_at, ZoneInfo(workspace.timezone))
