"""The screens of customers' own words, with the longest and the worst that anybody typed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.playbook.terms import Credit, VoiceKind, VoiceUse
from bot.playbook.voices import PUBLIC, VoiceChange
from bot.sandbox.refuse import Surface, problems_in_blocks, problems_in_view
from bot.texts.voice import Voice
from bot.views.as_json import as_json
from bot.views.voices import (
    LISTED,
    Desk,
    DeskFacts,
    Listed,
    News,
    Said,
    desk,
    invitation,
    listing,
    signed,
    told,
)

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
VOICES = [Voice("ja", "Asia/Tokyo"), Voice("en", "Europe/London")]
LONG = "<&名>" * 2_500
SAID = Said(
    voice_id=1,
    contact_id=2,
    customer=LONG,
    contact=LONG,
    job_title=LONG,
    kind=VoiceKind.WHY,
    words=LONG,
    hesitation=LONG,
    credit=Credit.PERSON,
    uses=frozenset(VoiceUse),
    language="ja",
    at=MONDAY,
)
BOTH = pytest.mark.parametrize("voice", VOICES, ids=["ja", "en"])


@BOTH
@pytest.mark.parametrize("kind", VoiceKind)
@pytest.mark.parametrize("change", VoiceChange)
def test_news_fits_slack_whatever_was_typed(
    voice: Voice, kind: VoiceKind, change: VoiceChange
) -> None:
    message = told(voice, News(replace(SAID, kind=kind), change, PUBLIC, PUBLIC))
    blocks = [as_json(block) for block in message.blocks]
    assert list(problems_in_blocks(blocks, Surface.MESSAGE)) == []


@BOTH
def test_what_can_be_sent_fits_a_view(voice: Voice) -> None:
    names = {"company": LONG, "contact": LONG, "sender": LONG, "sender_company": LONG}
    letter = invitation(voice, VoiceKind.WHY, address="https://goen.example/w/1", **names)
    facts = DeskFacts(
        contact_id=2,
        customer=LONG,
        contact=LONG,
        email="a@b.example",
        desks=[Desk(kind, SAID, None, letter) for kind in VoiceKind],
        has_pages=True,
    )
    assert list(problems_in_view(as_json(desk(voice, facts)), Surface.MODAL)) == []


@BOTH
@pytest.mark.parametrize("use", VoiceUse)
def test_a_full_list_fits_a_view(voice: Voice, use: VoiceUse) -> None:
    view = listing(voice, Listed([SAID] * LISTED, use, LONG, "1", has_more=True))
    assert list(problems_in_view(as_json(view), Surface.MODAL)) == []


@pytest.mark.parametrize(
    ("credit", "title", "language", "signature"),
    [
        (Credit.PERSON, "", "ja", "山田製作所 吉野さま"),
        (Credit.PERSON, "工場長", "ja", "山田製作所 工場長 吉野さま"),
        (Credit.PERSON, "COO", "en", "吉野, COO, 山田製作所"),
        (Credit.COMPANY, "工場長", "ja", "山田製作所"),
        (Credit.NOBODY, "工場長", "ja", "お客様"),
    ],
)
def test_words_are_signed_as_their_author_lets_us(
    credit: Credit, title: str, language: str, signature: str
) -> None:
    said = replace(
        SAID,
        customer="山田製作所",
        contact="吉野",
        job_title=title,
        credit=credit,
        language=language,
    )
    assert signed(said, "Asia/Tokyo") == signature
