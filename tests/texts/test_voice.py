"""Speaking in a person's language, zone and numbers, and never letting typed text act as markup."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.texts.catalogue import language_of
from bot.texts.voice import Markup, Voice, escape, mention

JA = Voice("ja", "Asia/Tokyo")
EN = Voice("en", "Europe/London")
NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("<!channel>", "&lt;!channel&gt;", id="a call to the channel"),
        pytest.param("<@U123>", "&lt;@U123&gt;", id="a mention"),
        pytest.param("<http://x|bank>", "&lt;http://x|bank&gt;", id="a disguised link"),
        pytest.param("R&D", "R&amp;D", id="an ampersand"),
        pytest.param("=HYPERLINK(1)", "=HYPERLINK(1)", id="a formula is only text in Slack"),
    ],
)
def test_what_was_typed_cannot_act_as_markup(typed: str, shown: str) -> None:
    assert escape(typed) == shown
    assert shown in JA.markup("answer.typed", typed=typed)


def test_a_mention_of_ours_stays_one() -> None:
    assert "<@U0SATO>" in EN.markup("reason.somebody_elses", owner=mention("U0SATO"))


def test_plain_text_is_left_as_typed_because_slack_shows_it_literally() -> None:
    assert "<!channel>" in EN.plain("answer.typed", typed="<!channel>")


def test_escaping_twice_changes_nothing_more() -> None:
    once = escape("A & B")
    assert escape(once) is once
    assert isinstance(once, Markup)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("-47.6"), "−47.6%"),
        (Decimal("-48"), "−48%"),
        (Decimal("9.4"), "+9.4%"),
        (Decimal(0), "±0%"),
        (Decimal("1234.5"), "+1,234.5%"),
    ],
    ids=str,
)
def test_a_change_is_shown_with_its_sign(value: Decimal, shown: str) -> None:
    assert JA.percent(value) == EN.percent(value) == shown


@pytest.mark.parametrize(
    ("minor", "currency", "ja", "en"),
    [
        (1_200_000, "JPY", "1,200,000円", "¥1,200,000"),
        (120_050, "USD", "$1,200.50", "$1,200.50"),
        (99, "EUR", "€0.99", "€0.99"),
    ],
)
def test_money_is_minor_units_in_the_readers_way(
    minor: int, currency: str, ja: str, en: str
) -> None:
    assert JA.money(minor, currency) == ja
    assert EN.money(minor, currency) == en


def test_days_and_times_are_the_readers_own() -> None:
    midnight_in_tokyo = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    assert JA.moment(midnight_in_tokyo) == "11月25日(水) 0:30"
    assert EN.moment(midnight_in_tokyo) == "Tue, Nov 24, 3:30\u202fPM".replace("\u202f", " ")
    assert JA.day(date(2026, 11, 24)) == "11月24日(火)"
    assert EN.day_of(NOON) == "Tue, Nov 24"


def test_how_long_ago_is_said_without_a_space_in_japanese() -> None:
    assert JA.ago(NOON - timedelta(days=3), NOON) == "3日前"
    assert EN.ago(NOON + timedelta(hours=20), NOON) == "in 20 hours"


def test_counts_take_their_plural() -> None:
    assert EN.plain("ago.days", n=1) == "1 day ago"
    assert EN.plain("ago.days", n=2) == "2 days ago"
    assert JA.plain("ago.days", n=2) == "2日前"


def test_an_unknown_text_is_an_error_and_not_a_key_on_somebodys_screen() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.text"):
        EN.plain("no.such.text")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("ja-JP", "ja"), ("en-GB", "en"), ("en_US", "en"), ("fr-FR", None), ("", None), (None, None)],
)
def test_a_slack_locale_names_a_catalogue_or_none(locale: str | None, language: str | None) -> None:
    assert language_of(locale) == language
