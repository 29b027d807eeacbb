"""The screens of a mail stay within Slack's limits, and show what goes out whole or not at all."""

import pytest

from bot.mail.letter import is_address
from bot.sandbox.refuse import Surface, problems_in_message, problems_in_view
from bot.texts.voice import Voice
from bot.views import mails
from bot.views.mails import LONGEST_BODY, LONGEST_SUBJECT, Preview, Told, may_be_shown
from storage.states import DeliveryState

VOICES = [Voice("ja", "Asia/Tokyo"), Voice("en", "Europe/London")]
HOSTILE = ["山田製作所", "<!channel> & *_~`" * 700, "😀\u202e" * 5000, "=HYPERLINK(1)"]
ADDRESS = "yoshino@yamada.example"


@pytest.mark.parametrize("voice", VOICES, ids=["ja", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
@pytest.mark.parametrize("has_summary", [True, False], ids=["with a page", "alone"])
def test_a_preview_is_taken_with_any_text(voice: Voice, text: str, has_summary: bool) -> None:
    shown = Preview(
        sender=ADDRESS,
        sender_name=text,
        to=ADDRESS,
        to_name=text,
        subject=text[:LONGEST_SUBJECT],
        body=text[:LONGEST_BODY],
        kept="{}",
        has_summary=has_summary,
    )
    body = mails.preview(voice, shown).to_dict()

    assert list(problems_in_view(body, Surface.MODAL)) == []
    values = [one["element"].get("initial_value") for one in body["blocks"] if "element" in one]
    assert [one for one in values if one] == [shown.subject, shown.body]
    assert "<!channel>" not in body["blocks"][0]["text"]["text"]
    assert is_address(ADDRESS)


@pytest.mark.parametrize("voice", VOICES, ids=["ja", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
@pytest.mark.parametrize("state", list(DeliveryState))
def test_whatever_becomes_of_a_mail_can_be_said(
    voice: Voice, text: str, state: DeliveryState
) -> None:
    told = Told(1, 2, text, text, text, ADDRESS, state, text)

    for message in (mails.news(voice, told), mails.settled_not_arrived(voice, told)):
        payload = message.payload()
        assert list(problems_in_message(payload)) == []
        assert "<!channel>" not in str(payload)
    assert mails.status(voice, state, ADDRESS)


@pytest.mark.parametrize(
    ("subject", "body", "fits"),
    [
        ("あ" * LONGEST_SUBJECT, "あ" * LONGEST_BODY, True),
        ("あ" * (LONGEST_SUBJECT + 1), "", False),
        ("", "あ" * (LONGEST_BODY + 1), False),
    ],
    ids=["just so", "subject", "body"],
)
def test_what_a_form_would_cut_is_not_offered(subject: str, body: str, fits: bool) -> None:
    assert may_be_shown(subject, body) is fits
