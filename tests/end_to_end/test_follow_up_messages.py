"""Lists and messages of follow-ups, true for whoever reads them whenever they arrive (F1 R2 R4)."""

from bot.playbook.terms import FollowUpKind, Role
from bot.sandbox.person import Person
from bot.views import ids
from storage import follow_ups, people
from storage.follow_ups import Subject
from tests.end_to_end.follow_up_steps import again, buttons, do, reminded, row_of
from tests.end_to_end.referral_steps import (
    agreed,
    has_customer,
    received,
    request,
    the_row,
)
from tests.end_to_end.steps import click, give_role, promoter, shown, words
from tests.house import CHANNEL, EMMA, MORI, SATO, TANAKA, TEAM
from tests.house import Stage as Live


def test_the_managers_hear_after_a_day_and_hand_the_referral_over(live: Live, sato: Person) -> None:
    mori, tanaka = live.sandbox.act_as(MORI), live.sandbox.act_as(TANAKA)
    agreed(sato, received(sato))
    for person in (mori, tanaka):
        person.command("/goen")
    give_role(live, MORI, Role.MANAGER)
    live.settle()
    live.clock.move(hours=20, minutes=1)
    assert "まもなく期限です" in words(reminded(live, sato))
    live.clock.move(hours=4)
    live.settle()
    alarm = next(one for one in mori.dm() if "24時間の期限を過ぎました" in words(one))
    assert f"担当：<@{SATO}>" in words(alarm)

    mori.click(alarm, ids.FOLLOW_UP_HAND_OVER)
    for wrong in ("U0OUTSIDER", SATO):
        assert mori.submit(shown(mori), {ids.NEW_OWNER: wrong}).errors
    assert mori.submit(shown(mori), {ids.NEW_OWNER: TANAKA}).ok
    live.settle()

    assert the_row(live).owner_id == TANAKA
    assert f"<@{TANAKA}>さんに引き継ぎました" in words(again(mori, alarm))
    assert any(buttons(one, ids.FOLLOW_UP_DONE) for one in tanaka.dm())


def test_the_list_is_answered_at_once_and_redrawn_with_each_click(live: Live) -> None:
    tanaka = live.sandbox.act_as(TANAKA)
    live.sandbox.act_as(SATO).command("/goen")
    promoter(live, TANAKA, score=3)
    reply = tanaka.command("/goen", "followups")
    assert reply.message
    assert "吉野 真理さまの改善プランを立てる" in reply.words
    (value,) = buttons(reply.message, ids.FOLLOW_UP_DONE)

    listed = click(live, tanaka, reply, ids.FOLLOW_UP_DONE)
    assert "いま対応が必要なフォローはありません。" in words(listed)
    assert "最近の対応" in words(listed)

    listed = click(live, tanaka, listed, ids.FOLLOW_UP_UNDO)
    assert buttons(listed, ids.FOLLOW_UP_DONE) == [value]


def test_managers_see_the_team_and_may_look_at_their_own(live: Live, sato: Person) -> None:
    received(sato)
    mori = live.sandbox.act_as(MORI)
    mori.command("/goen")
    give_role(live, MORI, Role.MANAGER)

    reply = mori.command("/goen", "followups")
    assert f"担当：<@{SATO}>" in reply.words
    listed = click(live, mori, reply, ids.SWITCH_FOLLOW_UPS)
    assert "いま対応が必要なフォローはありません。" in words(listed)

    routine = next(m for m in mori.messages(CHANNEL) if "月曜" in m.text)
    mori.click(routine, ids.SHOW_FOLLOW_UPS)
    assert "いま対応が必要なフォローはありません。" in words(shown(mori))
    mori.click(shown(mori), ids.SWITCH_FOLLOW_UPS)
    view = shown(mori)
    done = buttons(view, ids.FOLLOW_UP_DONE)
    mori.click(view, ids.FOLLOW_UP_DONE, value=done[0])
    assert len(buttons(shown(mori), ids.FOLLOW_UP_DONE)) == len(done) - 1


def test_a_message_under_way_while_its_follow_up_changes_is_right_when_it_arrives(
    live: Live, sato: Person
) -> None:
    received(sato)
    live.bot.planner.run()
    live.sandbox.faults.add("chat.postMessage", "accept_then_drop")
    live.bot.deliverer.run()
    thanks = row_of(live, FollowUpKind.THANKS_REFERRAL)
    live.bot.dispatcher.handle(request(live, SATO, ids.FOLLOW_UP_DONE, f"{thanks.id}:alone"))
    live.settle()

    live.clock.move(minutes=2)
    live.settle()

    assert "完了しました" in words(sato.dm()[-1])


def test_a_message_that_waits_is_worded_anew_and_withdrawn_when_nothing_is_left(
    live: Live, sato: Person
) -> None:
    received(sato)
    live.bot.planner.run()
    kinds = (FollowUpKind.THANKS_REFERRAL, FollowUpKind.CONSENT_REQUEST)
    for kind in kinds:
        row = row_of(live, kind)
        live.bot.dispatcher.handle(request(live, SATO, ids.FOLLOW_UP_DONE, f"{row.id}:alone"))
    live.settle()

    assert [one for one in sato.dm() if buttons(one, ids.FOLLOW_UP_UNDO)] == []


def test_everything_is_said_in_the_language_of_whoever_reads_it(live: Live) -> None:
    emma = live.sandbox.act_as(EMMA)
    emma.command("/goen")
    contact_id = has_customer(live, "Acme Robotics", "Jane Doe", owner=EMMA)
    emma.command("/nps", "Acme Robotics 3")
    live.clock.move(days=3, hours=12)
    digest = reminded(live, emma)

    assert "Make a success plan for Jane Doe" in words(digest)
    (value,) = buttons(digest, ids.FOLLOW_UP_DONE)
    digest = do(live, emma, digest, ids.FOLLOW_UP_DONE)
    assert f"Done by <@{EMMA}>" in words(digest)
    assert "All done for today." in words(digest)
    with live.bot.store.read() as conn:
        (row,) = follow_ups.about(conn, TEAM, Subject(contact_id=contact_id))
        known = people.get(conn, TEAM, EMMA)
    assert value == f"{row.id}:alone"
    assert known and known.locale == "en"


def test_what_a_move_of_the_referral_replaced_is_nobodys_strike(live: Live, sato: Person) -> None:
    agreed(sato, received(sato))
    message = reminded(live, sato)
    contact = row_of(live, FollowUpKind.FIRST_CONTACT)
    do(live, sato, message, ids.FOLLOW_UP_DONE, f"{contact.id}:alone")

    listed = sato.command("/goen", "followups").words

    assert "に取り消しました" not in listed
    assert "まだ共有していません。" in listed
