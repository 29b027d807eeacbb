"""What a person owes, on a screen: one thing with its buttons, and a list of them (R2 R4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement

from bot.playbook.announcements import ON_THE_CLOCK
from bot.playbook.follow_ups import CANCELLABLE, FollowUp, is_overdue, is_snoozed
from bot.playbook.terms import FollowUpKind, FollowUpState, Snooze
from bot.texts.voice import Markup, Voice, mention
from bot.views import ids
from bot.views.ask_answers import answer_buttons
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    divider,
    header,
    option,
    section,
)
from bot.views.values import id_in

STRIKE_OFF = "strike_off"
"""The choice beside the snoozes of the menu "later"."""
MOST_IN_MESSAGE, MOST_IN_MODAL = 18, 40
"""Items of two blocks each that leave room for the rest of a list."""
MOST_RECENT = 3
_NAME, _NOTE = 150, 300
"""Of a long name or reason this much is shown; the records hold all of it."""


class Place(StrEnum):
    """The screen that a button stands on, so that its answer draws that screen anew."""

    ALONE = "alone"
    MINE = "mine"
    TEAM = "team"


@dataclass(frozen=True)
class Target:
    """What a button is about."""

    follow_up_id: int
    place: Place = Place.ALONE

    def __str__(self) -> str:
        return f"{self.follow_up_id}:{self.place}"

    @classmethod
    def read(cls, value: str) -> "Target | None":
        """None for a value that no button of ours carries."""
        number, _, place = value.partition(":")
        follow_up_id = id_in(number)
        if follow_up_id is None or (place or Place.ALONE) not in set(Place):
            return None
        return cls(follow_up_id, Place(place or Place.ALONE))


@dataclass(frozen=True)
class Item:
    """A follow-up with what its sentences speak of. Names are bare; texts are empty if unknown.

    `customer` and `contact` are whom it is owed to; `company` and `person` are the referred ones.
    `since` is what the waiting began with: the last report, score, ask or update.
    """

    follow_up: FollowUp
    customer: str
    contact: str = ""
    company: str = ""
    person: str = ""
    since: datetime | None = None
    score: int | None = None
    reason: str = ""
    who_would_fit: str = ""
    first_contact_hours: int = 0
    undo_until: datetime | None = None
    contact_id: int | None = None
    ask_id: int | None = None
    referral_id: int | None = None
    handed_to: str | None = None
    """Who owes it now, after it was handed over."""

    @property
    def id(self) -> int:
        return self.follow_up.id


@dataclass(frozen=True)
class Listed:
    """A list: what is open, the most urgent first, how many more, and what was settled lately."""

    place: Place
    open: Sequence[Item]
    more: int = 0
    recent: Sequence[Item] = ()
    sees_team: bool = False
    """Whether the reader may switch between their own list and the team's."""
    is_short: bool = False
    """Whether a modal would hold more of it."""


def item(
    voice: Voice,
    shown: Item,
    now: datetime,
    place: Place = Place.ALONE,
    *,
    reader: str | None = None,
    may_hand_over: bool = False,
) -> list[Block]:
    """One thing that is owed: what, to whom, by when and why, with its buttons.

    Done, put off or struck off it says by whom and when, with a way back while there is one. Its
    owner is named where several people's things stand, and to a `reader` who is not the owner.
    """
    target = Target(shown.id, place)
    follow_up = shown.follow_up
    if follow_up.state is not FollowUpState.OPEN or is_snoozed(follow_up, now):
        return _settled(voice, shown, target, now)
    may_hand_over = may_hand_over or place is Place.TEAM
    lines = [Markup(f"*{what(voice, shown)}*"), about(voice, shown), why(voice, shown)]
    lines.append(_due(voice, follow_up, now))
    if may_hand_over or (reader and follow_up.owed_by != reader):
        lines.append(_owner(voice, follow_up.owed_by))
    buttons = actions(*_buttons(voice, shown, target, may_hand_over=may_hand_over))
    return [section(Markup("\n".join(line for line in lines if line))), buttons]


def what(voice: Voice, shown: Item) -> Markup:
    """What is to be done, as a short sentence."""
    return voice.markup(f"follow_ups.what_{shown.follow_up.kind}", **_names(voice, shown))


def what_plain(voice: Voice, shown: Item) -> str:
    """The same, for a notification."""
    return voice.plain(f"follow_ups.what_{shown.follow_up.kind}", **_names(voice, shown))


def about(voice: Voice, shown: Item) -> Markup:
    """Whom it is about: the referral, or the customer's own person."""
    whom = "referral" if shown.company else "contact" if shown.contact else "customer"
    return voice.markup(f"follow_ups.about_{whom}", **_names(voice, shown))


def why(voice: Voice, shown: Item) -> Markup:
    """Why it is owed, from the records."""
    key = f"follow_ups.why_{shown.follow_up.kind}"
    if shown.since is None and voice.has(f"{key}_never"):
        key += "_never"
    return voice.markup(
        key,
        since=voice.day_of(shown.since) if shown.since else "",
        score="–" if shown.score is None else shown.score,
        reason=clip(shown.reason, _NOTE),
        who_would_fit=clip(shown.who_would_fit, _NOTE),
        hours=shown.first_contact_hours,
    )


