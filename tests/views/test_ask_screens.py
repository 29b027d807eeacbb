"""The screens around an ask stay within Slack's limits whatever names and texts go in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.playbook.asking import OVERRIDABLE
from bot.playbook.measures import Measure, compare
from bot.playbook.reasons import ReasonCode, reason
from bot.playbook.terms import AskAnswer, AskState, Direction, MomentKind, OfferKind
from bot.sandbox.refuse import Surface, problems_in_message, problems_in_view
from bot.texts.templates import mistakes
from bot.texts.voice import Voice
from bot.views import ask_list, asks, catalogue, contacts, moments, results
from bot.views.ask_choice import AskChoice, read_choice
from bot.views.asks import Draft, Hurdle, Letter, Sent
from bot.views.blocks import Message

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
VOICES = [Voice("ja", "Asia/Tokyo"), Voice("en", "Europe/London")]
HOSTILE = ["山田製作所", "<!channel> & *_~`" * 700, "😀\u202e" * 5000, "=HYPERLINK(1)"]
CHOICE = AskChoice(1, 2, 3, 4)
WHY = (
    reason(ReasonCode.SCORE_RESULT, kpi="k" * 5000, percent=Decimal(-48), days=3, points=28),
    reason(ReasonCode.SCORE_NPS, score=9, points=12),
)
"""The reasons with a text that somebody typed."""


def calls_nobody(body: Any) -> bool:
    """Whether no `mrkdwn` text holds a mention that somebody typed."""
    if isinstance(body, list):
        return all(calls_nobody(part) for part in body)
    if not isinstance(body, dict):
        return True
    if body.get("type") == "mrkdwn":
        return "<!channel>" not in body["text"]
    return all(calls_nobody(part) for part in body.values())


def checked(message: Message) -> str:
    """The blocks of a message that Slack takes."""
    payload = message.payload()
    assert list(problems_in_message(payload)) == []
    assert calls_nobody(payload["blocks"])
    return str(payload["blocks"])


def checked_view(view: View) -> str:
    body = view.to_dict()
    assert list(problems_in_view(body, Surface.MODAL)) == []
    assert calls_nobody(body)
    return str(body)


@pytest.mark.parametrize("voice", VOICES, ids=["ja", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
def test_every_screen_of_an_ask_is_taken_with_any_text(voice: Voice, text: str) -> None:
    draft = Draft(
        choice=CHOICE,
        customer=text,
        contact=text,
        email="a" * 240 + "@b.example",
        moment=MomentKind.THANKS,
        moment_at=NOW,
        offer=text,
        letter=Letter(text, text, text, has_gaps=True),
        why=WHY,
        overridden=tuple(reason(code) for code in OVERRIDABLE if code in _BARE),
    )
    hurdle = Hurdle(
        contact_id=1,
        customer=text,
        contact=text,
        reasons=tuple(reason(code) for code in _BARE),
        until=NOW,
        may_override=True,
        may_edit_catalogue=True,
    )
    checked(Message("–", asks.ready(voice, draft)))
    checked(Message("–", asks.ready(voice, replace(draft, email=None, letter=None))))
    checked(Message("–", asks.short_text(voice, draft)))
    checked(Message("–", asks.not_now(voice, hurdle)))
    checked(asks.put_off(voice, CHOICE, customer=text, contact=text))
    checked_view(asks.overridden_form(voice, draft, "{}"))
    checked_view(
        asks.override_form(voice, str(CHOICE), customer=text, contact=text, against=WHY, most=500)
    )
    row = ask_list.Row(1, text, text, 51, WHY, MomentKind.RESULT, text, text)
    rows = [row, replace(row, moment=None, against=(reason(ReasonCode.NO_OFFER),))] * 5
    checked(ask_list.ask_list(voice, rows, of_team=True, threshold=8))
    checked(ask_list.ask_list(voice, [], of_team=False, threshold=8))
    choices = ask_list.Choices([(n, text) for n in range(120)], [(1, text)], 3, None)
    checked_view(ask_list.choose_form(voice, str(CHOICE), choices))


@pytest.mark.parametrize("voice", VOICES, ids=["ja", "en"])
@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (AskState.SENT, None),
        (AskState.RESTED, None),
        (AskState.CANCELLED, None),
        *((AskState.ANSWERED, answer) for answer in AskAnswer),
    ],
)
def test_every_state_of_an_ask_has_its_words_and_a_way_on(
    voice: Voice, state: AskState, answer: AskAnswer | None
) -> None:
    ask = Sent(1, 2, 3, "山田製作所", "吉野", state, answer, NOW)
    assert "actions" in checked(asks.sent(voice, ask))


@pytest.mark.parametrize("voice", VOICES, ids=["ja", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
def test_every_screen_of_results_moments_contacts_and_the_catalogue_is_taken_with_any_text(
    voice: Voice, text: str
) -> None:
    before, after = Measure(Decimal("4.2"), "h"), Measure(Decimal(130), "min")
    change = compare(before, after, Direction.LOWER)
    logged = results.Logged(1, text, text, text, (before, after), change, period=text)
    checked(results.logged(voice, logged, []))
    checked(results.deleted(voice, customer=text, kpi=text))
    checked_view(
        results.form(voice, results.Prefill(None, text, text, text, text, None, text, text))
    )
    checked_view(moments.form(voice, moments.Prefill(date(2026, 11, 16), None, text, note=text)))
    checked(
        moments.logged(
            voice,
            moment_id=1,
            contact_id=1,
            customer=text,
            contact=text,
            kind=MomentKind.CONTRACT,
            source_link="https://harukaze.slack.com/archives/C1/p1",
            at_once=[],
        )
    )
    checked_view(
        contacts.form(
            voice, contacts.Known(1, text, text, "a@b.example", True, True, "ja", "unknown")
        )
    )
    offer = catalogue.OfferFacts(
        OfferKind.DONATION, text, text, None, date(2026, 1, 1), True, 1, True
    )
    template = catalogue.TemplateFacts("default", "ja", 3, text, text, text, 1)
    page = catalogue.CatalogueFacts(
        [offer] * 60, [template] * 14, {"ja": text, "en": ""}, NOW, may_edit=True
    )
    checked_view(catalogue.catalogue(voice, page))
    checked_view(catalogue.offer_form(voice, offer, language="ja"))
    checked_view(catalogue.template_form(voice, template))
    checked_view(catalogue.template_form(voice, replace(template, template_id=None)))
    checked_view(catalogue.ideal_customer_form(voice, {"ja": text, "en": text}))
    assert catalogue.say_mistakes(voice, mistakes("{kpii} {} {")).count("\n") == 2


@pytest.mark.parametrize(
    ("value", "choice"),
    [
        ("7", AskChoice(7)),
        ("1:2:3:4", CHOICE),
        ("1:0:3:0", AskChoice(1, None, 3)),
        ("", None),
        ("1:2", None),
        ("1:2:3:x", None),
        ("-1", None),
        ("9" * 30, None),
    ],
)
def test_a_buttons_value_is_read_or_refused(value: str, choice: AskChoice | None) -> None:
    assert read_choice(value) == choice
    assert choice is None or read_choice(str(choice)) == choice


_BARE = (
    ReasonCode.OPTED_OUT,
    ReasonCode.OPEN_COMPLAINT,
    ReasonCode.NO_NPS,
    ReasonCode.NO_RESULT,
    ReasonCode.NO_OFFER,
    ReasonCode.REWARD_PERMISSION_UNKNOWN,
)
"""Reasons that carry no value."""
