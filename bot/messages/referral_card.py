"""What the card of a referral shows, from what is on record."""

from datetime import datetime

from sqlalchemy import Connection

from bot.playbook.referral_facts import (
    OPEN_STAGES,
    OUTCOMES,
    ReferralFacts,
    clock_started_at,
    missing_thanks,
)
from bot.playbook.referrals import next_stages
from bot.playbook.terms import Consent, ConsentTo, Stage
from bot.views.referrals import CardFacts, Name
from storage import benefits, consents, customers, follow_ups, referrals
from storage.follow_ups import Subject
from storage.referrals import Referral
from storage.workspaces import Workspace


def load(conn: Connection, workspace: Workspace, referral_id: int) -> CardFacts | None:
    """The card of a referral, deleted or not; None when there never was one."""
    row = referrals.get(conn, workspace.team_id, referral_id)
    return of_row(conn, workspace, row) if row else None


def of_row(conn: Connection, workspace: Workspace, row: Referral) -> CardFacts:
    """The card of a referral that was read already."""
    team_id = workspace.team_id
    owed = follow_ups.about(conn, team_id, Subject(referral_id=row.id))
    facts = referrals.facts_of(row, owed)
    seconds = referrals.second_referrers(conn, team_id, row.id)
    benefit = benefits.of_referral(conn, team_id, row.id)
    return CardFacts(
        referral_id=row.id,
        referrer=_contact(conn, team_id, row.referrer_id),
        referred=Name(row.company, row.person),
        second_referrers=tuple(_contact(conn, team_id, one) for one in seconds),
        chain=_chain(conn, team_id, row),
        generation=row.generation,
        owner_id=row.owner_id,
        stage=row.stage,
        next_stages=next_stages(row.stage),
        consent=row.consent,
        consent_on=row.consent_on,
        consent_how=row.consent_how,
        consent_by=row.consent_by,
        consent_version=_version(conn, team_id, row),
        erasure_asked_at=row.erasure_asked_at,
        benefit=benefit.title if benefit else "",
        benefit_used=benefit is not None and benefit.used_at is not None,
        email=row.email,
        need=row.need,
        news=row.news,
        source_link=row.source_link,
        received_at=row.received_at,
        contact_by=_contact_by(facts, workspace),
        contacted_at=row.contacted_at,
        meeting_at=row.meeting_at,
        outcome_at=row.outcome_at if row.stage in OUTCOMES else None,
        closed_at=row.closed_at,
        reason=row.reason,
        who_would_fit=row.who_would_fit,
        amount_minor=row.amount_minor,
        currency=row.currency,
        missing=missing_thanks(facts, workspace.policy),
        is_deleted=row.deleted_at is not None,
    )


def _version(conn: Connection, team_id: str, row: Referral) -> int:
    if row.consent is not Consent.AGREED:
        return 0
    given = consents.latest(conn, team_id, row.id, ConsentTo.CONTACT, ConsentTo.PASSED_ON)
    if given is None or given.consent_text_id is None:
        return 0
    text = consents.text(conn, team_id, given.consent_text_id)
    return text.version if text else 0


def _contact_by(facts: ReferralFacts, workspace: Workspace) -> datetime | None:
    waits = facts.stage is Stage.RECEIVED and facts.consent is Consent.AGREED
    asks = facts.stage in OPEN_STAGES and facts.consent is Consent.UNKNOWN
    if not waits and not asks:
        return None
    return clock_started_at(facts) + workspace.policy.first_contact_within


def _chain(conn: Connection, team_id: str, row: Referral) -> tuple[str, ...]:
    """From the company at the beginning: each one introduced the next."""
    if row.generation == 1:
        return ()
    led_to = referrals.chain(conn, team_id, row)
    first = _contact(conn, team_id, led_to[0].referrer_id)
    return (first.company, *(one.company for one in led_to))


def _contact(conn: Connection, team_id: str, contact_id: int) -> Name:
    contact = customers.get_contact(conn, team_id, contact_id)
    if contact is None:
        raise LookupError(f"no contact {contact_id}")
    return Name(contact.customer_name, contact.name)
