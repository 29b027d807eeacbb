"""Customers' own words in Slack: that they came, what may be done with them, how to ask (P3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.playbook.reasons import Reason
from bot.playbook.terms import Credit, VoiceKind, VoiceUse
from bot.playbook.voices import PUBLIC, VoiceChange
from bot.texts.voice import Markup, Voice
from bot.views import ids, reasons
from bot.views.asks import Letter, mail_link
from bot.views.blocks import (
    SECTION,
    Message,
    actions,
    button,
    clip,
    context,
    destroying,
    divider,
    modal,
    option,
    section,
)

LISTED: Final = 20
"""Voices in one list: four blocks each, of the hundred of a view."""
_QUOTED: Final = 3000


@dataclass(frozen=True)
class Said:
    """Somebody's words in their own language, and what they permit. `job_title` may be empty."""

    voice_id: int
    contact_id: int
    customer: str
    contact: str
    job_title: str
    kind: VoiceKind
    words: str
    hesitation: str
    credit: Credit
    uses: frozenset[VoiceUse]
    language: str
    at: datetime


@dataclass(frozen=True)
class News:
    """What has just changed. `lost` and `replaced` are the public uses that ended for good, and
    those that go on with other words."""

    said: Said
    change: VoiceChange
    lost: Sequence[VoiceUse] = ()
    replaced: Sequence[VoiceUse] = ()


def told(voice: Voice, news: News) -> Message:
    """A customer gave their words, changed them or took them back; for whoever looks after them."""
    said = news.said
    key = f"voices.told_{said.kind}_{news.change}"
    blocks: list[Block] = [
        section(voice.markup(key, customer=said.customer, contact=said.contact)),
        *_to_mend(voice, news),
    ]
    if said.words:
        blocks += [quoted(said.words), _permitted(voice, said), *_hesitation(voice, said)]
    thanks = button(voice.plain("voices.log_thanks"), ids.LOG_MOMENT, said.contact_id)
    opens = button(voice.plain("voices.open"), ids.OPEN_VOICE_PAGES, said.contact_id)
    blocks.append(actions(thanks, opens) if news.change is VoiceChange.GIVEN else actions(opens))
    return Message(voice.plain(key, customer=said.customer, contact=said.contact), blocks)


def superseded(voice: Voice) -> Message:
    """What was told here has changed since, and stands in a newer message."""
    return _one_line(voice, "voices.superseded")


def no_longer(voice: Voice) -> Message:
    """What was told here is off the record."""
    return _one_line(voice, "voices.no_longer")


def quoted(words: str) -> RichTextBlock:
    """Somebody's words as they are: nothing in them comes alive."""
    text = RichTextElementParts.Text(text=clip(words, _QUOTED) or "–")
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[text])])


@dataclass(frozen=True)
class Desk:
    """One question to one contact: the answer if there is one, and what to send to get it.

    `invitation` is None where it can't be sent: customers can't reach Goen, or it is not the time.
    """

    kind: VoiceKind
    said: Said | None = None
    withdrawn_at: datetime | None = None
    invitation: Letter | None = None


@dataclass(frozen=True)
class DeskFacts:
    """Everything about one contact's words. `against` is why they had better not be asked now."""

    contact_id: int
    customer: str
    contact: str
    email: str | None
    desks: Sequence[Desk]
    has_pages: bool
    against: tuple[Reason, ...] = ()
    done: str = ""
    """What has just been done, as a key of the catalogue."""


def desk(voice: Voice, facts: DeskFacts) -> View:
    """Ask a contact for their words, and see what they said."""
    blocks: list[Block] = []
    if facts.done:
        blocks.append(section(voice.markup(facts.done, contact=facts.contact)))
    blocks.append(section(voice.markup("voices.who", **_names(facts))))
    if not facts.has_pages:
        blocks.append(context(voice.markup("voices.pages_closed")))
    elif facts.against:
        said = voice.markup("voices.not_now")
        blocks.append(section(Markup(f"{said}\n{reasons.say_all(voice, facts.against)}")))
    for one in facts.desks:
        blocks += [divider(), *_desk(voice, facts, one)]
    blocks += [
        divider(),
        actions(button(voice.plain("voices.all"), ids.SHOW_VOICES, facts.contact_id)),
    ]
    return modal(
        ids.VOICE_PAGES,
        voice.plain("voices.title"),
        blocks,
        close=voice.plain("answer.close"),
        private_metadata=str(facts.contact_id),
    )


@dataclass(frozen=True)
class Listed:
    """Several voices: those of one customer, or of everybody the reader may see."""

    voices: Sequence[Said]
    use: VoiceUse
    customer: str = ""
    kept: str = ""
    """Whose they are, as the list is asked for again."""
    has_more: bool = False


def listing(voice: Voice, listed: Listed) -> View:
    """What customers said, with the text to publish where they allow it."""
    key = "voices.all_of_customer" if listed.customer else "voices.all_of_team"
    choices = [option(voice.plain(f"voices.filter_{use}"), use) for use in VoiceUse]
    chosen = next(one for one in choices if one.value == listed.use)
    select = StaticSelectElement(
        action_id=ids.FILTER_VOICES, options=choices, initial_option=chosen
    )
    blocks: list[Block] = [
        section(voice.markup(key, customer=listed.customer)),
        actions(select),
    ]
    if not listed.voices:
        blocks.append(context(voice.markup("voices.empty")))
    for one in listed.voices[:LISTED]:
        blocks += _entry(voice, one, listed.use)
    if listed.has_more:
        blocks.append(context(voice.markup("voices.more", most=LISTED)))
    return modal(
        ids.VOICE_LIST,
        voice.plain("voices.title"),
        blocks,
        close=voice.plain("answer.close"),
        private_metadata=listed.kept,
    )


