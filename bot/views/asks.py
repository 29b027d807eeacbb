"""The screens of an ask: ready to be sent, refused with its reasons, sent, answered (A1-A7)."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
)
from slack_sdk.models.views import View

from bot.playbook.reasons import Reason, ReasonCode
from bot.playbook.terms import AskAnswer, AskState, MomentKind
from bot.texts.voice import Markup, Voice
from bot.views import ids, reasons
from bot.views.ask_answers import answer_buttons
from bot.views.ask_choice import AskChoice
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    destroying,
    fields,
    modal,
    section,
    text_field,
)
from bot.views.copyable import copyable
from bot.views.mails import may_be_shown

_LONGEST_LINK = 2000
"""Characters of an address; Windows hands programs about 2,080, and Slack takes 3,000."""
_PASSING = frozenset({ReasonCode.SCORE_TIME_PASSED})
"""True of everybody sooner or later, so no reason why now."""


@dataclass(frozen=True)
class Letter:
    """What the customer will read, in their language and with everything filled in."""

    subject: str
    body: str
    short: str
    has_gaps: bool = False
    """Something was missing; its place is in brackets for the rep to fill."""


@dataclass(frozen=True)
class Draft:
    """An ask that waits for nothing but a human click."""

    choice: AskChoice
    customer: str
    contact: str
    email: str | None
    moment: MomentKind
    moment_at: datetime
    offer: str | None
    letter: Letter | None
    why: tuple[Reason, ...]
    overridden: tuple[Reason, ...] = ()
    may_mail: bool = False
    """Whether Goen can send it, once it was reviewed."""


@dataclass(frozen=True)
class Hurdle:
    """Why an ask is not possible, and what this person can do about it."""

    contact_id: int
    customer: str
    contact: str
    reasons: tuple[Reason, ...]
    until: datetime | None = None
    may_override: bool = False
    may_edit_catalogue: bool = False


@dataclass(frozen=True)
class Sent:
    """An ask on record, as its message shows it."""

    ask_id: int
    contact_id: int
    result_id: int | None
    customer: str
    contact: str
    state: AskState
    answer: AskAnswer | None
    follow_up_at: datetime | None
    has_referral: bool = field(default=False)
    mail: Markup | None = None
    """How it stands with the mail, where Goen sends it."""
    may_cancel: bool = True
    """Whether it may not have been sent after all."""


def ready(voice: Voice, draft: Draft) -> list[Block]:
    """A ready ask: why now, the text to copy, and one click for each way on."""
    return [*_prepared(voice, draft), _ways_on(voice, draft)]


def overridden_form(voice: Voice, draft: Draft, kept: str) -> View:
    """A ready ask in which a manager set something aside; `kept` is that decision."""
    return modal(
        ids.SEND_OVERRIDDEN_ASK,
        voice.plain("ask.title"),
        _prepared(voice, draft),
        submit=voice.plain("ask.send"),
        close=voice.plain("form.cancel"),
        private_metadata=kept,
    )


def override_form(
    voice: Voice,
    choice: str,
    *,
    customer: str,
    contact: str,
    against: tuple[Reason, ...],
    most: int,
) -> View:
    """Why do you ask all the same?"""
    said = voice.markup("ask.not_now", customer=customer, contact=contact)
    reason = text_field(
        ids.OVERRIDE_REASON,
        voice.plain("ask.override_reason"),
        "",
        most,
        multiline=True,
        hint=voice.plain("ask.override_hint"),
    )
    return modal(
        ids.OVERRIDE_ASK_FORM,
        voice.plain("ask.title"),
        [section(Markup(f"{said}\n{reasons.say_all(voice, against)}")), reason],
        submit=voice.plain("ask.prepare"),
        close=voice.plain("form.cancel"),
        private_metadata=choice,
    )


def _prepared(voice: Voice, draft: Draft) -> list[Block]:
    blocks: list[Block] = [
        section(voice.markup("ask.ready", customer=draft.customer, contact=draft.contact)),
        section(_why(voice, draft.why)),
        fields(
            [
                voice.markup(
                    "ask.moment",
                    moment=voice.plain(f"moment.{draft.moment}"),
                    day=voice.day_of(draft.moment_at),
                ),
                voice.markup("ask.offer", offer=clip(draft.offer or voice.plain("ask.none"), 500)),
            ]
        ),
    ]
    if draft.overridden:
        said = reasons.say_all(voice, draft.overridden)
        blocks.append(context(Markup(f"{voice.markup('ask.overridden')}\n{said}")))
    return [*blocks, *_letter(voice, draft)]


def short_text(voice: Voice, draft: Draft) -> list[Block]:
    """The version for a chat."""
    if draft.letter is None:
        return [section(voice.markup("ask.no_template"))]
    return [
        section(voice.markup("ask.short_for", customer=draft.customer, contact=draft.contact)),
        copyable([("", draft.letter.short)]),
        context(voice.markup("ask.copy_hint")),
    ]


def not_now(voice: Voice, hurdle: Hurdle, *, heading: str | None = None) -> list[Block]:
    """Every reason against asking, from when it is possible, and the way to what is missing."""
    is_one_step = {one.code for one in hurdle.reasons} <= _ONE_STEP
    said = [
        voice.markup(
            heading or ("ask.one_step" if is_one_step else "ask.not_now"),
            customer=hurdle.customer,
            contact=hurdle.contact,
        ),
        reasons.say_all(voice, hurdle.reasons),
    ]
    if hurdle.until:
        said.append(voice.markup("ask.possible_from", day=voice.day_of(hurdle.until)))
    blocks: list[Block] = [section(Markup("\n".join(said)))]
    remedies = _remedies(voice, hurdle)
    if remedies:
        blocks.append(actions(*remedies))
    return blocks


def nobody_to_ask(voice: Voice, customer: str) -> list[Block]:
    """An account without a person: somebody's score is what comes first."""
    return [context(voice.markup("ask.nobody", customer=customer))]


