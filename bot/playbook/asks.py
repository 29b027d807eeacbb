"""The path of one ask: sent, answered, followed up once after two weeks, then at rest (A6 A7)."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.playbook.effects import Cancel, Complete, Effect, Open
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, refusal
from bot.playbook.terms import AskAnswer, AskState, FollowUpKind
from bot.playbook.working_time import PersonTime


@dataclass(frozen=True)
class Ask:
    """One request to one contact."""

    sent_by: str
    sent_at: datetime
    state: AskState = AskState.SENT
    answer: AskAnswer | None = None
    has_referral: bool = False
    """Whether a referral on record came from it."""


@dataclass(frozen=True)
class AskMoved:
    """The ask as it is now, and what that does to its follow-up."""

    ask: Ask
    effects: tuple[Effect, ...] = ()


def send(by: str, now: datetime, policy: Policy, person: PersonTime) -> AskMoved:
    """An ask that a human has just sent; its answer is looked after at the sender's morning."""
    ask = Ask(sent_by=by, sent_at=now)
    return AskMoved(ask, (_wait(ask, policy, person),))


def answer(ask: Ask, said: AskAnswer) -> AskMoved | Refusal:
    """What the contact said. A late answer is welcome, and a wrong entry may be corrected."""
    if ask.state is AskState.CANCELLED:
        return refusal(ReasonCode.ASK_IS_CANCELLED)
    if ask.answer is said:
        return refusal(ReasonCode.ASK_ALREADY_ANSWERED, answer=said)
    if ask.has_referral and said is not AskAnswer.REFERRED:
        return refusal(ReasonCode.ASK_LED_TO_REFERRAL)
    effects = (Complete(FollowUpKind.ASK_ANSWER),) if ask.state is AskState.SENT else ()
    return AskMoved(replace(ask, state=AskState.ANSWERED, answer=said), effects)


def rest(ask: Ask) -> AskMoved | Refusal:
    """The follow-up was made and there is still no answer: the ask rests, and nobody nags."""
    if ask.state is not AskState.SENT:
        return refusal(ReasonCode.ASK_NOT_WAITING)
    return AskMoved(replace(ask, state=AskState.RESTED), (Complete(FollowUpKind.ASK_ANSWER),))


def wait_again(ask: Ask, policy: Policy, person: PersonTime) -> AskMoved | Refusal:
    """The answer or the rest was entered by mistake: the ask is open again."""
    if ask.has_referral:
        return refusal(ReasonCode.ASK_LED_TO_REFERRAL)
    if ask.state not in (AskState.ANSWERED, AskState.RESTED):
        return refusal(ReasonCode.ASK_NOT_WAITING)
    open_again = replace(ask, state=AskState.SENT, answer=None)
    return AskMoved(open_again, (_wait(open_again, policy, person),))


def cancel(ask: Ask) -> AskMoved | Refusal:
    """It was never sent after all. The budget of the contact is free again."""
    if ask.state is AskState.CANCELLED:
        return refusal(ReasonCode.ASK_IS_CANCELLED)
    if ask.has_referral:
        return refusal(ReasonCode.ASK_LED_TO_REFERRAL)
    effects = (Cancel(FollowUpKind.ASK_ANSWER),) if ask.state is AskState.SENT else ()
    return AskMoved(replace(ask, state=AskState.CANCELLED, answer=None), effects)


def restore(ask: Ask, policy: Policy, person: PersonTime) -> AskMoved | Refusal:
    """Undoes a cancellation."""
    if ask.state is not AskState.CANCELLED:
        return refusal(ReasonCode.ASK_NOT_CANCELLED)
    sent = replace(ask, state=AskState.SENT)
    return AskMoved(sent, (_wait(sent, policy, person),))


def _wait(ask: Ask, policy: Policy, person: PersonTime) -> Open:
    due_at = person.morning_after(ask.sent_at, policy.ask_answer_after)
    return Open(FollowUpKind.ASK_ANSWER, ask.sent_by, due_at)
