"""Referrals come in by every door, and what is known is never silently doubled (P5)."""

import pytest
from sqlalchemy import func, select

from bot.playbook.terms import (
    AskAnswer,
    AskState,
    FollowUpKind,
    Role,
    Stage,
)
from bot.sandbox.person import Person
from bot.views import ids
from handlers.answers import OpenView
from storage import asks, people, referrals, tables
from tests.end_to_end.referral_steps import (
    LINE,
    fresh_card,
    has_customer,
    opened,
    owed,
    received,
    request,
    rows,
    sent_ask,
    step,
    the_row,
    words,
)
from tests.house import CHANNEL, EMMA, MORI, SATO, TEAM
from tests.house import Stage as Live


def test_a_complete_line_is_recorded_at_once_and_shown_on_a_card(live: Live, sato: Person) -> None:
    reply = sato.command("/referral", LINE)

    assert reply.view is None
    assert "吉野さま" in reply.words
    assert "鈴木さま" in reply.words
    row = the_row(live)
    assert (row.company, row.person, row.need) == ("鈴木商事", "鈴木", "見積を早くしたい")
    assert (row.owner_id, row.stage, row.generation) == (SATO, Stage.RECEIVED, 1)
    assert owed(live, row.id) == {
        FollowUpKind.CONSENT_REQUEST,
        FollowUpKind.THANKS_REFERRAL,
        FollowUpKind.PROGRESS_UPDATE,
    }


def test_an_empty_line_opens_the_form_and_the_form_records(live: Live, sato: Person) -> None:
    form = opened(sato.command("/referral"))
    contact = sato.options(form, ids.CONTACT, "山田")[0]

    result = sato.submit(
        form,
        {
            ids.CONTACT: contact,
            ids.COMPANY: "鈴木商事",
            ids.PERSON: "鈴木 一郎様",
            ids.EMAIL: "suzuki@example.com",
            ids.NEED: "見積",
        },
    )

    assert result.ok
    assert the_row(live).person == "鈴木 一郎"
    assert the_row(live).email == "suzuki@example.com"
    assert "鈴木 一郎さま" in words(sato.view())


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        pytest.param("山田製作所 > 鈴木商事 鈴木", ("鈴木商事", "鈴木"), id="a name without 様"),
        pytest.param("山田製作所", ("山田製作所",), id="nobody referred"),
        pytest.param(
            "未来電機 吉川様 > 鈴木商事 鈴木様", ("未来電機", "鈴木"), id="unknown referrer"
        ),
        pytest.param("山田製作所 > 鈴木様", ("鈴木",), id="no company"),
    ],
)
def test_an_unclear_line_opens_the_form_with_all_that_was_typed(
    live: Live, sato: Person, line: str, kept: tuple[str, ...]
) -> None:
    form = opened(sato.command("/referral", line))

    assert all(one in words(form) for one in kept)
    assert rows(live) == []


def test_two_contacts_of_one_name_are_chosen_in_the_form(live: Live, sato: Person) -> None:
    has_customer(live, "山田製作所", "別の吉野")

    form = opened(sato.command("/referral", LINE))

    assert "鈴木商事" in words(form)
    assert rows(live) == []


def test_a_message_becomes_the_need_and_stays_in_reach(live: Live, sato: Person) -> None:
    message = sato.say(CHANNEL, "吉野さんが鈴木商事さんを紹介してくれるそうです <見積>")
    form = opened(sato.shortcut(ids.LOG_REFERRAL_SHORTCUT, message))
    contact = sato.options(form, ids.CONTACT, "吉野")[0]

    assert sato.submit(form, {ids.CONTACT: contact, ids.COMPANY: "鈴木商事"}).ok

    row = the_row(live)
    assert row.need == "吉野さんが鈴木商事さんを紹介してくれるそうです <見積>"
    assert row.source_link
    assert CHANNEL in row.source_link


def test_a_form_without_company_or_with_a_broken_address_says_so(live: Live, sato: Person) -> None:
    form = opened(sato.command("/referral"))
    contact = sato.options(form, ids.CONTACT, "山田")[0]

    given = {ids.CONTACT: contact, ids.COMPANY: "　", ids.EMAIL: "a@b.example"}
    assert ids.COMPANY in sato.submit(form, given).errors
    assert rows(live) == []


def test_a_waiting_ask_is_answered_by_the_referral(live: Live) -> None:
    ask_id = sent_ask(live, has_customer(live, "山田製作所", "吉野"))

    received(live.sandbox.act_as(SATO))

    with live.bot.store.read() as conn:
        found = asks.get(conn, TEAM, ask_id)
    assert found
    assert (found.state, found.answer) == (AskState.ANSWERED, AskAnswer.REFERRED)
    assert the_row(live).ask_id == ask_id


def test_the_button_of_an_answered_ask_opens_the_form_with_its_contact(live: Live) -> None:
    contact_id = has_customer(live, "山田製作所", "吉野")
    ask_id = sent_ask(live, contact_id)
    live.sandbox.act_as(SATO).command("/referral", "list")

    click = request(live, SATO, ids.LOG_REFERRAL, f"{contact_id}:{ask_id}")
    outcome = live.bot.dispatcher.handle(click)

    assert isinstance(outcome.answer, OpenView)
    shown = str(outcome.answer.view.to_dict())
    assert f"contact:{contact_id}" in shown
    assert f'"ask_id": {ask_id}' in shown


def test_the_same_referral_again_shows_the_one_on_record(live: Live, sato: Person) -> None:
    received(sato)

    reply = sato.command("/referral", "㈱山田製作所 > 株式会社鈴木商事 鈴木様 別の要件")

    assert reply.view is None
    assert "新しい記録は作っていません" in reply.words
    assert "別の要件" in reply.words
    assert len(rows(live)) == 1