def listing(voice: Voice, listed: Listed, now: datetime, note: Markup | None = None) -> Message:
    """Everything that is owed, as a message for one person or as the content of a modal."""
    title = voice.plain(f"follow_ups.title_{listed.place}")
    blocks: list[Block] = [header(title)]
    if note:
        blocks.append(section(note))
    if not listed.open:
        blocks.append(section(voice.markup("follow_ups.none")))
    for shown in listed.open:
        blocks += item(voice, shown, now, listed.place)
    if listed.more:
        blocks.append(context(voice.markup("follow_ups.more", n=listed.more)))
    ways = [show_all(voice, listed.place)] if listed.more and listed.is_short else []
    if listed.sees_team:
        other = Place.MINE if listed.place is Place.TEAM else Place.TEAM
        label = voice.plain(f"follow_ups.show_{other}")
        ways.append(button(label, ids.SWITCH_FOLLOW_UPS, other))
    if ways:
        blocks.append(actions(*ways))
    if listed.recent:
        blocks += [divider(), section(voice.markup("follow_ups.recent"))]
        for shown in listed.recent[:MOST_RECENT]:
            blocks += item(voice, shown, now, listed.place)
    return Message(title, blocks)


def alone(voice: Voice, shown: Item, now: datetime, note: Markup | None = None) -> Message:
    """One thing that is owed, as a message of its own."""
    said: list[Block] = [section(note)] if note else []
    return Message(what_plain(voice, shown), [*said, *item(voice, shown, now)])


def show_all(voice: Voice, place: Place = Place.MINE) -> ButtonElement:
    """Open the whole list."""
    return button(voice.plain("follow_ups.show_all"), ids.SHOW_FOLLOW_UPS, place)


def _buttons(
    voice: Voice, shown: Item, target: Target, *, may_hand_over: bool
) -> Iterator[ButtonElement | OverflowMenuElement]:
    value = str(target)
    yield button(voice.plain("follow_ups.done"), ids.FOLLOW_UP_DONE, value, style="primary")
    yield button(voice.plain("follow_ups.show_draft"), ids.FOLLOW_UP_DRAFT, value)
    if shown.follow_up.kind is FollowUpKind.NPS_REFRESH and shown.contact_id:
        yield button(voice.plain("follow_ups.log_nps"), ids.LOG_NPS, shown.contact_id)
    if shown.follow_up.kind is FollowUpKind.ASK_ANSWER and shown.contact_id and shown.ask_id:
        yield from answer_buttons(
            voice, contact_id=shown.contact_id, ask_id=shown.ask_id, leads=False
        )
    if may_hand_over:
        yield button(voice.plain("follow_ups.hand_over"), ids.FOLLOW_UP_HAND_OVER, value)
    yield _later(voice, shown.follow_up.kind, target)


def _settled(voice: Voice, shown: Item, target: Target, now: datetime) -> list[Block]:
    said = Markup(f"{what(voice, shown)}\n{_ending(voice, shown)}")
    blocks: list[Block] = [section(said)]
    is_waiting = shown.follow_up.state is FollowUpState.OPEN
    if is_waiting or (shown.undo_until and now <= shown.undo_until):
        undo = button(voice.plain("follow_ups.undo"), ids.FOLLOW_UP_UNDO, str(target))
        blocks.append(actions(undo))
    return blocks


def _ending(voice: Voice, shown: Item) -> Markup:
    """Who did it and when; a rule did it when nobody is named."""
    follow_up = shown.follow_up
    if follow_up.state is FollowUpState.OPEN:
        until = voice.moment(follow_up.remind_at or follow_up.due_at)
        by = mention(follow_up.snoozed_by or "")
        return voice.markup("follow_ups.was_snoozed", by=by, until=until)
    if shown.handed_to:
        return voice.markup("follow_ups.was_handed_over", who=mention(shown.handed_to))
    at = voice.moment(follow_up.settled_at or follow_up.due_at)
    key = f"follow_ups.was_{follow_up.state}"
    if not follow_up.settled_by:
        return voice.markup(f"{key}_by_rule", at=at)
    return voice.markup(key, by=mention(follow_up.settled_by), at=at)


def _due(voice: Voice, follow_up: FollowUp, now: datetime) -> Markup:
    """The 24-hour clock counts hours; everything else is promised for a day."""
    due_at = follow_up.due_at
    if follow_up.kind in ON_THE_CLOCK:
        key = "follow_ups.late" if is_overdue(follow_up, now) else "follow_ups.by"
        return voice.markup(key, due=voice.moment(due_at), ago=voice.ago(due_at, now))
    days = (voice.local(due_at).date() - voice.local(now).date()).days
    if days == 0:
        return voice.markup("follow_ups.due_today")
    key = "follow_ups.overdue" if days < 0 else "follow_ups.due"
    return voice.markup(key, due=voice.day_of(due_at), n=abs(days))


def _owner(voice: Voice, owed_by: str | None) -> Markup:
    if owed_by is None:
        return voice.markup("follow_ups.owed_by_nobody")
    return voice.markup("follow_ups.owed_by", who=mention(owed_by))


def _later(voice: Voice, kind: FollowUpKind, target: Target) -> OverflowMenuElement:
    choices = [choice.value for choice in Snooze]
    if kind in CANCELLABLE:
        choices.append(STRIKE_OFF)
    return OverflowMenuElement(
        action_id=ids.FOLLOW_UP_LATER,
        options=[
            option(voice.plain(f"follow_ups.later_{choice}"), f"{choice}:{target}")
            for choice in choices
        ],
    )


def _names(voice: Voice, shown: Item) -> dict[str, str]:
    to = "person" if shown.person else "company"
    return {
        "customer": clip(shown.customer, _NAME),
        "contact": clip(shown.contact, _NAME),
        "to": voice.plain(
            f"follow_ups.to_{to}",
            company=clip(shown.company, _NAME),
            person=clip(shown.person, _NAME),
        ),
    }