def sent(voice: Voice, ask: Sent) -> Message:
    """An ask after its click: what was recorded, what comes next, and the answers to tick."""
    values = {"customer": ask.customer, "contact": ask.contact}
    key = f"ask.is_{ask.answer or ask.state}"
    said = voice.markup(key, **values)
    blocks: list[Block] = [section(said)]
    if ask.state is AskState.SENT and ask.follow_up_at:
        day = voice.day_of(ask.follow_up_at)
        blocks.append(context(voice.markup("ask.follow_up_at", day=day)))
    if ask.mail:
        blocks.append(context(ask.mail))
    blocks.append(actions(*_after(voice, ask)))
    return Message(voice.plain(key, **values), blocks)


def put_off(voice: Voice, choice: AskChoice, *, customer: str, contact: str) -> Message:
    """Not now: nothing is recorded against the contact, and the way back stays."""
    values = {"customer": customer, "contact": contact}
    return Message(
        voice.plain("ask.put_off", **values),
        [
            section(voice.markup("ask.put_off", **values)),
            actions(button(voice.plain("ask.prepare"), ids.PREPARE_ASK, str(choice))),
        ],
    )


def mail_link(email: str, letter: Letter, *, with_body: bool = True) -> str:
    """An address that opens the mail client with the text in it (RFC 6068), as mrkdwn wants it.

    Percent-encoding turns each Japanese letter into nine characters, so a long text may exceed
    what a Slack text holds: then it goes without the body, and that is pasted.
    """
    return _mailto(email, letter.subject, letter.body if with_body else "")


def _mailto(email: str, subject: str, body: str) -> str:
    address = f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}"
    lines = body.replace("\n", "\r\n")
    return f"{address}&amp;body={quote(lines, safe='')}" if body else address


def _why(voice: Voice, why: tuple[Reason, ...]) -> Markup:
    lasting = tuple(one for one in why if one.code not in _PASSING)
    return Markup(f"{voice.markup('ask.why_now')}\n{reasons.say_all(voice, lasting)}")


def _letter(voice: Voice, draft: Draft) -> list[Block]:
    letter = draft.letter
    if letter is None:
        return [section(voice.markup("ask.no_template"))]
    texts = [
        (voice.plain("ask.subject"), letter.subject),
        (voice.plain("ask.body"), letter.body),
    ]
    hints = [voice.markup("ask.gaps")] if letter.has_gaps else []
    blocks: list[Block] = [copyable(texts)]
    if draft.email is None:
        hints.append(voice.markup("ask.copy_hint_without_mail"))
        return [*blocks, context(*hints)]
    label = voice.markup("ask.open_mail", email=draft.email)
    ways = {
        "ask.copy_hint": letter.body,
        "ask.copy_hint_short": letter.short,
        "ask.copy_hint_body": "",
    }
    links = {hint: _mailto(draft.email, letter.subject, text) for hint, text in ways.items()}
    # The last is the shortest there can be.
    hint = next(
        (one for one, url in links.items() if len(url) <= _LONGEST_LINK), "ask.copy_hint_body"
    )
    blocks.append(section(Markup(f":envelope: <{links[hint]}|{label}>")))
    hints.append(voice.markup(hint))
    return [*blocks, context(*hints)]


