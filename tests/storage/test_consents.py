"""The words of a consent have versions, and no answer is ever lost; a benefit is given once."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from bot.playbook.benefits import ALPHABET, CODE_LENGTH
from bot.playbook.terms import Consent, ConsentTo, Purpose
from storage import benefits, consents, erasing, page_links, referrals, workspaces
from storage.engine import Store
from tests.storage.referral_books import HARUKAZE, NOW, SATO, TEAM, Books

BENEFIT = {
    "offer_id": None,
    "title": "初回診断を無料で",
    "note": "鈴木様にご案内",
    "valid_until": date(2026, 12, 31),
    "names_referrer": False,
}


@pytest.fixture
def books(store: Store) -> Iterator[Books]:
    with store.write() as conn:
        workspaces.create(conn, HARUKAZE, NOW)
        found = Books(conn, 0)
        found.yoshino = found.contact("山田製作所", "吉野 真理")
        yield found


def _said(books: Books, words: str, locale: str = "ja") -> consents.ConsentText:
    return consents.keep_text(books.conn, TEAM, ConsentTo.CONTACT, locale, words, NOW)


def test_the_same_words_are_the_same_version(books: Books) -> None:
    first = _said(books, "連絡に同意します。")
    assert _said(books, "連絡に同意します。") == first
    assert first.version == 1


def test_other_words_are_another_version_and_the_old_ones_stay(books: Books) -> None:
    first = _said(books, "連絡に同意します。")
    second = _said(books, "電話での連絡に同意します。")

    assert second.version == 2
    assert consents.text(books.conn, TEAM, first.id) == first


def test_words_that_come_back_are_a_new_version_because_time_has_passed(books: Books) -> None:
    versions = [_said(books, words).version for words in ("一", "二", "一")]
    assert versions == [1, 2, 3]


def test_each_language_counts_its_own_versions(books: Books) -> None:
    assert [_said(books, "はい").version, _said(books, "Yes", "en").version] == [1, 1]


def test_the_last_answer_counts_and_every_answer_stays(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    text = _said(books, "連絡に同意します。")
    for answer in (Consent.AGREED, Consent.OPTED_OUT):
        consents.record(
            books.conn,
            TEAM,
            referral_id,
            ConsentTo.CONTACT,
            answer,
            SATO,
            NOW,
            text_id=text.id,
            how="電話",
            given_on=date(2026, 11, 16),
        )

    latest = consents.latest(books.conn, TEAM, referral_id, ConsentTo.CONTACT)
    assert latest
    assert (latest.consent, latest.consent_text_id) == (Consent.OPTED_OUT, text.id)
    assert [one.consent for one in consents.history(books.conn, TEAM, referral_id)] == [
        Consent.AGREED,
        Consent.OPTED_OUT,
    ]


def test_being_named_is_another_question_than_being_contacted(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    consents.record(
        books.conn, TEAM, referral_id, ConsentTo.NAMING, Consent.AGREED, SATO, NOW, how="電話"
    )
    assert consents.latest(books.conn, TEAM, referral_id, ConsentTo.CONTACT) is None


def test_a_code_is_long_enough_and_has_no_letters_that_are_mistaken(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    benefits.give(books.conn, TEAM, referral_id, SATO, NOW, **BENEFIT)

    found = benefits.of_referral(books.conn, TEAM, referral_id)
    assert found
    assert len(found.code) == CODE_LENGTH
    assert set(found.code) <= set(ALPHABET)
    assert not set("01IO") & set(ALPHABET)


def test_a_referral_has_one_benefit_at_a_time(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    benefits.give(books.conn, TEAM, referral_id, SATO, NOW, **BENEFIT)
    with pytest.raises(IntegrityError), books.conn.begin_nested():
        benefits.give(books.conn, TEAM, referral_id, SATO, NOW, **BENEFIT)


def test_whoever_is_forgotten_leaves_their_answer_without_how_and_no_benefit(books: Books) -> None:
    referral_id = books.receive("鈴木商事", "鈴木 一郎")
    benefits.give(books.conn, TEAM, referral_id, SATO, NOW, **BENEFIT)
    for purpose in (Purpose.OPT_OUT, Purpose.BENEFIT):
        page_links.make(books.conn, TEAM, purpose, referral_id, NOW)
    consents.record(
        books.conn,
        TEAM,
        referral_id,
        ConsentTo.CONTACT,
        Consent.AGREED,
        SATO,
        NOW,
        how="鈴木様から電話",
    )
    referrals.change(books.conn, TEAM, referral_id, erasure_asked_at=NOW)

    row = books.row(referral_id)
    erasing.erase(books.conn, TEAM, erasing.of_referral(books.conn, TEAM, row), NOW)

    (kept,) = consents.history(books.conn, TEAM, referral_id)
    assert (kept.consent, kept.how) == (Consent.AGREED, "")
    assert benefits.of_referral(books.conn, TEAM, referral_id) is None
    gone = books.row(referral_id)
    assert (gone.person, gone.erased_at, gone.erasure_asked_at) == ("", NOW, None)
    assert page_links.current(books.conn, TEAM, Purpose.BENEFIT, referral_id) is None
    assert page_links.current(books.conn, TEAM, Purpose.OPT_OUT, referral_id) is not None
