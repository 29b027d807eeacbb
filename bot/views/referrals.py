"""The card of a referral: everything about it on one look, and every step that is allowed now.

The same card stands in answers, in reminders and in forms; where it stands in a posted message it
is composed anew with each change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    InteractiveElement,
    OverflowMenuElement,
)

from bot.playbook.referral_facts import OPEN_STAGES, OUTCOMES
from bot.playbook.rights import READER
from bot.playbook.terms import Consent, FollowUpKind, Stage
from bot.texts.voice import Markup, Voice, link, mention
from bot.views import ids
from bot.views.blocks import (
    Message,
    actions,
    button,
    clip,
    context,
    divider,
    fields,
    option,
    section,
)

LISTED = 15
"""How many referrals a list shows at most."""
_NAME = 80
_LINE = 300
"""Of a long note this much is on the card; its form holds all of it."""

_MOVES = {
    Stage.CONTACTED: ids.REFERRAL_CONTACTED,
    Stage.MEETING: ids.REFERRAL_MEETING,
    Stage.WON: ids.REFERRAL_WON,
    Stage.LOST: ids.REFERRAL_LOST,
    Stage.NOT_A_FIT: ids.REFERRAL_NOT_A_FIT,
}
_NEEDS_CONSENT = frozenset({Stage.CONTACTED, Stage.MEETING, Stage.WON})
_NATURAL = {
    Stage.RECEIVED: Stage.CONTACTED,
    Stage.CONTACTED: Stage.MEETING,
    Stage.MEETING: Stage.WON,
}
"""The step that comes next if all goes well: its button stands out."""

BACK, CANCEL, DELETE, ERASE = "back", "cancel", "delete", "erase"
"""The verbs of the menu; `back` goes on with the stage: `back-received`."""


@dataclass(frozen=True)
class Name:
    """A company and a person there, whose name is empty when only the company is known."""

    company: str
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """What the card of a referral shows. Times are aware UTC."""

    referral_id: int
    referrer: Name
    referred: Name
    second_referrers: tuple[Name, ...] = ()
    chain: tuple[str, ...] = ()
    """The companies from the first referrer to this one, when it is a later generation (N3)."""
    generation: int = 1
    owner_id: str
    stage: Stage
    next_stages: tuple[Stage, ...] = ()
    consent: Consent
    consent_on: date | None = None
    consent_how: str = ""
    consent_by: str | None = None
    consent_version: int = 0
    """Of the words that were agreed to; 0 when that is not known."""
    erasure_asked_at: datetime | None = None
    benefit: str = ""
    """What the referred person was given (P4)."""
    benefit_used: bool = False
    email: str | None = None
    need: str = ""
    news: str = ""
    source_link: str | None = None
    received_at: datetime
    contact_by: datetime | None = None
    """By when the first contact, or the consent before it, is promised; None once that is done."""
    contacted_at: datetime | None = None
    meeting_at: datetime | None = None
    outcome_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    who_would_fit: str = ""
    amount_minor: int | None = None
    currency: str | None = None
    missing: tuple[FollowUpKind, ...] = ()
    """Thanks and news that the referrer is still owed (F2)."""
    is_deleted: bool = False


def named(voice: Voice, name: Name) -> str:
    """A company, with its person if one is known."""
    company = clip(name.company, _NAME)
    if not name.person:
        return company
    return voice.plain("who.contact", customer=company, contact=clip(name.person, _NAME))


def title(voice: Voice, card: CardFacts) -> str:
    """Who was introduced by whom, in one line of plain text."""
    return voice.plain(
        "referral.title", referrer=named(voice, card.referrer), referred=named(voice, card.referred)
    )


def card_message(voice: Voice, card: CardFacts, said: Markup | None = None) -> Message:
    """The card as an answer, below what has just happened."""
    happened: list[Block] = [section(said)] if said else []
    return Message(said or title(voice, card), [*happened, *card_blocks(voice, card)])


def card_blocks(voice: Voice, card: CardFacts) -> list[Block]:
    """The card: at most eight blocks, with its buttons."""
    heading = voice.markup(
        "referral.card_title",
        referrer=named(voice, card.referrer),
        referred=named(voice, card.referred),
    )
    if card.is_deleted:
        restore = button(
            voice.plain("referral.restore"), ids.REFERRAL_RESTORE, card.referral_id, style="primary"
        )
        deleted = Markup(f"{heading}\n{voice.markup('referral.is_deleted')}")
        return [section(deleted), actions(restore)]
    blocks: list[Block] = [section(heading), fields(_fields(voice, card))]
    notes = list(_notes(voice, card))
    if notes:
        blocks.append(section(Markup("\n".join(notes))))
    blocks.append(context(*_origin(voice, card)))
    blocks.append(actions(*_steps(voice, card)))
    if card.stage is not Stage.CANCELLED:
        blocks.append(actions(*_tools(voice, card)))
    return blocks


def list_message(
    voice: Voice,
    cards: Sequence[CardFacts],
    counts: Mapping[Stage, int],
    *,
    more: int,
    of_team: bool,
) -> Message:
    """What is under way, the newest first, with the counts of all stages on top."""
    heading = "referral.list_team" if of_team else "referral.list_mine"
    shown = [
        voice.markup("referral.count", stage=voice.plain(f"stage.{stage}"), count=count)
        for stage, count in counts.items()
        if count
    ]
    blocks: list[Block] = [section(voice.markup(heading))]
    if shown:
        blocks.append(context(Markup(" · ".join(shown))))
    for card in cards:
        blocks += [divider(), _row(voice, card)]
    if not cards:
        blocks.append(section(voice.markup("referral.list_empty")))
    if more:
        blocks.append(context(voice.markup("referral.list_more", n=more)))
    return Message(voice.plain(heading), blocks)


def summary(voice: Voice, card: CardFacts) -> Markup:
    """Who, how far, whose and since when: two lines."""
    heading = voice.markup(
        "referral.card_title",
        referrer=named(voice, card.referrer),
        referred=named(voice, card.referred),
    )
    state = voice.markup(
        "referral.row",
        stage=voice.plain(f"stage.{card.stage}"),
        owner=mention(card.owner_id),
        day=voice.day_of(card.received_at),
    )
    return Markup(f"{heading}\n{state}")


def _row(voice: Voice, card: CardFacts) -> Block:
    lines = [summary(voice, card)]
    if card.missing and card.stage in OUTCOMES:
        lines.append(_missing(voice, card))
    return section(
        Markup("\n".join(lines)),
        accessory=button(voice.plain("referral.open"), ids.OPEN_REFERRAL, card.referral_id),
    )


def _fields(voice: Voice, card: CardFacts) -> Iterable[Markup]:
    yield _field(voice, "stage", voice.plain(f"stage.{card.stage}"))
    yield _field(voice, "owner", mention(card.owner_id))
    yield _field(voice, "consent", _consent(voice, card))
    if card.contact_by:
        yield _field(voice, "contact_by", voice.moment(card.contact_by))
    for name in ("contacted_at", "meeting_at", "outcome_at"):
        instant: datetime | None = getattr(card, name)
        if instant:
            yield _field(voice, name, voice.day_of(instant))
    if card.amount_minor is not None and card.currency:
        yield _field(voice, "amount", voice.money(card.amount_minor, card.currency))


def _consent(voice: Voice, card: CardFacts) -> Markup:
    said = voice.markup(f"consent.{card.consent}")
    if card.consent is Consent.UNKNOWN:
        return said
    details = [
        *(
            [voice.markup("referral.when", day=voice.day(card.consent_on))]
            if card.consent_on
            else []
        ),
        *(
            [voice.markup("referral.how", how=clip(card.consent_how, _NAME))]
            if card.consent_how
            else []
        ),
        *([_consent_by(voice, card.consent_by)] if card.consent_by else []),
        *(
            [voice.markup("consent.version", version=card.consent_version)]
            if card.consent_version
            else []
        ),
    ]
    return Markup("\n".join([said, *details]))


def _consent_by(voice: Voice, by: str) -> Markup:
    return voice.markup("consent.by_themselves") if by == READER else mention(by)


def _notes(voice: Voice, card: CardFacts) -> Iterable[Markup]:
    if card.erasure_asked_at:
        yield voice.markup("consent.erasure_asked", day=voice.day_of(card.erasure_asked_at))
    if card.missing and card.stage not in {Stage.RECEIVED, Stage.CANCELLED}:
        yield _missing(voice, card)
    for name in ("need", "news", "reason", "who_would_fit", "email"):
        text: str | None = getattr(card, name)
        if text:
            yield _note(voice, name, text)
    if card.benefit:
        key = "benefit.on_card_used" if card.benefit_used else "benefit.on_card"
        yield voice.markup(key, title=clip(card.benefit, _LINE))
    if card.second_referrers:
        names = (named(voice, one) for one in card.second_referrers)
        yield _note(voice, "second_referrers", voice.list(names))
    if card.generation > 1:
        yield voice.markup(
            "referral.chain",
            generation=card.generation,
            chain=" → ".join(clip(company, _NAME) for company in card.chain),
        )


def _origin(voice: Voice, card: CardFacts) -> Iterable[Markup]:
    yield voice.markup("referral.received", day=voice.day_of(card.received_at))
    if card.closed_at and card.stage is not Stage.CANCELLED:
        yield voice.markup("referral.closed", day=voice.day_of(card.closed_at))
    if card.source_link:
        yield link(card.source_link, voice.plain("referral.source"))


def _missing(voice: Voice, card: CardFacts) -> Markup:
    kinds = voice.list(voice.plain(f"follow_up.{kind}") for kind in card.missing)
    return voice.markup("referral.missing", kinds=kinds)


def _field(voice: Voice, name: str, value: str) -> Markup:
    return voice.markup("referral.field", label=voice.plain(f"referral.{name}"), value=value)


def _note(voice: Voice, name: str, value: str) -> Markup:
    one_line = " ".join(value.split())
    return voice.markup(
        "referral.note", label=voice.plain(f"referral.{name}"), value=clip(one_line, _LINE)
    )


def _steps(voice: Voice, card: CardFacts) -> list[InteractiveElement]:
    """The ways on: forward from an open stage; reopening and corrections from an outcome."""
    if card.stage not in OPEN_STAGES:
        return _ways_back(voice, card)
    agreed = card.consent is Consent.AGREED
    steps: list[InteractiveElement] = []
    if not agreed:
        steps.append(_record_consent(voice, card, style="primary"))
    for stage in card.next_stages:
        if (
            stage in _MOVES
            and _is_ahead(card.stage, stage)
            and (agreed or stage not in _NEEDS_CONSENT)
        ):
            primary = agreed and stage is _NATURAL[card.stage]
            steps.append(_move(voice, card, stage, style="primary" if primary else None))
    return steps


def _ways_back(voice: Voice, card: CardFacts) -> list[InteractiveElement]:
    undo = card.stage is Stage.CANCELLED
    reopen = button(
        voice.plain("referral.restore" if undo else "referral.reopen"),
        ids.REFERRAL_REOPEN,
        card.referral_id,
        style="primary" if undo else None,
    )
    if undo:
        return [reopen]
    correct = button(voice.plain("referral.correct_outcome"), _MOVES[card.stage], card.referral_id)
    others = [
        button(
            voice.plain("referral.change_to", stage=voice.plain(f"stage.{stage}")),
            _MOVES[stage],
            card.referral_id,
        )
        for stage in card.next_stages
        if stage in OUTCOMES
    ]
    return [correct, reopen, *others]


def _move(
    voice: Voice, card: CardFacts, stage: Stage, *, style: str | None = None
) -> ButtonElement:
    label = voice.plain(f"referral.to_{stage}")
    return button(label, _MOVES[stage], card.referral_id, style=style)


def _is_ahead(now: Stage, to: Stage) -> bool:
    order = list(Stage)
    return order.index(to) > order.index(now)


def _record_consent(voice: Voice, card: CardFacts, *, style: str | None = None) -> ButtonElement:
    return button(
        voice.plain("referral.record_consent"), ids.REFERRAL_CONSENT, card.referral_id, style=style
    )


def _tools(voice: Voice, card: CardFacts) -> Iterable[InteractiveElement]:
    yield button(voice.plain("referral.edit"), ids.REFERRAL_EDIT, card.referral_id)
    if card.stage in OPEN_STAGES:
        yield button(voice.plain("referral.note_news"), ids.REFERRAL_NEWS, card.referral_id)
    if card.consent is Consent.AGREED or card.stage not in OPEN_STAGES:
        yield _record_consent(voice, card)
    yield button(voice.plain("referred_page.button"), ids.REFERRED_PAGES, card.referral_id)
    yield button(voice.plain("referral.reassign"), ids.REFERRAL_REASSIGN, card.referral_id)
    yield _menu(voice, card)


def _menu(voice: Voice, card: CardFacts) -> OverflowMenuElement:
    """What is needed rarely, so that it cannot be hit by mistake."""
    back = [
        stage
        for stage in card.next_stages
        if stage in OPEN_STAGES and card.stage in OPEN_STAGES and _is_ahead(stage, card.stage)
    ]
    entries = [
        *(
            (
                voice.plain("referral.back_to", stage=voice.plain(f"stage.{stage}")),
                f"{BACK}-{stage}",
            )
            for stage in back
        ),
        (voice.plain("referral.cancel"), CANCEL),
        (voice.plain("referral.delete"), DELETE),
        (voice.plain("referral.erase"), ERASE),
    ]
    return OverflowMenuElement(
        action_id=ids.REFERRAL_MENU,
        options=[option(label, f"{verb}:{card.referral_id}") for label, verb in entries],
    )
