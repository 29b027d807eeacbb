"""The state of a contact: one row that says what a thousand records would.

`fold` makes it from all records; `advance` adds one new record to it and gives the same row, in
whatever order records arrive. A correction, a cancellation or a deletion is a fold. The row depends
on the policy (threshold, weights), so a change of policy is a rebuild; it never depends on now.

What does depend on now, freshness and the ask budget, is a comparison of a column with a time:
`ask_window` gives the times, so that SQL and the rules draw the line at the same instant.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any, assert_never

from bot.playbook.contact_facts import (
    AskRecord,
    Contact,
    ContactFacts,
    ContactRecords,
    MomentRecord,
    NpsRecord,
    Record,
    ReferralRecord,
    ResultRecord,
)
from bot.playbook.policy import Policy
from bot.playbook.score import Moment, loudness, rank_key, reaches_threshold
from bot.playbook.terms import AskState, Stage


@dataclass(frozen=True, kw_only=True)
class ContactState(ContactFacts):
    """The facts and what follows from them under a policy: the row of the state table."""

    is_promoter: bool
    """The latest score reaches the threshold. With a fresh score: a candidate."""
    is_askable: bool
    """Nothing that time cannot mend stands against asking: promoter, no complaint, no opt-out."""
    rank_key: int
    """Order of "whom to ask", larger first, at any time; see `score`."""


@dataclass(frozen=True)
class AskWindow:
    """The instants that the columns of an askable contact are compared with, all inclusive."""

    nps_since: datetime
    """`nps_at >= nps_since`"""
    asked_until: datetime
    """`last_asked_at IS NULL OR last_asked_at <= asked_until`"""
    result_since: datetime
    """`result_at >= result_since`"""


class TagChange(StrEnum):
    """What one record did to the candidate tag (M2)."""

    APPEARED = "appeared"
    DISAPPEARED = "disappeared"
    UNCHANGED = "unchanged"


def ask_window(now: datetime, policy: Policy) -> AskWindow:
    """Which dates may be asked on at this time."""
    return AskWindow(
        nps_since=now - policy.nps_fresh_for,
        asked_until=now - policy.ask_again_after,
        result_since=now - policy.result_fresh_for,
    )


def is_fresh(facts: ContactFacts, now: datetime, policy: Policy) -> bool:
    """Whether the latest NPS score still counts (M2)."""
    return facts.nps_at is not None and facts.nps_at >= ask_window(now, policy).nps_since


def is_candidate(facts: ContactFacts, now: datetime, policy: Policy) -> bool:
    """The promoter candidate tag (M2): the latest score is high and fresh."""
    return reaches_threshold(facts.nps_score, policy) and is_fresh(facts, now, policy)


def tag_change(
    before: ContactFacts | None, after: ContactFacts, now: datetime, policy: Policy
) -> TagChange:
    """Whether the tag came or went between two states of a contact."""
    was = before is not None and is_candidate(before, now, policy)
    is_now = is_candidate(after, now, policy)
    if was == is_now:
        return TagChange.UNCHANGED
    return TagChange.APPEARED if is_now else TagChange.DISAPPEARED


def fold(contact: Contact, records: ContactRecords, policy: Policy) -> ContactState:
    """The state of a contact from everything on record, in any order."""
    facts = ContactFacts(
        contact_id=contact.contact_id,
        customer_id=contact.customer_id,
        owner_id=contact.owner_id,
        opted_out=contact.opted_out,
        open_complaint=contact.open_complaint,
        open_tickets=records.open_tickets,
        **_signals(records),
    )
    everything: tuple[Record, ...] = (
        *records.nps,
        *records.results,
        *records.moments,
        *records.asks,
        *records.referrals,
    )
    return _judged(reduce(lambda so_far, one: _add(so_far, one, policy), everything, facts), policy)


def _signals(records: ContactRecords) -> dict[str, Any]:
    """What other systems told last."""
    found: dict[str, Any] = {}
    if records.usage:
        found |= {
            "usage_metric": records.usage.metric,
            "usage_percent": records.usage.percent,
            "usage_at": records.usage.at,
        }
    if records.participation:
        found |= {"event": records.participation.event, "event_at": records.participation.at}
    return found


def advance(state: ContactState, record: Record, policy: Policy) -> ContactState:
    """The state with one record more.

    For a record that is new, and for the answer to the latest ask. Everything else that changes a
    record (a correction, a cancellation, a deletion) needs a `fold`.
    """
    return _judged(_add(state, record, policy), policy)


def with_contact(state: ContactState, contact: Contact, policy: Policy) -> ContactState:
    """The state after a change of the contact itself: owner, customer, opt-out, complaint."""
    changed = replace(
        state,
        customer_id=contact.customer_id,
        owner_id=contact.owner_id,
        opted_out=contact.opted_out,
        open_complaint=contact.open_complaint,
    )
    return _judged(changed, policy)


def _judged(facts: ContactFacts, policy: Policy) -> ContactState:
    is_promoter = reaches_threshold(facts.nps_score, policy)
    known = {f.name: getattr(facts, f.name) for f in fields(ContactFacts)}
    return ContactState(
        **known,
        is_promoter=is_promoter,
        is_askable=is_promoter and not facts.open_complaint and not facts.opted_out,
        rank_key=rank_key(facts, policy),
    )


def _add(facts: ContactFacts, record: Record, policy: Policy) -> ContactFacts:
    match record:
        case NpsRecord():
            return _add_nps(facts, record)
        case ResultRecord():
            return _add_result(facts, record)
        case MomentRecord():
            return _add_moment(facts, record, policy)
        case AskRecord():
            return _add_ask(facts, record)
        case ReferralRecord():
            given = 0 if record.stage is Stage.CANCELLED else 1
            return replace(facts, referrals_given=facts.referrals_given + given)
        case _:
            assert_never(record)


def _is_later(at: datetime, id: int, known_at: datetime | None, known_id: int | None) -> bool:
    """Later on the calendar, or logged later for the same instant."""
    return known_at is None or known_id is None or (at, id) > (known_at, known_id)


def _add_nps(facts: ContactFacts, record: NpsRecord) -> ContactFacts:
    if _is_later(record.at, record.id, facts.nps_at, facts.nps_id):
        return replace(
            facts,
            nps_id=record.id,
            nps_score=record.score,
            nps_at=record.at,
            nps_by=record.by,
            previous_nps_id=facts.nps_id,
            previous_nps_score=facts.nps_score,
            previous_nps_at=facts.nps_at,
        )
    if _is_later(record.at, record.id, facts.previous_nps_at, facts.previous_nps_id):
        return replace(
            facts,
            previous_nps_id=record.id,
            previous_nps_score=record.score,
            previous_nps_at=record.at,
        )
    return facts


def _add_result(facts: ContactFacts, record: ResultRecord) -> ContactFacts:
    if not record.improved or not _is_later(record.at, record.id, facts.result_at, facts.result_id):
        return facts
    return replace(
        facts,
        result_id=record.id,
        result_kpi=record.kpi,
        result_percent=record.percent,
        result_at=record.at,
    )


def _add_moment(facts: ContactFacts, record: MomentRecord, policy: Policy) -> ContactFacts:
    new = Moment(record.kind, record.at)
    if facts.moment and facts.moment_at:
        known = Moment(facts.moment, facts.moment_at)
        if loudness(known, policy.weights) >= loudness(new, policy.weights):
            return facts
    return replace(facts, moment=new.kind, moment_at=new.at)


def _add_ask(facts: ContactFacts, record: AskRecord) -> ContactFacts:
    is_answer = record.id == facts.last_ask_id
    if record.state is AskState.CANCELLED or not (
        is_answer or _is_later(record.at, record.id, facts.last_asked_at, facts.last_ask_id)
    ):
        return facts
    return replace(
        facts,
        last_ask_id=record.id,
        last_asked_at=record.at,
        last_asked_by=record.by,
        last_answer=record.answer,
    )
