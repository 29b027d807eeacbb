"""A win in the team's channel: public, warm, and naming of customers only company and contact."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from bot.texts.voice import Markup, Voice, mention
from bot.views.blocks import Message, clip, context, section
from bot.views.referrals import Name, named

_REASON = 600


@dataclass(frozen=True)
class Win:
    """What everybody may read about a won referral."""

    company: str
    referrer: Name
    owner_id: str
    reason: str
    amount_minor: int | None
    currency: str | None


def won(voice: Voice, win: Win) -> Message:
    """The good news, and whom to thank for it."""
    values = {"company": win.company, "referrer": named(voice, win.referrer)}
    said = voice.markup("win.won", **values, owner=mention(win.owner_id))
    details: list[Markup] = []
    if win.amount_minor is not None and win.currency:
        money = voice.money(win.amount_minor, win.currency)
        details.append(voice.markup("win.amount", amount=money))
    if win.reason:
        reason = clip(" ".join(win.reason.split()), _REASON)
        details.append(voice.markup("win.reason", reason=reason))
    blocks: list[Block] = [section(said), *([context(*details)] if details else [])]
    return Message(voice.plain("win.text", **values), blocks)


def withdrawn(voice: Voice, company: str) -> Message:
    """It was not won after all."""
    said = voice.markup("win.withdrawn", company=company)
    return Message(voice.plain("win.withdrawn", company=company), [section(said)])