def test_a_second_referrer_joins_the_record_and_can_leave_it(live: Live, sato: Person) -> None:
    received(sato)
    has_customer(live, "高橋物流", "高橋")

    form = opened(sato.command("/referral", "高橋物流 > 鈴木商事 鈴木様 在庫も見たい"))
    assert "山田製作所" in words(form)
    assert sato.submit(form).ok

    row = the_row(live)
    assert row.need == "見積を早くしたい\n在庫も見たい"
    merged = sato.view()
    assert "高橋さま" in words(merged)
    assert merged
    sato.click(merged, ids.REFERRAL_SPLIT)
    with live.bot.store.read() as conn:
        assert referrals.second_referrers(conn, TEAM, row.id) == []


def test_another_person_of_the_company_may_be_kept_beside_the_first(
    live: Live, sato: Person
) -> None:
    received(sato)

    form = opened(sato.command("/referral", "山田製作所 > 鈴木商事 佐々木様"))
    assert sato.submit(form, {ids.DECISION: "another"}).ok

    assert [row.person for row in rows(live)] == ["鈴木", "佐々木"]


def test_a_referral_that_had_ended_is_taken_up_again(live: Live, sato: Person) -> None:
    received(sato)
    form = opened(step(sato, ids.REFERRAL_LOST))
    assert sato.submit(form, {ids.WHY: "時期が合わず"}).ok
    fresh_card(sato)

    form = opened(sato.command("/referral", LINE))
    assert sato.submit(form).ok

    assert the_row(live).stage is Stage.RECEIVED


def test_an_existing_customer_is_only_recorded_for_somebody_new(live: Live, sato: Person) -> None:
    has_customer(live, "鈴木商事", "社長")

    form = opened(sato.command("/referral", LINE))
    assert "すでに顧客" in words(form)
    assert rows(live) == []
    assert sato.submit(form, {ids.DECISION: "anyway"}).ok

    assert the_row(live).company == "鈴木商事"


def test_nobody_refers_themselves(live: Live, sato: Person) -> None:
    form = opened(sato.command("/referral", "山田製作所 > （株）山田製作所 吉野様"))
    assert "紹介者ご自身の会社" in words(form)

    assert ids.COMPANY in sato.submit(form).errors
    assert rows(live) == []


def test_of_two_forms_for_one_referral_the_second_is_asked(live: Live, sato: Person) -> None:
    form = opened(sato.command("/referral", "山田製作所 > 鈴木商事 鈴木"))
    sato.command("/referral", LINE)

    assert sato.submit(form).ok

    assert len(rows(live)) == 1
    assert "新しい記録は作っていません" in words(sato.view())


def test_a_form_that_is_delivered_twice_records_once(live: Live, sato: Person) -> None:
    form = opened(sato.command("/referral", "山田製作所 > 鈴木商事 鈴木"))
    assert sato.submit(form).ok
    submission = next(d for d, _ in reversed(live.sandbox.deliveries))

    live.sandbox.redeliver(submission)

    assert len(rows(live)) == 1


HOSTILE = (
    "長" * 10_000,
    "&" * 10_000,
    "🏭🤝 👩‍👩‍👧‍👦",
    "شركة \u202eevil",
    "<!channel> *bold* `code`",
    '=HYPERLINK("http://x","y")',
    "{company} {0} %s",
)


def test_whatever_is_typed_is_answered_and_never_acts(live: Live, sato: Person) -> None:
    for number, text in enumerate(HOSTILE):
        sato.command("/referral", f"山田製作所 > {text} {text}様 {text}")
        while view := sato.view():
            sato.close(view)
        form = opened(sato.command("/referral"))
        given = {
            ids.CONTACT: sato.options(form, ids.CONTACT, "山田")[0],
            ids.COMPANY: f"{number}{text[:190]} 社",
            ids.PERSON: text[:200],
            ids.NEED: text[:3000],
        }
        assert sato.submit(form, given).ok
        card = sato.view()
        assert card
        for action_id in (ids.REFERRAL_EDIT, ids.REFERRAL_LOST, ids.REFERRAL_CONSENT):
            sato.close(opened(sato.click(card, action_id)))
        fresh_card(sato)
    live.settle()
    assert "<!channel>" not in str([message.blocks for message in sato.dm()])


def test_everything_speaks_english_to_an_english_rep(live: Live) -> None:
    has_customer(live, "Acme", "Pat Smith", owner=EMMA)
    emma = live.sandbox.act_as(EMMA)

    reply = emma.command("/referral", 'Acme > "Globex Inc." Ms. Jones faster quotes')

    assert "Referral logged" in reply.words
    assert "Record consent" in str(reply.blocks)
    listed = emma.command("/referral", "list")
    assert "Your open referrals" in listed.words


def test_managers_see_the_whole_teams_list(live: Live, sato: Person) -> None:
    received(sato)
    mori = live.sandbox.act_as(MORI)
    mori.command("/referral", "list")
    with live.bot.store.write() as conn:
        people.set_role(conn, TEAM, MORI, Role.MANAGER)

    listed = mori.command("/referral", "list")

    assert "チームの進行中の紹介" in listed.words
    assert "鈴木商事" in listed.words


def test_nothing_is_recorded_twice_in_the_audit(live: Live, sato: Person) -> None:
    received(sato)
    with live.bot.store.read() as conn:
        logged = select(func.count()).where(tables.audit.c.action == "log_referral")
        assert conn.execute(logged).scalar_one() == 1
