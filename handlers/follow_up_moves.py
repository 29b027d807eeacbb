"""What a click does to a follow-up and to the record behind it (R4 F1 F2 A7 M1).

Each function returns the ids of the follow-ups that changed, or the rule's refusal. The record is
locked before it is judged, so that of two clicks at once the second hears what the first did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.playbook import asks as ask_rules
from bot.playbook import follow_ups as rules
from bot.playbook import referrals as referral_rules
from bot.playbook.announcements import announcement_after_snooze, announcement_after_undo
from bot.playbook.asks import AskMoved
from bot.playbook.follow_ups import FollowUp
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, refusal
from bot.playbook.referral_facts import ReferralFacts
from bot.playbook.referrals import Moved
from bot.playbook.terms import AskState, FollowUpKind, FollowUpState, Snooze
from bot.playbook.working_time import PersonTime
from handlers.turn import Turn
from storage import asks, customers, follow_ups, referrals, upkeep
from storage.asks import Ask
from storage.clocks import person_time
from storage.follow_ups import Row, Subject

Changed = tuple[int, ...]
_MoveReferral = Callable[
    [ReferralFacts, FollowUpKind, datetime, Policy, PersonTime], Moved | Refusal
]


@dataclass(frozen=True)
class Held:
    """A follow-up that nobody else can change in this transaction, with its referral's facts."""

    row: Row
    referral: ReferralFacts | None = None


def hold(turn: Turn, follow_up_id: int) -> Held | None:
    """Lock a follow-up and what it belongs to; None when there is no such follow-up.

    A referral is locked before its follow-ups, in the order in which its own moves do it.
    """
    row = follow_ups.get(turn.conn, turn.team_id, follow_up_id)
    if row is None:
        return None
    facts = referrals.facts(turn.conn, turn.team_id, row.referral_id) if row.referral_id else None
    now_is = follow_ups.locked(turn.conn, turn.team_id, follow_up_id)
    return Held(now_is, facts) if now_is else None


def tick(turn: Turn, held: Held) -> Changed | Refusal:
    """It was done."""
    row = held.row
    ticked = rules.done(row.facts(), turn.me.user_id, turn.now)
    if isinstance(ticked, Refusal):
        return ticked
    if held.referral:
        return _move_referral(turn, row, held.referral, referral_rules.follow_up_done)
    follow_ups.save(turn.conn, turn.team_id, ticked, None)
    if row.ask_id:
        return (row.id, *_rest_ask(turn, row.ask_id))
    return (row.id, *_keep_up(turn, row))


def strike_off(turn: Turn, held: Held) -> Changed | Refusal:
    """It need not be done; an ask that nobody follows up rests."""
    row = held.row
    struck = rules.cancelled(row.facts(), turn.me.user_id, turn.now)
    if isinstance(struck, Refusal):
        return struck
    follow_ups.save(turn.conn, turn.team_id, struck, None)
    if row.ask_id:
        return (row.id, *_rest_ask(turn, row.ask_id))
    return (row.id, *_keep_up(turn, row))


def take_back(turn: Turn, held: Held) -> Changed | Refusal:
    """The tick, the strike or the snooze was a mistake."""
    row = held.row
    if row.state is FollowUpState.OPEN:
        return _wake(turn, row)
    reopened = rules.undone(row.facts(), turn.now, turn.policy)
    if isinstance(reopened, Refusal):
        return reopened
    if held.referral:
        return _take_back_of_referral(turn, row, held.referral)
    if row.ask_id:
        return _wait_again(turn, row, row.ask_id, reopened)
    if _is_owed_anew(turn, row):
        return refusal(ReasonCode.ALREADY_OPEN)
    follow_ups.save(turn.conn, turn.team_id, reopened, None)
    return (row.id, *_keep_up(turn, row))


def put_off(turn: Turn, held: Held, choice: Snooze, day: date | None = None) -> Changed | Refusal:
    """Not now: it is shown again when its owner's day says so. The promise stays as it is."""
    row = held.row
    owner = person_time(turn.conn, turn.workspace, row.owed_by or turn.me.user_id)
    until = rules.snooze_until(choice, turn.now, turn.policy, owner, day)
    if isinstance(until, Refusal):
        return until
    snoozed = rules.snoozed(row.facts(), until, turn.me.user_id)
    if isinstance(snoozed, Refusal):
        return snoozed
    announce_at = announcement_after_snooze(snoozed, choice, until, turn.now)
    follow_ups.save(turn.conn, turn.team_id, snoozed, announce_at)
    return (row.id,)


def hand_over(turn: Turn, held: Held, to: str) -> Changed | Refusal:
    """Somebody else owes it from now on; with a follow-up of a referral goes the referral."""
    row = held.row
    if row.state is not FollowUpState.OPEN:
        ticked = rules.done(row.facts(), turn.me.user_id, turn.now)
        if isinstance(ticked, Refusal):
            return ticked
    if held.referral:
        person = person_time(turn.conn, turn.workspace, to)
        moved = referral_rules.reassign(held.referral, to, turn.now, turn.policy, person)
        return _save_moved(turn, held.referral.referral_id, moved)
    follow_ups.change(turn.conn, turn.team_id, row.id, owed_by=to, announce_at=turn.now)
    return (row.id,)


