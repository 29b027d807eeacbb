"""The message about a referral that came in by a customer's page (P1 P5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import Message, actions, button, section
from bot.views.follow_ups import Item, item
from bot.views.referrals import CardFacts, card_blocks, named, summary, title

_MOST_OTHERS = 3


@dataclass(frozen=True)
class Arrival:
    """A referral, whether its company is a customer already, the open referrals to the same
    company, and what is owed because of it."""

    card: CardFacts
    is_customer: bool = False
    same_company: Sequence[CardFacts] = ()
    items: Sequence[Item] = ()


def arrival(voice: Voice, facts: Arrival, reader: str, now: datetime) -> Message:
    """What came in, what to decide about it, and what to do next."""
    contact = named(voice, facts.card.referrer)
    blocks: list[Block] = [
        section(voice.markup("arrival.new", contact=contact)),
        *card_blocks(voice, facts.card),
        *_known(voice, facts, reader),
    ]
    if not facts.card.is_deleted:
        for one in facts.items:
            blocks += item(voice, one, now, reader=reader)
    return Message(voice.plain("arrival.text", referral=title(voice, facts.card)), blocks)


def _known(voice: Voice, facts: Arrival, reader: str) -> Iterator[Block]:
    company = facts.card.referred.company
    if facts.is_customer and not facts.card.is_deleted:
        yield section(voice.markup("arrival.customer", company=company))
    for other in facts.same_company[:_MOST_OTHERS]:
        yield section(voice.markup("arrival.same_company", company=company))
        # What is somebody else's is named to its owner only.
        if other.owner_id == reader:
            yield section(summary(voice, other))
        join = button(
            voice.plain("arrival.join"),
            ids.REFERRAL_JOIN,
            f"{facts.card.referral_id}:{other.referral_id}",
        )
        yield actions(join)
