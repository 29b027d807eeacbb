"""A contact's referral page in Slack: its address, what to send with it, and its end (P1)."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import actions, button, context, destroying, modal, section
from bot.views.copyable import copyable


@dataclass(frozen=True)
class PageFacts:
    """Whose page it is; `address` is empty while it is closed. `invitation` is a text to send with
    the address, in the customer's language, `code` where its QR code is, and `done` the key of a
    sentence on what has just been done."""

    contact_id: int
    customer: str
    contact: str
    address: str = ""
    code: str = ""
    invitation: str = ""
    done: str = ""


def desk(voice: Voice, facts: PageFacts) -> View:
    """The page of one contact, with everything that can be done with it."""
    names = {"customer": facts.customer, "contact": facts.contact}
    blocks: list[Block] = []
    if facts.done:
        blocks.append(section(voice.markup(facts.done)))
    blocks.append(section(voice.markup("referral_link.who", **names)))
    blocks += _open(voice, facts) if facts.address else _closed(voice, facts)
    return modal(
        ids.REFERRAL_PAGE,
        voice.plain("referral_link.title"),
        blocks,
        close=voice.plain("answer.close"),
        private_metadata=str(facts.contact_id),
    )


def _open(voice: Voice, facts: PageFacts) -> Iterator[Block]:
    yield copyable(
        [
            (voice.plain("referral_link.address"), facts.address),
            (voice.plain("referral_link.to_send"), facts.invitation),
        ]
    )
    yield actions(
        button(
            voice.plain("referral_link.open"), ids.OPEN_PAGE, url=facts.address, style="primary"
        ),
        button(voice.plain("referral_link.code"), ids.OPEN_PAGE_CODE, url=facts.code),
    )
    yield context(voice.markup("referral_link.hint"))
    keep = voice.plain("form.keep")
    yield actions(
        *(
            destroying(
                voice.plain(f"referral_link.{verb}"),
                action_id,
                facts.contact_id,
                title=voice.plain(f"referral_link.{verb}_title"),
                text=voice.plain(f"referral_link.{verb}_text"),
                keep=keep,
            )
            for verb, action_id in (("renew", ids.RENEW_PAGE), ("revoke", ids.REVOKE_PAGE))
        )
    )


def _closed(voice: Voice, facts: PageFacts) -> Iterator[Block]:
    yield section(voice.markup("referral_link.is_closed"))
    yield actions(
        button(voice.plain("referral_link.make"), ids.RENEW_PAGE, facts.contact_id, style="primary")
    )
