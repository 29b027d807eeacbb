"""Consent, rights, old buttons and deleted records of referrals (P2 F1)."""

from datetime import timedelta

import pytest

from bot.playbook.terms import (
    Consent,
    FollowUpKind,
    FollowUpState,
    Stage,
)
from bot.sandbox.person import Person
from bot.views import ids
from handlers.answers import Say
from storage import follow_ups
from storage.follow_ups import Subject
from tests.end_to_end.referral_steps import (
    LINE,
    fresh_card,
    in_channel,
    opened,
    owed,
    received,
    request,
    rows,
    the_row,
    won,
    words,
)
from tests.house import OUTSIDER, SATO, TANAKA, TEAM
from tests.house import Stage as Live

YEAR = timedelta(days=365)


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
