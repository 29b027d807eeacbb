"""The programme's handbook in Slack: its link, a letter to send it with, its print (O3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.texts.catalogue import LANGUAGES
from bot.texts.voice import Markup, Voice
from bot.views import ids
from bot.views.asks import Letter, mail_link
from bot.views.blocks import (
    SECTION,
    Message,
    actions,
    button,
    context,
    destroying,
    divider,
    modal,
    section,
)
from bot.views.copyable import copyable


@dataclass(frozen=True)
class HandbookFacts:
    """Whom it is for, if for somebody, and where it is. `address` is empty while nobody can open
    it: there are no pages, or a manager closed it (`is_closed`)."""

    address: str = ""
    is_closed: bool = False
    may_edit: bool = False
    contact_id: int | None = None
    customer: str = ""
    contact: str = ""
    email: str | None = None
    letter: Letter | None = None
    done: str = ""
    """What has just been done, as a key of the catalogue."""


def desk(voice: Voice, facts: HandbookFacts) -> View:
    """Everything that can be done with the handbook."""
    blocks: list[Block] = []
    if facts.done:
        blocks += [section(voice.markup(facts.done)), divider()]
    blocks.append(section(voice.markup("handbook_desk.about")))
    blocks += _link(voice, facts)
    blocks += [divider(), section(voice.markup("handbook_desk.print"))]
    blocks.append(actions(*(_print(voice, one) for one in LANGUAGES)))
    if facts.may_edit:
        blocks += [divider(), context(voice.markup("handbook_desk.edit_hint"))]
        blocks.append(actions(*_edit(voice, facts)))
    return modal(
        ids.HANDBOOK_DESK,
        voice.plain("handbook_desk.title"),
        blocks,
        close=voice.plain("answer.close"),
        private_metadata=str(facts.contact_id or ""),
    )


def letter(
    voice: Voice, *, customer: str, contact: str, sender: str, sender_company: str, address: str
) -> Letter:
    """The mail that hands a contact the handbook, in their language."""
    ours = {"sender": sender, "sender_company": sender_company}
    greeting = voice.plain("draft.to_contact", company=customer, contact=contact, **ours)
    said = voice.plain("handbook_desk.letter")
    closing = voice.plain("draft.closing", **ours)
    return Letter(
        subject=voice.plain("handbook_desk.letter_subject"),
        body="\n\n".join((greeting, said, address, closing)),
        short=f"{said}\n{address}",
    )


def made(voice: Voice, language: str, replaced: str = "") -> Message:
    """The words beside the file. Slack takes sections and rich text there."""
    spoken = voice.plain(f"handbook_desk.in_{language}")
    said = [section(voice.markup("handbook_desk.made", language=spoken))]
    if replaced:
        said.append(section(voice.markup("handbook_desk.replaced", letters=replaced)))
    return Message(voice.plain("handbook_desk.made", language=spoken), said)


def _link(voice: Voice, facts: HandbookFacts) -> Iterator[Block]:
    if not facts.address:
        key = "handbook_desk.is_closed" if facts.is_closed else "handbook_desk.no_site"
        yield section(voice.markup(key))
        return
    texts = [(voice.plain("handbook_desk.address"), facts.address)]
    if facts.letter:
        to_send = voice.plain("handbook_desk.to_send", contact=facts.contact)
        texts.append((to_send, facts.letter.body))
    yield copyable(texts)
    if facts.letter and facts.email:
        yield section(_mail(voice, facts.email, facts.letter))
    yield actions(
        button(
            voice.plain("handbook_desk.open"),
            ids.OPEN_HANDBOOK,
            url=facts.address,
            style="primary",
        )
    )


def _mail(voice: Voice, email: str, letter: Letter) -> Markup:
    """A link that opens the mail client; without the body where Slack has no room for it."""
    label = voice.markup("handbook_desk.open_mail")
    whole, short = (
        Markup(f":envelope: <{mail_link(email, letter, with_body=with_body)}|{label}>")
        for with_body in (True, False)
    )
    return whole if len(whole) <= SECTION else short


def _print(voice: Voice, language: str) -> ButtonElement:
    label = voice.plain(
        "handbook_desk.print_in", language=voice.plain(f"handbook_desk.in_{language}")
    )
    return button(label, f"{ids.PRINT_HANDBOOK}{language}")


def _edit(voice: Voice, facts: HandbookFacts) -> Iterator[ButtonElement]:
    yield button(voice.plain("settings.open_catalogue"), ids.OPEN_CATALOGUE)
    if facts.is_closed:
        yield button(voice.plain("handbook_desk.make"), ids.RENEW_HANDBOOK)
    elif facts.address:
        for verb, action_id in (("renew", ids.RENEW_HANDBOOK), ("revoke", ids.REVOKE_HANDBOOK)):
            yield destroying(
                voice.plain(f"handbook_desk.do_{verb}"),
                action_id,
                "",
                title=voice.plain(f"handbook_desk.do_{verb}_title"),
                text=voice.plain(f"handbook_desk.do_{verb}_text"),
                keep=voice.plain("form.keep"),
            )
