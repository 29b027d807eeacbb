"""The reminder of an ask that nobody has answered (A7)."""

from bot.playbook.terms import AskState, FollowUpKind
from bot.views import ids
from storage import asks
from storage.follow_ups import Row
from tests.end_to_end.follow_up_steps import buttons, do, reminded, row_of
from tests.end_to_end.steps import click, ready_ask
from tests.house import SATO, TEAM
from tests.house import Stage as Live


def test_an_ask_rests_when_its_follow_up_is_ticked_and_waits_again_when_that_is_undone(
    live: Live,
) -> None:
    sato = live.sandbox.act_as(SATO)
    message = ready_ask(live)
    click(live, sato, message, ids.SEND_ASK)
    live.clock.move(days=15)
    digest = reminded(live, sato)
    waiting = row_of(live, FollowUpKind.ASK_ANSWER)

    digest = do(live, sato, digest, ids.FOLLOW_UP_DONE, f"{waiting.id}:alone")
    assert _ask(live, waiting) is AskState.RESTED
    do(live, sato, digest, ids.FOLLOW_UP_UNDO, f"{waiting.id}:alone")
    assert _ask(live, waiting) is AskState.SENT
    assert row_of(live, FollowUpKind.ASK_ANSWER).id == waiting.id


def test_the_answer_is_recorded_by_one_click_in_the_reminder(live: Live) -> None:
    sato = live.sandbox.act_as(SATO)
    click(live, sato, ready_ask(live), ids.SEND_ASK)
    live.clock.move(days=15)
    digest = reminded(live, sato)
    waiting = row_of(live, FollowUpKind.ASK_ANSWER)

    after = do(live, sato, digest, ids.ASK_LATER)

    assert buttons(after, ids.ASK_LATER) == []
    assert _ask(live, waiting) is AskState.ANSWERED


def _ask(live: Live, row: Row) -> AskState:
    with live.bot.store.read() as conn:
        ask = asks.get(conn, TEAM, row.ask_id or 0)
    assert ask
    return ask.state