def _move_referral(
    turn: Turn, row: Row, facts: ReferralFacts, move: _MoveReferral
) -> Changed | Refusal:
    person = person_time(turn.conn, turn.workspace, facts.owner_id)
    moved = move(facts, row.kind, turn.now, turn.policy, person)
    if isinstance(moved, Refusal):
        return moved
    return _save_moved(turn, facts.referral_id, moved)


def _save_moved(turn: Turn, referral_id: int, moved: Moved) -> Changed:
    return referrals.save_moved(
        turn.conn, turn.workspace, referral_id, moved, turn.now, turn.me.user_id
    )


def _take_back_of_referral(turn: Turn, row: Row, facts: ReferralFacts) -> Changed | Refusal:
    """Only the last one of its kind can come back: the earlier ones have led to it."""
    if row.state is FollowUpState.CANCELLED or row.id != _last_done(turn, row):
        return refusal(ReasonCode.REFERRAL_MOVED_ON, stage=facts.stage)
    changed = _move_referral(turn, row, facts, referral_rules.follow_up_undone)
    if isinstance(changed, Refusal):
        return changed
    _speak_again(turn, row)
    return changed


def _is_owed_anew(turn: Turn, row: Row) -> bool:
    """Whether the same is owed again since it was settled: nobody owes one thing twice."""
    about = follow_ups.about(turn.conn, turn.team_id, row.subject)
    return any(one.kind is row.kind and one.state is FollowUpState.OPEN for one in about)


def _last_done(turn: Turn, row: Row) -> int | None:
    done = [
        one
        for one in follow_ups.about(turn.conn, turn.team_id, Subject(referral_id=row.referral_id))
        if one.kind is row.kind and one.state is FollowUpState.DONE
    ]
    return max(done, key=lambda one: (one.settled_at or one.due_at, one.id)).id if done else None


def _wake(turn: Turn, row: Row) -> Changed | Refusal:
    if not rules.is_snoozed(row.facts(), turn.now):
        return refusal(ReasonCode.ALREADY_OPEN)
    woken = rules.woken(row.facts())
    if isinstance(woken, Refusal):
        return woken
    follow_ups.save(turn.conn, turn.team_id, woken, _next_word(turn, woken))
    return (row.id,)


def _speak_again(turn: Turn, row: Row) -> None:
    """The 24-hour clock of what is open again goes on where it stands."""
    now_is = follow_ups.get(turn.conn, turn.team_id, row.id)
    if now_is and now_is.state is FollowUpState.OPEN:
        announce_at = _next_word(turn, now_is.facts())
        follow_ups.change(turn.conn, turn.team_id, row.id, announce_at=announce_at)


def _next_word(turn: Turn, follow_up: FollowUp) -> datetime | None:
    return announcement_after_undo(follow_up, turn.now, turn.policy)


def _rest_ask(turn: Turn, ask_id: int) -> Changed:
    """The ask rests with its follow-up; one that was answered meanwhile stays as it is."""
    ask = _ask(turn, ask_id)
    rested = ask_rules.rest(_facts(turn, ask))
    return () if isinstance(rested, Refusal) else _save_ask(turn, ask, rested)


def _wait_again(turn: Turn, row: Row, ask_id: int, reopened: FollowUp) -> Changed | Refusal:
    """The rest of the ask is taken back, unless its answer came meanwhile.

    The follow-up that is open again is the one that the rule would open, so its effect is not
    carried out: there is no need for a second one.
    """
    ask = _ask(turn, ask_id)
    if ask.state is AskState.ANSWERED and ask.answer:
        return refusal(ReasonCode.ASK_ALREADY_ANSWERED, answer=ask.answer)
    person = person_time(turn.conn, turn.workspace, row.owed_by)
    waiting = ask_rules.wait_again(_facts(turn, ask), turn.policy, person)
    if isinstance(waiting, Refusal):
        return waiting
    follow_ups.save(turn.conn, turn.team_id, reopened, None)
    return (row.id, *_save_ask(turn, ask, waiting))


def _ask(turn: Turn, ask_id: int) -> Ask:
    found = asks.get(turn.conn, turn.team_id, ask_id)
    if found is None:
        raise LookupError(f"no ask {ask_id}")
    return found


def _facts(turn: Turn, ask: Ask) -> ask_rules.Ask:
    return ask.facts(has_referral=asks.has_referral(turn.conn, turn.team_id, ask.id))


def _save_ask(turn: Turn, ask: Ask, moved: AskMoved) -> Changed:
    asks.change(
        turn.conn,
        turn.team_id,
        ask.id,
        state=moved.ask.state,
        answer=moved.ask.answer,
        answered_at=ask.answered_at if moved.ask.answer else None,
    )
    return upkeep.contact_changed(turn.conn, turn.workspace, ask.contact_id, turn.now).changed


def _keep_up(turn: Turn, row: Row) -> Changed:
    """What is owed by rule follows: a report that was made counts as one (M1)."""
    if row.kind is FollowUpKind.RESULT_REPORT and row.customer_id:
        last = upkeep.reported_at(turn.conn, turn.team_id, row.customer_id)
        customers.change(turn.conn, turn.team_id, row.customer_id, reported_at=last)
        return upkeep.customer_changed(turn.conn, turn.workspace, row.customer_id, turn.now)
    if row.contact_id:
        return upkeep.contact_changed(turn.conn, turn.workspace, row.contact_id, turn.now).changed
    return ()
