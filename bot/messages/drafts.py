"""The ready text of a follow-up, from what is on record (F1-F5 M1-M3 A7)."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.messages.referred import address
from bot.pages.site import Site
from bot.playbook.benefits import Standing, standing
from bot.playbook.measures import Measure, compare
from bot.playbook.referral_facts import clock_started_at
from bot.playbook.terms import FollowUpKind, FollowUpState, Purpose
from bot.playbook.working_time import local_date
from bot.texts.catalogue import language_of
from bot.texts.measures import headline, measure
from bot.texts.voice import Voice
from bot.views.drafts import Draft, DraftFacts, draft
from storage import asks, benefits, customers, follow_ups, people, referrals, results
from storage.customers import Contact, Customer
from storage.follow_ups import Row, Subject
from storage.people import Person
from storage.referrals import Referral
from storage.results import Result
from storage.workspaces import Workspace

_NAMES_PAGE = frozenset({FollowUpKind.FIRST_CONTACT, FollowUpKind.CONSENT_REQUEST})
_RESULTS = 3
"""How many results a report names; a longer letter is not read."""


def load(
    conn: Connection, workspace: Workspace, owed: Row, reader: Person, site: Site, now: datetime
) -> Draft | None:
    """What the person who owes it may send; None when its record is gone.

    In the customer's language, signed by whoever owes it, or by the reader while nobody does.

    A referral's text goes to the referrer, except the first contact, which goes to the person who
    was referred. An account's goes to its first contact. Both the first contact and the request
    for consent name the referred person's page, which is made if there is none.
    """
    team_id = workspace.team_id
    referral = referrals.get(conn, team_id, owed.referral_id) if owed.referral_id else None
    if owed.referral_id and (referral is None or referral.deleted_at):
        return None
    contact_id = referral.referrer_id if referral else _contact_of(conn, team_id, owed)
    contact = customers.get_contact(conn, team_id, contact_id) if contact_id else None
    customer_id = contact.customer_id if contact else owed.customer_id
    customer = customers.get(conn, team_id, customer_id) if customer_id else None
    if customer is None:
        return None
    voice = Voice(language_of(customer.locale) or workspace.locale, workspace.timezone)
    facts = _addressed(conn, workspace, owed, reader, customer, contact)
    if referral:
        facts = _about_referral(conn, workspace, facts, owed, referral)
        if owed.kind in _NAMES_PAGE:
            page = address(conn, workspace, site, Purpose.OPT_OUT, referral.id, now)
            facts = replace(facts, page=page)
        if owed.kind is FollowUpKind.FIRST_CONTACT:
            facts = _with_benefit(conn, workspace, facts, site, referral, now)
    if owed.kind is FollowUpKind.RESULT_REPORT:
        latest = results.of_customer(conn, team_id, customer.id)[:_RESULTS]
        facts = replace(facts, results=tuple(_line(voice, one) for one in latest))
    return draft(voice, owed.kind, facts)


def _contact_of(conn: Connection, team_id: str, owed: Row) -> int | None:
    if owed.contact_id is None and owed.ask_id:
        ask = asks.get(conn, team_id, owed.ask_id)
        return ask.contact_id if ask else None
    return owed.contact_id


def _addressed(
    conn: Connection,
    workspace: Workspace,
    owed: Row,
    reader: Person,
    customer: Customer,
    contact: Contact | None,
) -> DraftFacts:
    owner = people.get(conn, workspace.team_id, owed.owed_by) if owed.owed_by else None
    if contact is None:
        contact = next(iter(customers.contacts_of(conn, workspace.team_id, [customer.id])), None)
    return DraftFacts(
        sender=(owner or reader).name,
        sender_company=workspace.name,
        company=customer.name,
        contact=contact.name if contact else "",
    )


def _about_referral(
    conn: Connection, workspace: Workspace, facts: DraftFacts, owed: Row, referral: Referral
) -> DraftFacts:
    about = follow_ups.about(conn, workspace.team_id, Subject(referral_id=referral.id))
    rules_view = referrals.facts_of(referral, about)
    told = (
        one.settled_at
        for one in about
        if one.kind is FollowUpKind.PROGRESS_UPDATE
        and one.state is FollowUpState.DONE
        and one.settled_at
        and one.id != owed.id
    )
    return replace(
        facts,
        referred_company=referral.company,
        referred_person=referral.person,
        # What was taken over from a message was written for us and not for them.
        need="" if referral.source_link else referral.need,
        stage=referral.stage,
        consent=referral.consent,
        contact_by=clock_started_at(rules_view) + workspace.policy.first_contact_within,
        contacted_at=referral.contacted_at,
        meeting_at=referral.meeting_at,
        told_at=max(told, default=None),
        news=referral.news,
        news_at=referral.news_at,
        reason=referral.reason,
        who_would_fit=referral.who_would_fit,
    )


def _with_benefit(
    conn: Connection,
    workspace: Workspace,
    facts: DraftFacts,
    site: Site,
    referral: Referral,
    now: datetime,
) -> DraftFacts:
    """What they may still use, and where they find it (P4)."""
    found = benefits.of_referral(conn, workspace.team_id, referral.id)
    if found is None or not site.is_open:
        return facts
    today = local_date(now, ZoneInfo(workspace.timezone))
    is_used = found.used_at is not None
    if standing(is_used=is_used, valid_until=found.valid_until, today=today) is not Standing.OPEN:
        return facts
    page = address(conn, workspace, site, Purpose.BENEFIT, referral.id, now)
    return replace(facts, benefit=found.title, benefit_page=page)


def _line(voice: Voice, result: Result) -> str:
    before = Measure(result.before, result.before_unit)
    after = Measure(result.after, result.after_unit)
    change = compare(before, after, result.direction)
    return voice.plain(
        "follow_ups.result_line",
        kpi=result.kpi,
        before=measure(voice, Measure(change.before, change.unit), in_full=True),
        after=measure(voice, Measure(change.after, change.unit), in_full=True),
        change=headline(voice, change),
    )