def _ways_on(voice: Voice, draft: Draft) -> Block:
    value = str(draft.choice)
    ways = [
        button(
            voice.plain("ask.send"),
            ids.SEND_ASK,
            value,
            style=None if _is_mailed(draft) else "primary",
        )
    ]
    if _is_mailed(draft):
        review = button(voice.plain("mail.review"), ids.REVIEW_MAIL, value, style="primary")
        ways.insert(0, review)
    if draft.letter:
        ways.append(button(voice.plain("ask.short"), ids.SHORT_ASK, value))
    return actions(
        *ways,
        button(voice.plain("summary.make"), ids.MAKE_SUMMARY, draft.choice.contact_id),
        button(voice.plain("ask.choose"), ids.CHOOSE_ASK, value),
        button(voice.plain("ask.contact"), ids.EDIT_CONTACT, draft.choice.contact_id),
        button(voice.plain("ask.not_today"), ids.PUT_OFF_ASK, value),
    )


def _is_mailed(draft: Draft) -> bool:
    """Whether Goen can send it, and show it whole before."""
    letter = draft.letter
    return draft.may_mail and letter is not None and may_be_shown(letter.subject, letter.body)


_ONE_STEP = frozenset({ReasonCode.NO_RESULT, ReasonCode.RESULT_STALE})
"""All that is missing is a result to be proud of."""
_WAY_OUT = {
    ReasonCode.NO_NPS: ids.LOG_NPS,
    ReasonCode.NPS_STALE: ids.LOG_NPS,
    ReasonCode.BELOW_THRESHOLD: ids.LOG_NPS,
    ReasonCode.NO_RESULT: ids.LOG_RESULT,
    ReasonCode.RESULT_STALE: ids.LOG_RESULT,
    ReasonCode.RESULT_NOT_IMPROVED: ids.LOG_RESULT,
    ReasonCode.OPTED_OUT: ids.EDIT_CONTACT,
    ReasonCode.OPEN_COMPLAINT: ids.EDIT_CONTACT,
    ReasonCode.REWARD_PERMISSION_UNKNOWN: ids.EDIT_CONTACT,
}
"""The button that leads to what is missing."""


def _remedies(voice: Voice, hurdle: Hurdle) -> list[ButtonElement]:
    ways = dict.fromkeys(_WAY_OUT[one.code] for one in hurdle.reasons if one.code in _WAY_OUT)
    found = [button(voice.plain(f"ask.way_{way}"), way, hurdle.contact_id) for way in ways]
    if hurdle.may_edit_catalogue and {one.code for one in hurdle.reasons} & _ABOUT_OFFERS:
        found.append(button(voice.plain("ask.way_open_catalogue"), ids.OPEN_CATALOGUE))
    if hurdle.may_override:
        found.append(
            button(voice.plain("ask.way_override_ask"), ids.OVERRIDE_ASK, hurdle.contact_id)
        )
    return found


_ABOUT_OFFERS = frozenset(
    {
        ReasonCode.NO_OFFER,
        ReasonCode.OFFERS_EXPIRED,
        ReasonCode.OFFER_NOT_FOR_AUDIENCE,
        ReasonCode.REWARD_NOT_ALLOWED,
        ReasonCode.REWARD_PERMISSION_UNKNOWN,
    }
)


def _after(voice: Voice, ask: Sent) -> list[ButtonElement]:
    found: list[ButtonElement] = []
    if ask.state is not AskState.CANCELLED:
        found += answer_buttons(
            voice, contact_id=ask.contact_id, ask_id=ask.ask_id, known=ask.answer
        )
    if ask.state is AskState.SENT and ask.may_cancel:
        found.append(
            destroying(
                voice.plain("ask.cancel"),
                ids.CANCEL_ASK,
                ask.ask_id,
                title=voice.plain("ask.cancel_title"),
                text=voice.plain("ask.cancel_text"),
                keep=voice.plain("form.keep"),
            )
        )
    if ask.state is not AskState.SENT and not ask.has_referral:
        found.append(button(voice.plain("ask.undo"), ids.UNDO_ASK, ask.ask_id))
    if ask.result_id is not None:
        found.append(button(voice.plain("ask.result"), ids.CORRECT_RESULT, ask.result_id))
    return found
