"""Follow-ups on every screen, within Slack's limits whatever names and texts go in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.playbook.announcements import Occasion
from bot.playbook.follow_ups import CANCELLABLE, FollowUp
from bot.playbook.terms import FollowUpKind, FollowUpState
from bot.sandbox.messages import words_in
from bot.sandbox.refuse import Surface, problems_in_message, problems_in_view
from bot.texts.voice import Voice
from bot.views import follow_up_forms, reminders, routine
from bot.views import follow_ups as views
from bot.views.answers import as_modal
from bot.views.blocks import Message
from bot.views.drafts import Draft
from bot.views.follow_ups import MOST_IN_MESSAGE, MOST_IN_MODAL, Item, Listed, Place, Target
from bot.views.reminders import DigestFacts
from bot.views.routine import Count, Friday, Monday, Thursday, Tuesday

NOW = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
JA, EN = Voice("ja", "Asia/Tokyo"), Voice("en", "Europe/London")
HOUR = timedelta(hours=1)
HOSTILE = ["山田製作所", "<!channel> & *_~`" * 700, "😀\u202e" * 5000, "=HYPERLINK(1)"]
OPEN = FollowUp(7, FollowUpKind.PROGRESS_UPDATE, "U_REP", NOW + 24 * HOUR)
DONE = replace(OPEN, state=FollowUpState.DONE, settled_at=NOW - HOUR, settled_by="U_REP")


def item_of(follow_up: FollowUp, text: str = "山田製作所", **more: Any) -> Item:
    facts: dict[str, Any] = {
        "customer": text,
        "contact": text,
        "company": text,
        "person": text,
        "since": NOW - 72 * HOUR,
        "score": 3,
        "reason": text,
        "who_would_fit": text,
        "first_contact_hours": 24,
        "contact_id": 3,
        "referral_id": 5,
    }
    return Item(follow_up=follow_up, **(facts | more))


def taken(message: Message) -> str:
    """What can be read in a message that Slack takes."""
    payload = message.payload()
    assert list(problems_in_message(payload)) == []
    assert "<!channel>" not in str([b for b in payload["blocks"] if b["type"] != "rich_text"])
    return "\n".join(words_in(payload["blocks"]))


@pytest.mark.parametrize("voice", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
@pytest.mark.parametrize("kind", FollowUpKind)
def test_each_kind_is_taken_in_every_state(voice: Voice, text: str, kind: FollowUpKind) -> None:
    for follow_up in (
        replace(OPEN, kind=kind),
        replace(OPEN, kind=kind, due_at=NOW - 48 * HOUR, owed_by=None),
        replace(OPEN, kind=kind, remind_at=NOW + HOUR, snoozed_by="U_REP"),
        replace(DONE, kind=kind),
        replace(DONE, kind=kind, settled_by=""),
        replace(DONE, kind=kind, state=FollowUpState.CANCELLED),
    ):
        shown = item_of(follow_up, text)
        taken(views.alone(voice, shown, NOW))
        taken(views.alone(voice, replace(shown, since=None, score=None, person=""), NOW))
        taken(reminders.escalation(voice, [shown], NOW))


@pytest.mark.parametrize("kind", FollowUpKind)
def test_the_menu_has_a_strike_only_where_the_rule_has_one(kind: FollowUpKind) -> None:
    blocks = views.item(JA, item_of(replace(OPEN, kind=kind)), NOW)
    can_strike = "取り消す" in words_in([block.to_dict() for block in blocks])
    assert can_strike is (kind in CANCELLABLE)


@pytest.mark.parametrize(
    ("follow_up", "ja", "en"),
    [
        pytest.param(
            replace(OPEN, kind=FollowUpKind.FIRST_CONTACT, due_at=NOW + 4 * HOUR),
            "期限：11月17日(火) 18:00（4時間後）",
            "By Tue, Nov 17, 9:00 AM (in 4 hours)",
            id="the clock counts hours",
        ),
        pytest.param(
            replace(OPEN, kind=FollowUpKind.FIRST_CONTACT, due_at=NOW - 2 * HOUR),
            ":red_circle: 期限を過ぎています：11月17日(火) 12:00（2時間前）",
            ":red_circle: Late since Tue, Nov 17, 3:00 AM (2 hours ago)",
            id="the clock is over",
        ),
        pytest.param(
            replace(OPEN, due_at=NOW - 5 * HOUR), "期限：今日", "Due today", id="promised for today"
        ),
        pytest.param(
            replace(OPEN, due_at=NOW + 24 * HOUR),
            "期限：11月18日(水)（あと1日）",
            "Due Wed, Nov 18 (in 1 day)",
            id="tomorrow",
        ),
        pytest.param(
            replace(OPEN, due_at=NOW - 48 * HOUR),
            ":red_circle: 期限：11月15日(日)（2日超過）",
            ":red_circle: Was due Sun, Nov 15 (2 days ago)",
            id="overdue by days",
        ),
    ],
)
def test_by_when_is_said_as_it_was_promised(follow_up: FollowUp, ja: str, en: str) -> None:
    assert ja in taken(views.alone(JA, item_of(follow_up), NOW))
    assert en in taken(views.alone(EN, item_of(follow_up), NOW))


@pytest.mark.parametrize(
    ("item", "said", "has_undo"),
    [
        pytest.param(
            item_of(DONE, undo_until=NOW), "<@U_REP>さんが11月17日(火) 13:00に完了", True, id="done"
        ),
        pytest.param(
            item_of(DONE, undo_until=NOW - HOUR), "に完了しました", False, id="done too long ago"
        ),
        pytest.param(
            item_of(replace(DONE, settled_by="")), "記録にあわせて", False, id="done by a rule"
        ),
        pytest.param(
            item_of(replace(OPEN, remind_at=NOW + HOUR, snoozed_by="U_REP")),
            "11月17日(火) 15:00まで後に回しました",
            True,
            id="put off",
        ),
        pytest.param(
            item_of(replace(DONE, state=FollowUpState.CANCELLED), handed_to="U_OTHER"),
            "<@U_OTHER>さんに引き継ぎました",
            False,
            id="handed over",
        ),
    ],
)
def test_what_is_settled_says_by_whom_and_when_and_leads_back(
    item: Item, said: str, has_undo: bool
) -> None:
    words = taken(views.alone(JA, item, NOW))
    assert said in words
    assert ("元に戻す" in words) is has_undo


@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
def test_the_longest_lists_are_taken(text: str) -> None:
    shown = [item_of(replace(OPEN, id=number), text) for number in range(MOST_IN_MODAL)]
    recent = [item_of(replace(DONE, id=99), text, undo_until=NOW)] * 3
    short = Listed(Place.TEAM, shown[:MOST_IN_MESSAGE], 200, recent, sees_team=True, is_short=True)
    taken(views.listing(JA, short, NOW, JA.markup("follow_ups.none")))
    view = as_modal(JA, views.listing(JA, replace(short, open=shown), NOW))
    assert list(problems_in_view(view.to_dict(), Surface.MODAL)) == []


@pytest.mark.parametrize("voice", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
def test_the_forms_are_taken_and_a_draft_is_whole(voice: Voice, text: str) -> None:
    shown = item_of(OPEN, text)
    body = "\n\n".join([text[:2500]] * 4)
    draft = follow_up_forms.draft_view(
        voice, shown, Draft(text[:300], body), Target(7), can_tick=True
    )
    for view in (
        draft,
        follow_up_forms.snooze_form(voice, shown, date(2026, 11, 18), "7:alone:message"),
        follow_up_forms.hand_over_form(voice, shown, "7:alone:message"),
    ):
        assert list(problems_in_view(view.to_dict(), Surface.MODAL)) == []
    boxes = [b for b in draft.to_dict()["blocks"] if b["type"] == "rich_text"][1:]
    texts = [box["elements"][0]["elements"][0]["text"] for box in boxes]
    assert "".join(texts).replace("\n", "") == body.replace("\n", "")


@pytest.mark.parametrize("voice", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("occasion", Occasion)
def test_a_reminder_is_taken_and_names_its_owner_only_to_others(
    voice: Voice, occasion: Occasion
) -> None:
    shown = [item_of(replace(OPEN, id=number)) for number in range(6)]
    assert "<@U_REP>" not in taken(reminders.reminder(voice, occasion, shown, NOW, "U_REP"))
    assert "<@U_REP>" in taken(reminders.reminder(voice, occasion, shown, NOW, "U_MANAGER"))


@pytest.mark.parametrize(
    ("items", "more", "failed", "text"),
    [
        pytest.param([OPEN, DONE], 3, {}, "今日のフォローが4件あります。", id="some"),
        pytest.param([DONE], 0, {}, "今日のフォローはすべて完了しました。", id="all done"),
        pytest.param([], 0, {"win": 2}, "お届けできなかったお知らせがあります。", id="only losses"),
    ],
)
def test_a_digest_says_how_much_is_left(
    items: list[FollowUp], more: int, failed: dict[str, int], text: str
) -> None:
    shown = [item_of(one) for one in items]
    facts = DigestFacts(date(2026, 11, 17), shown, "U_REP", more, failed)
    message = reminders.digest(JA, facts, NOW)
    taken(message)
    assert message.text == text


@pytest.mark.parametrize("voice", [JA, EN], ids=["ja", "en"])
@pytest.mark.parametrize("name", HOSTILE, ids=["plain", "markup", "emoji", "formula"])
def test_every_weekly_message_is_taken_and_calls_nobody(voice: Voice, name: str) -> None:
    count = Count({"": 2} | {f"{number}{name}"[:255]: number for number in range(40)})
    none = Count({})
    week = dict.fromkeys(routine.FIGURES, 3)
    friday = Friday(date(2026, 11, 16), date(2026, 11, 20), week, count, [date(2026, 11, 23)])
    for facts in (Monday(count, none), Tuesday(none, count), Thursday(count, count), friday):
        assert "<@" not in taken(routine.show(voice, facts))
