"""Texts to customers: complete, in their language, and about nothing that is not on record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.playbook.terms import Consent, FollowUpKind, Stage
from bot.texts.voice import Voice
from bot.views.drafts import DraftFacts, draft

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
JA, EN = Voice("ja", "Asia/Tokyo"), Voice("en", "Europe/London")
BARE = DraftFacts(
    sender="佐藤 美咲", sender_company="ハルカゼ", company="山田製作所", contact="吉野"
)
KNOWN = replace(
    BARE,
    referred_company="鈴木商事",
    referred_person="鈴木",
    need="見積を早くしたい",
    consent=Consent.AGREED,
    contact_by=MONDAY + timedelta(days=1),
)


@pytest.mark.parametrize("voice", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("kind", list(FollowUpKind))
@pytest.mark.parametrize("facts", [BARE, KNOWN], ids=["little known", "much known"])
def test_every_follow_up_has_a_text_that_may_be_sent_as_it_stands(
    kind: FollowUpKind, voice: Voice, facts: DraftFacts
) -> None:
    written = draft(voice, kind, facts)

    assert "\n" not in written.subject
    assert written.subject
    assert "佐藤 美咲" in written.body
    assert "{" not in written.subject + written.body
    assert "\n\n\n" not in written.body


def test_the_first_contact_goes_to_the_referred_person_and_names_the_referrer() -> None:
    written = draft(JA, FollowUpKind.FIRST_CONTACT, KNOWN)

    assert written.body.startswith("鈴木商事\n鈴木様")
    assert "山田製作所の吉野様よりご紹介" in written.body
    assert "見積を早くしたい" in written.body


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, "11月17日(火)までに、最初のご連絡", id="agreed"),
        pytest.param({"consent": Consent.UNKNOWN}, "ご了承をいただけましたら", id="not asked yet"),
        pytest.param({"consent": Consent.REFUSED}, "控えさせて", id="refused"),
        pytest.param({"contacted_at": MONDAY}, "11月16日(月)に、最初のご連絡", id="contacted"),
        pytest.param({"stage": Stage.WON}, "あらためてご報告", id="decided already"),
    ],
)
def test_the_first_thanks_names_the_next_step(changed: dict[str, object], said: str) -> None:
    written = draft(JA, FollowUpKind.THANKS_REFERRAL, replace(KNOWN, **changed))  # type: ignore[arg-type]

    assert said in written.body


def test_progress_tells_what_is_new_since_the_last_time_and_only_that() -> None:
    facts = replace(
        KNOWN,
        contacted_at=MONDAY,
        told_at=MONDAY + timedelta(hours=1),
        news="資料をお送りしました。",
        news_at=MONDAY + timedelta(days=2),
    )

    written = draft(JA, FollowUpKind.PROGRESS_UPDATE, facts)

    assert "資料をお送りしました。" in written.body
    assert "最初のご連絡を差し上げました" not in written.body


def test_nothing_new_is_also_news() -> None:
    written = draft(JA, FollowUpKind.PROGRESS_UPDATE, replace(KNOWN, told_at=MONDAY))

    assert "新しい動きはございません" in written.body


def test_outcomes_go_back_with_their_reasons() -> None:
    facts = replace(KNOWN, reason="海外拠点のみのため", who_would_fit="国内の製造業の方")

    assert "海外拠点のみのため" in draft(JA, FollowUpKind.LOSS_NEWS, facts).body
    assert "海外拠点のみのため" in draft(EN, FollowUpKind.THANKS_WIN, facts).body
    not_a_fit = draft(JA, FollowUpKind.NOT_A_FIT_NEWS, facts).body
    assert "海外拠点のみのため" in not_a_fit
    assert "国内の製造業の方" in not_a_fit


def test_after_the_meeting_the_referrer_is_asked_for_their_worries() -> None:
    written = draft(JA, FollowUpKind.THANKS_MEETING, replace(KNOWN, meeting_at=MONDAY))

    assert "11月16日(月)に鈴木商事の鈴木様" in written.body
    assert "気がかりな点" in written.body


def test_braces_in_a_name_are_only_characters() -> None:
    written = draft(EN, FollowUpKind.THANKS_WIN, replace(KNOWN, referred_company="{sender} {0}"))

    assert "{sender} {0}" in written.body