def signed(said: Said, timezone: str) -> str:
    """How they let us sign their words, in the language of the words."""
    key = f"voices.signed_{said.credit}"
    if said.credit is Credit.PERSON and said.job_title:
        key = "voices.signed_person_titled"
    names = {"customer": said.customer, "contact": said.contact, "job_title": said.job_title}
    return Voice(said.language, timezone).plain(key, **names)


def invitation(
    voice: Voice,
    kind: VoiceKind,
    *,
    company: str,
    contact: str,
    sender: str,
    sender_company: str,
    address: str,
) -> Letter:
    """The mail that asks a contact for their words, in their language."""
    names = {"company": company, "contact": contact}
    ours = {"sender": sender, "sender_company": sender_company}
    wish = voice.plain(f"voices.ask_{kind}")
    promise = voice.plain(f"voices.ask_{kind}_promise")
    greeting = voice.plain("draft.to_contact", **names, **ours)
    closing = voice.plain("draft.closing", **ours)
    return Letter(
        subject=voice.plain(f"voices.ask_{kind}_subject"),
        body="\n\n".join((greeting, wish, address, promise, closing)),
        short=f"{wish}\n{address}",
    )


def _to_mend(voice: Voice, news: News) -> Iterator[Block]:
    """What has to be done where it is published already."""
    if news.lost:
        yield section(voice.markup("voices.take_down", uses=_named(voice, news.lost)))
    elif news.change is VoiceChange.NARROWED:
        credit = voice.plain(f"voices.credit_{news.said.credit}")
        yield section(voice.markup("voices.sign_otherwise", credit=credit))
    if news.replaced:
        yield section(voice.markup("voices.replace", uses=_named(voice, news.replaced)))


def _permitted(voice: Voice, said: Said) -> Block:
    uses = [use for use in VoiceUse if use in said.uses]
    lines = [voice.markup("voices.uses_line", uses=_named(voice, uses))]
    if said.uses & frozenset(PUBLIC):
        credit = voice.plain(f"voices.credit_{said.credit}")
        lines.append(voice.markup("voices.credit_line", credit=credit))
    return context(*lines)


def _named(voice: Voice, uses: Sequence[VoiceUse]) -> str:
    return voice.list([voice.plain(f"voices.use_{use}") for use in uses])


def _hesitation(voice: Voice, said: Said) -> Iterator[Block]:
    if said.hesitation:
        yield section(voice.markup("voices.hesitation"))
        yield quoted(said.hesitation)


def _desk(voice: Voice, facts: DeskFacts, one: Desk) -> Iterator[Block]:
    kind = voice.markup(f"voices.kind_{one.kind}")
    yield section(Markup(f"*{kind}*\n{_state(voice, one)}"))
    if one.said:
        yield quoted(one.said.words)
        yield _permitted(voice, one.said)
        yield from _hesitation(voice, one.said)
    if one.invitation:
        yield from _sending(voice, facts, one.invitation)
    buttons = [*_renewing(voice, facts, one), *_deleting(voice, facts, one)]
    if buttons:
        yield actions(*buttons)


def _state(voice: Voice, one: Desk) -> Markup:
    if one.said:
        return voice.markup("voices.received_line", day=voice.full_day_of(one.said.at))
    if one.withdrawn_at:
        return voice.markup("voices.withdrawn_on", day=voice.full_day_of(one.withdrawn_at))
    return voice.markup("voices.none")


def _sending(voice: Voice, facts: DeskFacts, letter: Letter) -> Iterator[Block]:
    yield context(voice.markup("voices.to_send"))
    yield _to_copy(letter.body)
    if facts.email:
        label = voice.markup("voices.open_mail")
        whole, short = (
            Markup(f":envelope: <{mail_link(facts.email, letter, with_body=with_body)}|{label}>")
            for with_body in (True, False)
        )
        yield section(whole if len(whole) <= SECTION else short)


def _renewing(voice: Voice, facts: DeskFacts, one: Desk) -> Iterator[ButtonElement]:
    if one.invitation:
        yield destroying(
            voice.plain("voices.renew"),
            ids.RENEW_VOICE_PAGE,
            f"{one.kind}:{facts.contact_id}",
            title=voice.plain("voices.renew_title"),
            text=voice.plain("voices.renew_text"),
            keep=voice.plain("form.keep"),
        )


def _deleting(voice: Voice, facts: DeskFacts, one: Desk) -> Iterator[ButtonElement]:
    if one.said:
        yield destroying(
            voice.plain("voices.delete"),
            ids.DELETE_VOICE,
            one.said.voice_id,
            title=voice.plain("voices.delete_title"),
            text=voice.plain("voices.delete_text", contact=clip(facts.contact, 60)),
            keep=voice.plain("form.keep"),
        )


def _entry(voice: Voice, said: Said, use: VoiceUse) -> Iterator[Block]:
    yield section(
        voice.markup(
            "voices.entry",
            customer=said.customer,
            contact=said.contact,
            kind=voice.plain(f"voices.kind_{said.kind}"),
            day=voice.full_day_of(said.at),
        ),
        accessory=button(voice.plain("voices.open"), ids.OPEN_VOICE_PAGES, said.contact_id),
    )
    if use in PUBLIC:
        yield _to_copy(f"{said.words}\n— {signed(said, voice.timezone)}")
    else:
        yield quoted(said.words)
    yield _permitted(voice, said)


def _to_copy(text: str) -> RichTextBlock:
    part = RichTextElementParts.Text(text=clip(text, _QUOTED))
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[part])])


def _names(facts: DeskFacts) -> dict[str, str]:
    return {"customer": facts.customer, "contact": facts.contact}


def _one_line(voice: Voice, key: str) -> Message:
    return Message(voice.plain(key), [context(voice.markup(key))])
