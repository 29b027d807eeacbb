"""What an account is owed by rule, whatever its referrals do (M1 M2 M3).

Each appears when its condition holds and disappears when it no longer does; ticking one off buys
the time that it is meant to buy, so that a rule and a person never take turns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.playbook.contact_facts import ContactFacts
from bot.playbook.effects import Cancel, Complete, Effect, Open
from bot.playbook.policy import Policy
from bot.playbook.score import reaches_threshold
from bot.playbook.terms import FollowUpKind
from bot.playbook.working_time import PersonTime


@dataclass(frozen=True)
class ContactDuties:
    """The follow-ups of a contact that rules open: which are open, when they were settled last."""

    since: datetime
    """When the contact was entered: the first score is owed one cycle later, so that an import of
    a thousand contacts does not make a thousand debts in one night."""
    refresh_is_open: bool = False
    refresh_settled_at: datetime | None = None
    repair_is_open: bool = False
    repair_settled_at: datetime | None = None


@dataclass(frozen=True)
class ReportDuty:
    """The monthly report of results to a customer."""

    owner_id: str | None
    since: datetime
    """When the customer was entered, or the contract began."""
    reported_at: datetime | None = None
    """When results were reported last: logged with the customer, or the follow-up ticked off."""
    settled_at: datetime | None = None
    """When the last follow-up was ticked off, or struck off for this time."""
    is_open: bool = False
    has_results: bool = False


def owed_to_contact(
    facts: ContactFacts,
    duties: ContactDuties,
    now: datetime,
    policy: Policy,
    person: PersonTime,
) -> tuple[Effect, ...]:
    """What opens and closes for a contact: the NPS refresh (M2) and the repair plan (M3).

    Called after each change of the contact and once a day; calling it twice changes nothing.
    """
    return (
        *_refresh(facts, duties, now, policy, person),
        *_repair(facts, duties, now, policy, person),
    )


def owed_to_customer(
    duty: ReportDuty, now: datetime, policy: Policy, person: PersonTime
) -> tuple[Effect, ...]:
    """What opens and closes for a customer: the monthly report, once there is a result (M1)."""
    due_from = (duty.reported_at or duty.since) + policy.result_report_every
    is_due = duty.has_results and due_from <= now
    may_open = duty.settled_at is None or duty.settled_at + policy.result_report_every <= now
    if is_due and may_open and not duty.is_open:
        due_at = person.next_working_morning(now)
        return (Open(FollowUpKind.RESULT_REPORT, duty.owner_id, due_at),)
    if duty.is_open and not duty.has_results:
        return (Cancel(FollowUpKind.RESULT_REPORT),)
    if duty.is_open and not is_due:
        return (Complete(FollowUpKind.RESULT_REPORT),)
    return ()


def report_is_overdue(duty: ReportDuty, now: datetime, policy: Policy) -> bool:
    """Whether the account shows up as one whose report is overdue (M1)."""
    return (duty.reported_at or duty.since) + policy.result_report_every <= now


def _refresh(
    facts: ContactFacts,
    duties: ContactDuties,
    now: datetime,
    policy: Policy,
    person: PersonTime,
) -> Iterator[Effect]:
    kind = FollowUpKind.NPS_REFRESH
    fresh_until = (facts.nps_at or duties.since) + policy.nps_fresh_for
    if facts.opted_out:
        if duties.refresh_is_open:
            yield Cancel(kind)
    elif fresh_until >= now:
        if duties.refresh_is_open:
            yield Complete(kind)
    elif not duties.refresh_is_open and _may_remind(duties.refresh_settled_at, now, policy):
        yield Open(kind, facts.owner_id, person.next_working_morning(now))


def _may_remind(settled_at: datetime | None, now: datetime, policy: Policy) -> bool:
    return settled_at is None or settled_at + policy.nps_remind_again_after <= now


def _repair(
    facts: ContactFacts,
    duties: ContactDuties,
    now: datetime,
    policy: Policy,
    person: PersonTime,
) -> Iterator[Effect]:
    kind = FollowUpKind.REPAIR_PLAN
    is_low = facts.nps_score is not None and not reaches_threshold(facts.nps_score, policy)
    if not is_low or facts.opted_out:
        if duties.repair_is_open:
            yield Cancel(kind)
        return
    settled_at = duties.repair_settled_at
    is_dealt_with = (
        settled_at is not None and facts.nps_at is not None and settled_at >= facts.nps_at
    )
    if not duties.repair_is_open and not is_dealt_with:
        due_at = person.morning_after(now, policy.repair_within)
        yield Open(kind, facts.owner_id, due_at)
