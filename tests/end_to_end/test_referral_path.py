"""A referral is led to every end, mended and taken back, and the team hears of wins (F2-F5)."""

from bot.playbook.terms import (
    FollowUpKind,
    Stage,
)
from bot.sandbox.person import Person
from bot.views import ids
from storage import customers
from tests.end_to_end.referral_steps import (
    agreed,
    fresh_card,
    in_channel,
    opened,
    owed,
    received,
    rows,
    step,
    the_row,
    won,
    words,
)
from tests.house import TEAM
from tests.house import Stage as Live


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
