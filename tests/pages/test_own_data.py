"""A referred person on their own page: they see, agree, decline, stop and are forgotten (P2)."""

import pytest

from bot.playbook.terms import Consent, ConsentTo, FollowUpKind, Purpose, Stage
from bot.sandbox.messages import words_in
from bot.views import ids
from handlers.answers import Answer, OpenView, Say
from storage import consents, follow_ups
from storage.follow_ups import Subject
from tests.end_to_end.referral_steps import (
    fresh_card,
    has_customer,
    opened,
    owed,
    received,
    request,
    rows,
    the_row,
    won,
)
from tests.house import SATO, TEAM
from tests.house import Stage as Live
from tests.pages.visits import ask, fill_in, page_of, send

LINE = "山田製作所 > 鈴木商事 「鈴木 一郎」様 見積を早くしたい"


@pytest.fixture
def live(paged: Live) -> Live:
    """A customer whose contact refers."""
    has_customer(paged, "山田製作所", "吉野 真理")
    return paged


@pytest.fixture
def page(live: Live) -> str:
    """The address of the page of the person in `LINE`."""
    received(live.sandbox.act_as(SATO), LINE)
    return page_of(live, the_row(live).id, Purpose.OPT_OUT)


def _told(live: Live) -> str:
    """Everything that Sato was told."""
    live.settle()
    messages = live.sandbox.act_as(SATO).dm()
    return "\n".join("\n".join((one.text, *words_in(one.blocks))) for one in messages)


def _draft(live: Live, kind: FollowUpKind) -> Answer:
    """What a click on the text of a follow-up of the last referral answers, however old it is."""
    with live.bot.store.read() as conn:
        about = follow_ups.about(conn, TEAM, Subject(referral_id=rows(live)[-1].id))
    found = next(one for one in about if one.kind is kind)
    clicked = request(live, SATO, ids.FOLLOW_UP_DRAFT, f"{found.id}:alone")
    answer = live.bot.dispatcher.handle(clicked).answer
    assert answer
    return answer


def _history(live: Live) -> list[tuple[Consent, str, int | None]]:
    with live.bot.store.read() as conn:
        found = consents.history(conn, TEAM, the_row(live).id)
        return [(one.consent, one.created_by, one.consent_text_id) for one in found]


def test_it_says_what_is_kept_and_from_whom(page: str) -> None:
    said = ask(page).text
    for known in ("鈴木商事", "鈴木 一郎", "見積を早くしたい", "山田製作所", "吉野 真理"):
        assert known in said, known


def test_it_speaks_the_other_language_when_asked_to(page: str) -> None:
    said = ask(f"{page}?lang=en").text
    assert "What we keep about you" in said
    assert '<html lang="en">' in said


def test_looking_at_it_changes_nothing(live: Live, page: str) -> None:
    for _ in range(3):
        assert ask(page).status == 200
    assert the_row(live).consent is Consent.UNKNOWN
    assert _history(live) == []


def test_their_yes_starts_the_clock_and_is_told_at_once(live: Live, page: str) -> None:
    assert fill_in(page, wish="agree").status == 303

    row = the_row(live)
    assert (row.consent, row.consent_by) == (Consent.AGREED, "page")
    assert FollowUpKind.FIRST_CONTACT in owed(live, row.id)
    assert FollowUpKind.CONSENT_REQUEST not in owed(live, row.id)
    said = _told(live)
    assert "了承されました" in said
    assert "鈴木 一郎" in said


def test_their_yes_is_kept_with_the_words_that_they_saw(live: Live, page: str) -> None:
    fill_in(f"{page}?lang=en", wish="agree")

    with live.bot.store.read() as conn:
        given = consents.latest(conn, TEAM, the_row(live).id, ConsentTo.CONTACT)
        assert given
        text = consents.text(conn, TEAM, given.consent_text_id or 0)
    assert text
    assert (text.locale, text.version) == ("en", 1)
    assert text.words.startswith("I agree that 株式会社ハルカゼ may contact me")
    assert text.words in ask(f"{page}?lang=ja").text


def test_the_card_says_that_they_answered_themselves(live: Live, page: str) -> None:
    fill_in(page, wish="agree")
    sato = live.sandbox.act_as(SATO)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    assert "ご本人がページで回答" in str(card.blocks)
    assert "第1版" in str(card.blocks)


def test_a_no_ends_the_request_and_nobody_contacts_them(live: Live, page: str) -> None:
    fill_in(page, wish="decline")

    assert the_row(live).consent is Consent.REFUSED
    open_kinds = owed(live, the_row(live).id)
    assert not {FollowUpKind.FIRST_CONTACT, FollowUpKind.CONSENT_REQUEST} & open_kinds
    assert "希望されていません" in _told(live)


def test_one_click_opts_out_after_they_had_agreed(live: Live, page: str) -> None:
    fill_in(page, wish="agree")
    assert FollowUpKind.FIRST_CONTACT in owed(live, the_row(live).id)
    fill_in(page, wish="stop")

    assert the_row(live).consent is Consent.OPTED_OUT
    assert FollowUpKind.FIRST_CONTACT not in owed(live, the_row(live).id)
    assert "今後の連絡の停止" in _told(live)
    assert "今後のご連絡を停止しました" in ask(page).text.replace("<wbr>", "")


