"""A benefit from its form in Slack to its page and its use (P4)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.playbook.benefits import spelled
from bot.playbook.terms import Consent, ConsentTo
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import benefits, consents
from storage.benefits import Benefit
from tests.end_to_end.referral_steps import fresh_card, has_customer, opened, received, the_row
from tests.house import SATO, TANAKA, TEAM
from tests.house import Stage as Live
from tests.pages.visits import ask, send

LINE = "山田製作所 > 鈴木商事 「鈴木 一郎」様"
TITLE = "初回の業務診断を無料で"


@pytest.fixture
def live(paged: Live) -> Live:
    """A customer whose contact refers."""
    has_customer(paged, "山田製作所", "吉野 真理")
    return paged


@pytest.fixture
def sato(live: Live) -> Person:
    person = live.sandbox.act_as(SATO)
    received(person, LINE)
    return person


def _pages(sato: Person) -> View:
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    return opened(sato.click(card, ids.REFERRED_PAGES))


def _form(sato: Person) -> View:
    return opened(sato.click(_pages(sato), ids.EDIT_BENEFIT))


def _given(sato: Person, **answers: Any) -> View:
    done = sato.submit(_form(sato), {ids.BENEFIT_TITLE: TITLE, **answers})
    assert done.ok, done
    shown = sato.view()
    assert shown
    return shown


def _benefit(live: Live) -> Benefit:
    with live.bot.store.read() as conn:
        found = benefits.of_referral(conn, TEAM, the_row(live).id)
    assert found
    return found


def _address(live: Live, shown: View) -> str:
    """The link of the benefit as it stands in the modal."""
    said = str(shown.blocks)
    start = said.index(f"{live.web}/b/")
    return said[start : said.index("'", start)]


def test_the_page_shows_the_code_and_names_nobody_who_did_not_agree(
    live: Live, sato: Person
) -> None:
    page = ask(_address(live, _given(sato)))

    assert page.status == 200
    assert TITLE in page.text.replace("<wbr>", "")
    assert spelled(_benefit(live).code) in page.text
    assert "鈴木 一郎" in page.text.replace("<wbr>", "")
    assert "吉野" not in page.text
    assert "山田製作所" not in page.text


def test_the_referrer_is_named_once_it_is_known_how_they_agreed(live: Live, sato: Person) -> None:
    form = _form(sato)
    answers = {ids.BENEFIT_TITLE: TITLE, ids.NAMING: "named"}
    assert ids.NAMING_HOW in sato.submit(form, answers).errors
    assert sato.submit(form, {**answers, ids.NAMING_HOW: "電話で確認"}).ok

    shown = sato.view()
    assert shown
    assert "吉野 真理" in ask(_address(live, shown)).text
    with live.bot.store.read() as conn:
        given = consents.latest(conn, TEAM, the_row(live).id, ConsentTo.NAMING)
    assert given
    assert (given.consent, given.how, given.created_by) == (Consent.AGREED, "電話で確認", SATO)
    assert given.consent_text_id


def test_the_page_cannot_be_written_to(live: Live, sato: Person) -> None:
    address = _address(live, _given(sato))
    assert send(address, {"used": "yes"}).status == 405
    assert _benefit(live).used_at is None


def test_a_benefit_wants_a_name_and_a_day_to_come(live: Live, sato: Person) -> None:
    form = _form(sato)
    assert ids.BENEFIT_TITLE in sato.submit(form, {ids.BENEFIT_TITLE: ""}).errors
    past = (live.clock() - timedelta(days=1)).date()
    late = {ids.BENEFIT_TITLE: TITLE, ids.VALID_UNTIL: past}
    assert ids.VALID_UNTIL in sato.submit(form, late).errors


def test_it_may_come_from_the_catalogue(live: Live, sato: Person) -> None:
    form = _form(sato)
    block = next(block for block in form.blocks if block["block_id"] == ids.OFFER)
    first = block["element"]["options"][1]
    assert sato.submit(form, {ids.OFFER: first["value"]}).ok
    assert _benefit(live).title == first["text"]["text"]


def test_the_code_stays_when_the_benefit_is_changed(live: Live, sato: Person) -> None:
    first = _address(live, _given(sato))
    code = _benefit(live).code
    second = _address(live, _given(sato, **{ids.BENEFIT_TITLE: "2回目の診断も無料で"}))

    assert first == second
    assert _benefit(live).code == code
    assert "2回目の診断も無料で" in ask(first).text.replace("<wbr>", "")


def test_the_next_benefit_starts_as_the_last_one(sato: Person) -> None:
    _given(sato, **{ids.BENEFIT_NOTE: "初回にお知らせください"})
    reply = sato.command("/referral", "山田製作所 > 佐々木工業 佐々木様")
    assert reply.message
    pages = opened(sato.click(reply.message, ids.REFERRED_PAGES))
    form = str(opened(sato.click(pages, ids.EDIT_BENEFIT)).blocks)
    assert TITLE in form
    assert "初回にお知らせください" in form


def test_its_use_is_ticked_and_taken_back(live: Live, sato: Person) -> None:
    shown = _given(sato)
    address = _address(live, shown)
    used = opened(sato.click(shown, ids.USE_BENEFIT))
    assert "利用済みです" in ask(address).text
    assert spelled(_benefit(live).code) not in ask(address).text
    assert _benefit(live).used_by == SATO

    sato.click(used, ids.UNUSE_BENEFIT)
    assert _benefit(live).used_at is None
    assert spelled(_benefit(live).code) in ask(address).text


def test_what_is_over_says_so_and_shows_no_code(live: Live, sato: Person) -> None:
    day = (live.clock() + timedelta(days=3)).date()
    address = _address(live, _given(sato, **{ids.VALID_UNTIL: day}))
    live.clock.move(days=4)

    said = ask(address).text
    assert "期限が切れました" in said
    assert spelled(_benefit(live).code) not in said


def test_a_withdrawn_benefit_leads_nowhere_and_its_old_buttons_say_so(
    live: Live, sato: Person
) -> None:
    shown = _given(sato)
    address = _address(live, shown)
    sato.click(shown, ids.WITHDRAW_BENEFIT)
    assert ask(address).status == 404

    sato.click(shown, ids.USE_BENEFIT)
    with live.bot.store.read() as conn:
        assert benefits.of_referral(conn, TEAM, the_row(live).id) is None


def test_the_card_shows_the_benefit(sato: Person) -> None:
    _given(sato)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    assert TITLE in str(card.blocks)


def test_somebody_elses_referral_gets_no_benefit_from_me(live: Live, sato: Person) -> None:
    shown = _given(sato)
    tanaka = live.sandbox.act_as(TANAKA)
    reply = tanaka.click(shown, ids.USE_BENEFIT)
    assert "利用済みにしました" not in str(reply)
    assert _benefit(live).used_at is None
