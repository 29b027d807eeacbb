from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.playbook import asks
from bot.playbook.asks import Ask, AskMoved
from bot.playbook.effects import Cancel, Complete, Open
from bot.playbook.policy import Policy
from bot.playbook.reasons import ReasonCode, Refusal, reason, refusal
from bot.playbook.terms import AskAnswer, AskState, FollowUpKind
from bot.playbook.working_time import PersonTime

POLICY = Policy()
PERSON = PersonTime(ZoneInfo("Asia/Tokyo"))
SENT_AT = datetime(2026, 11, 9, 5, 0, tzinfo=UTC)
SENT = Ask("U_REP", SENT_AT)
ANSWER = FollowUpKind.ASK_ANSWER
# Two weeks later is Labour Thanksgiving Day.
WAIT = Open(ANSWER, "U_REP", datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
RESTED = replace(SENT, state=AskState.RESTED)
LATER = replace(SENT, state=AskState.ANSWERED, answer=AskAnswer.LATER)
CANCELLED = replace(SENT, state=AskState.CANCELLED)
REFERRED = replace(LATER, answer=AskAnswer.REFERRED, has_referral=True)


def test_an_ask_without_an_answer_is_followed_up_after_two_weeks_on_a_working_morning() -> None:
    assert asks.send("U_REP", SENT_AT, POLICY, PERSON) == AskMoved(SENT, (WAIT,))


def test_after_one_follow_up_it_rests() -> None:
    assert asks.rest(SENT) == AskMoved(RESTED, (Complete(ANSWER),))
    assert asks.rest(RESTED) == refusal(ReasonCode.ASK_NOT_WAITING)


@pytest.mark.parametrize(
    ("ask", "effects"),
    [
        pytest.param(SENT, (Complete(ANSWER),), id="waiting"),
        pytest.param(RESTED, (), id="a late answer is welcome"),
        pytest.param(LATER, (), id="a wrong entry is corrected"),
    ],
)
def test_an_answer_is_recorded(ask: Ask, effects: tuple[Complete, ...]) -> None:
    moved = asks.answer(ask, AskAnswer.DECLINED)
    declined = replace(SENT, state=AskState.ANSWERED, answer=AskAnswer.DECLINED)
    assert moved == AskMoved(declined, effects)


@pytest.mark.parametrize(
    ("ask", "said", "refused"),
    [
        pytest.param(
            LATER,
            AskAnswer.LATER,
            reason(ReasonCode.ASK_ALREADY_ANSWERED, answer="later"),
            id="twice",
        ),
        pytest.param(
            CANCELLED, AskAnswer.LATER, reason(ReasonCode.ASK_IS_CANCELLED), id="cancelled"
        ),
        pytest.param(
            REFERRED, AskAnswer.DECLINED, reason(ReasonCode.ASK_LED_TO_REFERRAL), id="has referral"
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused(ask: Ask, said: AskAnswer, refused: object) -> None:
    moved = asks.answer(ask, said)
    assert isinstance(moved, Refusal)
    assert moved.reasons == (refused,)


def test_a_cancelled_ask_can_be_restored() -> None:
    assert asks.cancel(SENT) == AskMoved(CANCELLED, (Cancel(ANSWER),))
    assert asks.cancel(LATER) == AskMoved(CANCELLED)
    assert asks.restore(CANCELLED, POLICY, PERSON) == AskMoved(SENT, (WAIT,))
    assert asks.restore(SENT, POLICY, PERSON) == refusal(ReasonCode.ASK_NOT_CANCELLED)


def test_an_ask_that_led_to_a_referral_stays() -> None:
    assert asks.cancel(REFERRED) == refusal(ReasonCode.ASK_LED_TO_REFERRAL)
    assert asks.wait_again(REFERRED, POLICY, PERSON) == refusal(ReasonCode.ASK_LED_TO_REFERRAL)


@pytest.mark.parametrize("ask", [LATER, RESTED], ids=["answered", "rested"])
def test_a_wrong_answer_is_taken_back(ask: Ask) -> None:
    assert asks.wait_again(ask, POLICY, PERSON) == AskMoved(SENT, (WAIT,))
