"""Referrals in Slack: taken in by every door, led to every end, mended and taken back (P2 P5)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.playbook.terms import (
    AskAnswer,
    AskState,
    Consent,
    FollowUpKind,
    FollowUpState,
    MomentKind,
    Role,
    Stage,
)
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person, Reply
from bot.views import ids
from handlers.answers import OpenView, Say
from handlers.request import Entry, Request
from storage import asks, customers, follow_ups, people, referrals, tables
from storage.follow_ups import Subject
from storage.referrals import Referral
from tests.house import CHANNEL, EMMA, MORI, OUTSIDER, SATO, TANAKA, TEAM
from tests.house import Stage as Live

LINE = "山田製作所 > 鈴木商事 鈴木様 見積を早くしたい"
YEAR = timedelta(days=365)


def has_customer(live: Live, company: str, contact: str, owner: str | None = SATO) -> int:
    with live.bot.store.write() as conn:
        customer_id = customers.create(
            conn, TEAM, live.clock(), name=company, owner_id=owner, created_by=SATO
        )
        return customers.add_contact(
            conn, TEAM, live.clock(), customer_id=customer_id, name=contact, created_by=SATO
        )


@pytest.fixture
def sato(live: Live) -> Person:
    """A rep with one customer, 山田製作所, and its contact 吉野."""
    has_customer(live, "山田製作所", "吉野")
    return live.sandbox.act_as(SATO)


def rows(live: Live) -> list[Referral]:
    with live.bot.store.read() as conn:
        found = conn.execute(select(tables.referral.c.id).order_by(tables.referral.c.id)).scalars()
        kept = [referrals.get(conn, TEAM, one) for one in found.all()]
    return [row for row in kept if row]


def the_row(live: Live) -> Referral:
    (row,) = rows(live)
    return row


def owed(live: Live, referral_id: int) -> set[FollowUpKind]:
    with live.bot.store.read() as conn:
        about = follow_ups.about(conn, TEAM, Subject(referral_id=referral_id))
    return {one.kind for one in about if one.state is FollowUpState.OPEN}


def received(sato: Person, line: str = LINE) -> Message:
    reply = sato.command("/referral", line)
    assert reply.view is None, reply.view
    assert reply.message
    return reply.message


def opened(reply: Reply) -> View:
    assert reply.view, reply.words
    return reply.view


def agreed(sato: Person, card: Message) -> Message:
    form = opened(sato.click(card, ids.REFERRAL_CONSENT))
    assert sato.submit(form, {ids.CONSENT: "agreed", ids.CONSENT_HOW: "吉野様からのメール"}).ok
    return fresh_card(sato)


def fresh_card(sato: Person) -> Message:
    """Close every form and look at the referral anew."""
    while view := sato.view():
        sato.close(view)
    listed = sato.command("/referral", "list")
    assert listed.message
    return listed.message


def step(sato: Person, action_id: str) -> Reply:
    """Open the card from the list and click there."""
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    return sato.click(card, action_id)


def words(view: View | None) -> str:
    assert view
    return str(view.blocks)


def request(live: Live, user: str, name: str, value: object) -> Request:
    """A click as it comes from a message that somebody kept."""
    return Request(
        entry=Entry.ACTION,
        name=name,
        key=f"action:{user}:{name}:{live.clock().isoformat()}",
        team_id=TEAM,
        user_id=user,
        user_team_id=TEAM,
        now=live.clock(),
        value=str(value),
        trigger_id="1.2.3",
    )


# -- taking in ---------------------------------------------------------------------------------


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


def sent_ask(live: Live, contact_id: int) -> int:
    with live.bot.store.write() as conn:
        return asks.add(
            conn,
            TEAM,
            contact_id=contact_id,
            moment=MomentKind.RESULT,
            state=AskState.SENT,
            sent_by=SATO,
            sent_at=live.clock(),
            created_by=SATO,
            created_at=live.clock(),
        )


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


# -- doubles -----------------------------------------------------------------------------------


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


# -- consent -----------------------------------------------------------------------------------


def test_without_consent_there_is_no_first_contact_to_log(live: Live, sato: Person) -> None:
    card = received(sato)
    with pytest.raises(LookupError):
        sato.click(card, ids.REFERRAL_CONTACTED)

    kept = request(live, SATO, ids.REFERRAL_CONTACTED, the_row(live).id)
    outcome = live.bot.dispatcher.handle(kept)

    assert isinstance(outcome.answer, Say)
    assert "了承がまだ確認できていません" in outcome.answer.message.text
    assert the_row(live).stage is Stage.RECEIVED


def test_consent_is_recorded_with_how_when_and_by_whom(live: Live, sato: Person) -> None:
    form = opened(sato.click(received(sato), ids.REFERRAL_CONSENT))
    assert ids.CONSENT_HOW in sato.submit(form, {ids.CONSENT: "agreed"}).errors

    given = {ids.CONSENT: "agreed", ids.CONSENT_HOW: "電話", ids.DAY: "2026-11-17"}
    assert ids.DAY in sato.submit(form, given).errors
    assert sato.submit(form, given | {ids.DAY: "2026-11-15"}).ok

    row = the_row(live)
    assert (row.consent, row.consent_by, row.consent_how) == (Consent.AGREED, SATO, "電話")
    assert str(row.consent_on) == "2026-11-15"
    assert FollowUpKind.FIRST_CONTACT in owed(live, row.id)
    assert FollowUpKind.CONSENT_REQUEST not in owed(live, row.id)


@pytest.mark.parametrize("said", ["refused", "opted_out"])
def test_a_no_is_kept_and_stops_the_contact(live: Live, sato: Person, said: str) -> None:
    form = opened(sato.click(received(sato), ids.REFERRAL_CONSENT))
    assert sato.submit(form, {ids.CONSENT: said}).ok

    assert FollowUpKind.FIRST_CONTACT not in owed(live, the_row(live).id)
    kept = request(live, SATO, ids.REFERRAL_MEETING, the_row(live).id)
    assert isinstance(live.bot.dispatcher.handle(kept).answer, Say)
    assert the_row(live).stage is Stage.RECEIVED


def test_personal_data_are_erased_for_good(live: Live, sato: Person) -> None:
    card = received(sato)
    form = opened(sato.click(card, ids.REFERRAL_MENU, value=f"erase:{the_row(live).id}"))
    assert sato.submit(form).ok

    row = the_row(live)
    assert (row.person, row.email, row.need) == ("", None, "")
    assert (row.company, row.consent) == ("鈴木商事", Consent.OPTED_OUT)
    assert "鈴木さま" not in words(sato.view())


# -- the path ----------------------------------------------------------------------------------


def in_channel(live: Live) -> list[Message]:
    live.settle()
    return [m for m in live.sandbox.act_as(MORI).messages(CHANNEL) if "鈴木商事" in m.text]


def won(sato: Person, amount: str = "120万") -> None:
    agreed(sato, received(sato))
    step(sato, ids.REFERRAL_CONTACTED)
    step(sato, ids.REFERRAL_MEETING)
    form = opened(step(sato, ids.REFERRAL_WON))
    assert sato.submit(form, {ids.WHY: "実績を評価", ids.AMOUNT: amount}).ok


def test_the_owner_hears_at_once_and_leads_the_referral_on_from_the_message(
    live: Live, sato: Person
) -> None:
    received(sato)
    live.settle()
    (reminder,) = [message for message in sato.dm() if not message.ephemeral]
    assert "鈴木商事" in str(reminder.blocks)

    card = opened(sato.click(reminder, ids.OPEN_REFERRAL))
    form = opened(sato.click(card, ids.REFERRAL_CONSENT))
    assert sato.submit(form, {ids.CONSENT: "agreed", ids.CONSENT_HOW: "電話"}).ok
    live.settle()

    first = next(message for message in sato.dm() if message.ts == reminder.ts)
    assert first.blocks != reminder.blocks


def test_a_referral_is_led_to_its_win_and_the_team_hears_of_it(live: Live, sato: Person) -> None:
    won(sato)

    row = the_row(live)
    assert (row.stage, row.amount_minor, row.currency) == (Stage.WON, 1_200_000, "JPY")
    assert row.won_customer_id
    assert FollowUpKind.THANKS_WIN in owed(live, row.id)
    (told,) = in_channel(live)
    assert "山田製作所　吉野さま" in told.text
    assert "1,200,000円" in str(told.blocks)
    assert "鈴木さま" not in str(told.blocks)


def test_the_message_of_a_win_is_corrected_and_taken_back_in_place(
    live: Live, sato: Person
) -> None:
    won(sato)
    assert len(in_channel(live)) == 1

    form = opened(step(sato, ids.REFERRAL_WON))
    assert "実績を評価" in words(form)
    assert sato.submit(form, {ids.AMOUNT: "1,500,000円"}).ok
    (told,) = in_channel(live)
    assert "1,500,000円" in str(told.blocks)

    step(sato, ids.REFERRAL_REOPEN)
    (told,) = in_channel(live)
    assert "取り消されました" in told.text
    assert the_row(live).won_customer_id is None


def test_a_win_that_is_taken_back_at_once_is_never_told(live: Live, sato: Person) -> None:
    won(sato)
    step(sato, ids.REFERRAL_REOPEN)

    assert in_channel(live) == []


def test_an_amount_is_read_generously_or_asked_again(live: Live, sato: Person) -> None:
    agreed(sato, received(sato))
    form = opened(step(sato, ids.REFERRAL_WON))

    for unclear in ("たくさん", "120時間", "-5"):
        assert ids.AMOUNT in sato.submit(form, {ids.WHY: "実績", ids.AMOUNT: unclear}).errors
    assert the_row(live).stage is Stage.RECEIVED
    assert sato.submit(form, {ids.WHY: "実績", ids.AMOUNT: "$4.5k"}).ok

    assert (the_row(live).amount_minor, the_row(live).currency) == (450_000, "USD")


def test_closing_needs_a_reason(live: Live, sato: Person) -> None:
    received(sato)
    form = opened(step(sato, ids.REFERRAL_NOT_A_FIT))

    assert ids.WHY in sato.submit(form, {ids.WHY: "　", ids.WOULD_FIT: "製造業の方"}).errors
    assert ids.WOULD_FIT in sato.submit(form, {ids.WHY: "業種違い", ids.WOULD_FIT: " "}).errors
    assert sato.submit(form, {ids.WHY: "業種違い", ids.WOULD_FIT: "製造業の方"}).ok

    row = the_row(live)
    assert (row.reason, row.who_would_fit) == ("業種違い", "製造業の方")
    assert FollowUpKind.NOT_A_FIT_NEWS in owed(live, row.id)


def test_a_stage_is_corrected_from_the_menu(live: Live, sato: Person) -> None:
    agreed(sato, received(sato))
    step(sato, ids.REFERRAL_CONTACTED)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))

    sato.click(card, ids.REFERRAL_MENU, value=f"back-received:{the_row(live).id}")

    assert the_row(live).stage is Stage.RECEIVED
    assert FollowUpKind.FIRST_CONTACT in owed(live, the_row(live).id)


def test_a_cancelled_referral_owes_nothing_and_comes_back_whole(live: Live, sato: Person) -> None:
    card = received(sato)
    row = the_row(live)
    before = owed(live, row.id)

    form = opened(sato.click(card, ids.REFERRAL_MENU, value=f"cancel:{row.id}"))
    assert sato.submit(form).ok
    assert owed(live, row.id) == set()

    cancelled = sato.view()
    assert cancelled
    sato.click(cancelled, ids.REFERRAL_REOPEN)
    assert owed(live, row.id) == before


def test_a_typo_is_mended_on_the_record_and_the_customer_it_became(
    live: Live, sato: Person
) -> None:
    won(sato)
    form = opened(step(sato, ids.REFERRAL_EDIT))
    assert sato.submit(form, {ids.COMPANY: "鈴木商店", ids.PERSON: "鈴木 一郎"}).ok

    row = the_row(live)
    assert (row.company, row.person) == ("鈴木商店", "鈴木 一郎")
    with live.bot.store.read() as conn:
        (customer,) = customers.named(conn, TEAM, "鈴木商店")
        (contact,) = customers.contacts_of(conn, TEAM, [customer.id])
    assert contact.name == "鈴木 一郎"


def test_an_edit_cannot_make_a_double(live: Live, sato: Person) -> None:
    received(sato)
    received(sato, "山田製作所 > 高橋物流 高橋様")
    card = fresh_card(sato)
    second = rows(live)[1].id
    form = opened(
        sato.click(
            opened(sato.click(card, ids.OPEN_REFERRAL, value=str(second))), ids.REFERRAL_EDIT
        )
    )

    errors = sato.submit(form, {ids.COMPANY: "㈱鈴木商事", ids.PERSON: "鈴木"}).errors

    assert ids.COMPANY in errors


def test_news_is_noted_for_the_next_update(live: Live, sato: Person) -> None:
    form = opened(sato.click(received(sato), ids.REFERRAL_NEWS))
    assert sato.submit(form, {ids.NEWS: "資料をお送りしました。"}).ok

    assert the_row(live).news == "資料をお送りしました。"
    assert the_row(live).news_at


# -- rights, old buttons, deleted records ------------------------------------------------------


def test_a_referral_is_handed_over_with_what_is_owed(live: Live, sato: Person) -> None:
    live.sandbox.act_as(TANAKA).command("/referral", "list")
    form = opened(sato.click(received(sato), ids.REFERRAL_REASSIGN))
    assert ids.OWNER in sato.submit(form, {ids.OWNER: OUTSIDER}).errors
    assert sato.submit(form, {ids.OWNER: TANAKA}).ok

    row = the_row(live)
    assert row.owner_id == TANAKA
    with live.bot.store.read() as conn:
        about = follow_ups.about(conn, TEAM, Subject(referral_id=row.id))
    assert {one.owed_by for one in about if one.state is FollowUpState.OPEN} == {TANAKA}


BUTTONS = (
    ids.REFERRAL_CONTACTED,
    ids.REFERRAL_WON,
    ids.REFERRAL_LOST,
    ids.REFERRAL_NOT_A_FIT,
    ids.REFERRAL_REOPEN,
    ids.REFERRAL_EDIT,
    ids.REFERRAL_CONSENT,
    ids.REFERRAL_NEWS,
    ids.REFERRAL_REASSIGN,
    ids.REFERRAL_RESTORE,
    ids.OPEN_REFERRAL,
)


def test_somebody_elses_button_names_whose_it_is(live: Live, sato: Person) -> None:
    received(sato)
    live.sandbox.act_as(TANAKA).command("/referral", "list")
    before = the_row(live)

    for action_id in BUTTONS:
        outcome = live.bot.dispatcher.handle(request(live, TANAKA, action_id, before.id))
        assert isinstance(outcome.answer, Say), action_id
        assert SATO in outcome.answer.message.text, action_id

    assert the_row(live) == before


@pytest.mark.usefixtures("sato")
def test_a_rep_cannot_log_a_referral_of_somebody_elses_customer(live: Live) -> None:
    reply = live.sandbox.act_as(TANAKA).command("/referral", LINE)

    assert SATO in reply.words
    assert "見積を早くしたい" in reply.words
    assert rows(live) == []


def test_a_year_later_a_button_says_what_is_true_now(live: Live, sato: Person) -> None:
    won(sato)
    live.clock.now += YEAR

    kept = request(live, SATO, ids.REFERRAL_CONTACTED, the_row(live).id)
    outcome = live.bot.dispatcher.handle(kept)

    assert isinstance(outcome.answer, Say)
    assert "先に再開してください" in outcome.answer.message.text
    assert the_row(live).stage is Stage.WON


def test_a_deleted_referral_is_found_by_its_old_buttons_and_restored(
    live: Live, sato: Person
) -> None:
    won(sato)
    assert len(in_channel(live)) == 1
    row = the_row(live)
    before = owed(live, row.id)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    form = opened(sato.click(card, ids.REFERRAL_MENU, value=f"delete:{row.id}"))
    assert sato.submit(form).ok
    assert owed(live, row.id) == set()
    assert "取り消されました" in in_channel(live)[0].text

    outcome = live.bot.dispatcher.handle(request(live, SATO, ids.REFERRAL_WON, row.id))
    assert isinstance(outcome.answer, Say)
    assert "削除されています" in outcome.answer.message.text

    live.bot.dispatcher.handle(request(live, SATO, ids.REFERRAL_RESTORE, row.id))
    assert owed(live, row.id) == before
    assert the_row(live).won_customer_id
    assert "受注しました" in in_channel(live)[0].text


def test_a_button_of_a_referral_that_never_was_is_answered(live: Live, sato: Person) -> None:
    sato.command("/referral", "list")
    outcome = live.bot.dispatcher.handle(request(live, SATO, ids.OPEN_REFERRAL, 999_999))
    assert isinstance(outcome.answer, Say)


# -- hostile texts and the other language ------------------------------------------------------


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