def test_they_may_change_their_mind_and_every_answer_stays_on_record(live: Live, page: str) -> None:
    for wish in ("decline", "agree", "stop", "agree"):
        assert fill_in(page, wish=wish).status == 303
    assert the_row(live).consent is Consent.AGREED
    assert [(answer, by) for answer, by, _ in _history(live)] == [
        (Consent.REFUSED, "page"),
        (Consent.AGREED, "page"),
        (Consent.OPTED_OUT, "page"),
        (Consent.AGREED, "page"),
    ]


def test_the_same_form_sent_twice_counts_once(live: Live, page: str) -> None:
    seal = ask(page).seal
    for _ in range(2):
        assert send(page, {"seal": seal, "wish": "agree"}).status == 303
    assert len(_history(live)) == 1


@pytest.mark.parametrize("wish", ["", "stop", "own", "agreed", "Erase"])
def test_what_is_not_offered_changes_nothing(live: Live, page: str, wish: str) -> None:
    assert fill_in(page, wish=wish).status == 303
    assert the_row(live).consent is Consent.UNKNOWN


def test_after_an_opt_out_no_step_and_no_text_is_given(live: Live, page: str) -> None:
    fill_in(page, wish="agree")
    assert isinstance(_draft(live, FollowUpKind.FIRST_CONTACT), OpenView)
    fill_in(page, wish="stop")

    refused = _draft(live, FollowUpKind.FIRST_CONTACT)
    assert isinstance(refused, Say)
    assert "連絡停止" in refused.message.text
    sato = live.sandbox.act_as(SATO)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    assert ids.REFERRAL_CONTACTED not in str(card.blocks)


def test_deletion_wants_the_box_ticked(live: Live, page: str) -> None:
    answered = fill_in(page, wish="erase")

    assert answered.status == 422
    assert "チェックを入れてください" in answered.text
    assert the_row(live).person == "鈴木 一郎"


def test_deletion_takes_the_person_out_of_everything_at_once(live: Live, page: str) -> None:
    assert fill_in(page, wish="erase", sure="yes").status == 303

    row = the_row(live)
    assert (row.person, row.email, row.need) == ("", None, "")
    assert (row.consent, row.company) == (Consent.OPTED_OUT, "鈴木商事")
    live.settle()
    posted = [one for one in live.sandbox.act_as(SATO).dm() if not one.ephemeral]
    assert posted
    assert "鈴木 一郎" not in str(posted)
    said = ask(page).text.replace("<wbr>", "")
    assert "削除しました" in said
    assert "鈴木" not in said
    assert "seal" not in said


def test_after_deletion_the_page_takes_nothing_any_more(live: Live, page: str) -> None:
    seal = ask(page).seal
    fill_in(page, wish="erase", sure="yes")
    assert send(page, {"seal": seal, "wish": "agree"}).status == 303
    assert the_row(live).consent is Consent.OPTED_OUT


def test_the_contact_of_a_customer_is_deleted_by_the_rep_who_hears_of_it(live: Live) -> None:
    sato = live.sandbox.act_as(SATO)
    won(sato)
    page = page_of(live, the_row(live).id, Purpose.OPT_OUT)

    assert fill_in(page, wish="erase", sure="yes").status == 303

    row = the_row(live)
    assert (row.person, row.consent, row.stage) == ("鈴木", Consent.OPTED_OUT, Stage.WON)
    assert "削除のご依頼" in _told(live)
    assert "1か月以内" in ask(page).text
    assert FollowUpKind.ERASURE in owed(live, row.id)
    told = next(one for one in sato.dm() if ids.ERASE_REFERRED in str(one.blocks))
    form = opened(sato.click(told, ids.ERASE_REFERRED))
    assert sato.submit(form).ok
    assert the_row(live).person == ""
    assert FollowUpKind.ERASURE not in owed(live, row.id)
    assert "鈴木" not in ask(page).text


def test_somebody_who_objected_is_not_contacted_when_they_are_named_anew(
    live: Live, page: str
) -> None:
    fill_in(page, wish="decline")
    fill_in(page, wish="stop")
    sato = live.sandbox.act_as(SATO)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    menu = sato.click(card, ids.REFERRAL_MENU, value=f"delete:{the_row(live).id}")
    assert sato.submit(opened(menu)).ok
    while view := sato.view():
        sato.close(view)
    received(sato, LINE)

    _, anew = rows(live)
    assert anew.consent is Consent.OPTED_OUT
    assert FollowUpKind.CONSENT_REQUEST not in owed(live, anew.id)


def test_a_renewed_link_leaves_the_old_one_to_nobody(live: Live, page: str) -> None:
    sato = live.sandbox.act_as(SATO)
    card = opened(sato.click(fresh_card(sato), ids.OPEN_REFERRAL))
    pages = opened(sato.click(card, ids.REFERRED_PAGES))
    assert page in str(pages.blocks)
    renewed = opened(sato.click(pages, ids.RENEW_OWN_DATA))

    assert page not in str(renewed.blocks)
    assert ask(page).status == 404


def test_the_texts_to_send_name_the_page(live: Live, page: str) -> None:
    asks_for_consent = _draft(live, FollowUpKind.CONSENT_REQUEST)
    fill_in(page, wish="agree")
    first_contact = _draft(live, FollowUpKind.FIRST_CONTACT)

    for shown in (asks_for_consent, first_contact):
        assert isinstance(shown, OpenView)
        assert page in str(shown.view.to_dict())
