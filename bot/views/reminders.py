"""Messages that time brings to one person: a reminder, an alarm to managers, the digest (F1 R2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import Block

from bot.playbook.announcements import Occasion
from bot.playbook.follow_ups import is_snoozed
from bot.playbook.terms import FollowUpState
from bot.texts.voice import Markup, Voice
from bot.views import ids
from bot.views.blocks import Message, actions, button, context, divider, header, section
from bot.views.follow_ups import Item, item, show_all, what_plain


@dataclass(frozen=True)
class DigestFacts:
    """What a person owes today. `failed` counts the messages that did not reach them, by kind."""

    day: date
    items: Sequence[Item]
    reader: str
    more: int = 0
    failed: Mapping[str, int] | None = None


def reminder(
    voice: Voice, occasion: Occasion, items: Sequence[Item], now: datetime, reader: str
) -> Message:
    """A message of its own about what belongs together, such as all that one referral owes now."""
    heading = voice.markup(f"reminder.{occasion}", n=len(items))
    blocks: list[Block] = [section(_heading(voice, heading, items, now))]
    for shown in items:
        blocks += _item(voice, shown, now, reader)
    referral_ids = {shown.referral_id for shown in items if shown.referral_id}
    for referral_id in sorted(referral_ids):
        label = voice.plain("reminder.open_referral")
        blocks.append(actions(button(label, ids.OPEN_REFERRAL, referral_id)))
    return Message(_text(voice, items), blocks)


def escalation(voice: Voice, items: Sequence[Item], now: datetime) -> Message:
    """The promise of the first contact is broken; a manager can hand it to somebody else."""
    heading = voice.markup("reminder.escalation")
    blocks: list[Block] = [section(_heading(voice, heading, items, now))]
    for shown in items:
        blocks += item(voice, shown, now, may_hand_over=True)
    names = voice.list(what_plain(voice, shown) for shown in items)
    return Message(voice.plain("reminder.escalation_text", what=names), blocks)


def digest(voice: Voice, facts: DigestFacts, now: datetime) -> Message:
    """The one message of the day, the most urgent first."""
    to_do = [shown for shown in facts.items if _is_to_do(shown, now)]
    count = len(to_do) + facts.more
    blocks: list[Block] = [header(voice.plain("digest.title", day=voice.day(facts.day)))]
    if not count and facts.items:
        blocks.append(section(voice.markup("digest.all_done")))
    for shown in facts.items:
        blocks += _item(voice, shown, now, facts.reader)
    if facts.failed:
        kinds = voice.list(
            voice.plain("digest.failed_kind", kind=kind_name(voice, kind), count=n)
            for kind, n in facts.failed.items()
        )
        blocks.append(context(voice.markup("digest.failed", kinds=kinds)))
    blocks.append(divider())
    if facts.more:
        blocks.append(context(voice.markup("follow_ups.more", n=facts.more)))
    blocks.append(actions(show_all(voice)))
    return Message(_digest_text(voice, facts, count), blocks)


def _heading(voice: Voice, heading: Markup, items: Sequence[Item], now: datetime) -> Markup:
    """What a message began with is no longer true once everything in it is dealt with."""
    if any(_is_to_do(shown, now) for shown in items):
        return heading
    return voice.markup("reminder.over")


def _item(voice: Voice, shown: Item, now: datetime, reader: str) -> list[Block]:
    """What nobody owes yet can be handed to somebody at once."""
    is_unowned = shown.follow_up.owed_by is None
    return item(voice, shown, now, reader=reader, may_hand_over=is_unowned)


def _digest_text(voice: Voice, facts: DigestFacts, count: int) -> str:
    if not facts.items:
        return voice.plain("digest.text_failed")
    return voice.plain("digest.text", n=count) if count else voice.plain("digest.text_done")


def _is_to_do(shown: Item, now: datetime) -> bool:
    is_open = shown.follow_up.state is FollowUpState.OPEN
    return is_open and not is_snoozed(shown.follow_up, now)


def kind_name(voice: Voice, kind: str) -> str:
    """What people call a message of this kind."""
    key = f"digest.kind_{kind}"
    return voice.plain(key if voice.has(key) else "digest.kind_other")


def _text(voice: Voice, items: Sequence[Item]) -> str:
    """What a notification says: the first thing, and how many more."""
    first = what_plain(voice, items[0])
    more = len(items) - 1
    return voice.plain("reminder.text_more", first=first, n=more) if more else first
