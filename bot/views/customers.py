"""A customer's card: who is there, what happened, and a way to put each of it right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from slack_sdk.models.blocks import Block, OverflowMenuElement
from slack_sdk.models.views import View

from bot.playbook.measures import Change, Measure
from bot.playbook.terms import AskAnswer, AskState, CustomerKind, GiftPolicy, MomentKind, Stage
from bot.texts.measures import before_and_after, headline
from bot.texts.voice import Markup, Voice, mention
from bot.views import ids, materials, moments, nps, results
from bot.views.blocks import (
    actions,
    button,
    clip,
    context,
    destroying,
    divider,
    fields,
    header,
    modal,
    option,
    section,
)
from bot.views.materials import Material

MOST_PEOPLE = 15
"""Contacts that are named; whoever stands further down is found by the search."""
LISTED = 5
"""Records of each kind that are shown."""
_SHORT = 100
"""Characters of a name where several lines share one block."""
LOG_NPS, LOG_RESULT, LOG_MOMENT, PREPARE_ASK, DELETE = (
    "log_nps",
    "log_result",
    "log_moment",
    "prepare_ask",
    "delete",
)
MENU = (LOG_NPS, LOG_RESULT, LOG_MOMENT, PREPARE_ASK, DELETE)


@dataclass(frozen=True)
class PersonFacts:
    """A contact in two lines."""

    contact_id: int
    name: str
    job_title: str = ""
    score: int | None = None
    scored_at: datetime | None = None
    asked_at: datetime | None = None
    is_candidate: bool = False
    has_opted_out: bool = False
    has_complaint: bool = False


@dataclass(frozen=True)
class ResultFacts:
    """A result; the measures are in the units that were typed."""

    result_id: int
    kpi: str
    typed: tuple[Measure, Measure]
    change: Change
    at: datetime


@dataclass(frozen=True)
class ScoreFacts:
    """An answer to the NPS question."""

    nps_id: int
    contact: str
    score: int
    at: datetime


@dataclass(frozen=True)
class MomentFacts:
    """Something that made asking natural."""

    moment_id: int
    contact: str
    kind: MomentKind
    at: datetime


@dataclass(frozen=True)
class AskFacts:
    """A request to one of the contacts, and where it stands."""

    contact: str
    at: datetime
    state: AskState
    answer: AskAnswer | None


@dataclass(frozen=True)
class ReferralFacts:
    """A referral that somebody at the customer gave, or that brought the customer."""

    referral_id: int
    company: str
    referrer: str
    stage: Stage


@dataclass(frozen=True)
class CardFacts:
    """Everything that a card shows. `owner_email` is of an owner who has not come to Slack yet."""

    customer_id: int
    name: str
    kind: CustomerKind
    owner_id: str | None
    owner_email: str | None
    contract_date: date | None
    language: str
    gift_policy: GiftPolicy
    came_from: ReferralFacts | None = None
    people: Sequence[PersonFacts] = field(default_factory=tuple)
    more_people: int = 0
    results: Sequence[ResultFacts] = field(default_factory=tuple)
    scores: Sequence[ScoreFacts] = field(default_factory=tuple)
    moments: Sequence[MomentFacts] = field(default_factory=tuple)
    asks: Sequence[AskFacts] = field(default_factory=tuple)
    referrals: Sequence[ReferralFacts] = field(default_factory=tuple)
    materials: tuple[Material, ...] = ()


def card(voice: Voice, facts: CardFacts, said: Sequence[Block] = ()) -> View:
    """The card, below what has just happened: at most 90 blocks, of Slack's hundred."""
    return modal(
        ids.CUSTOMER_CARD,
        voice.plain("customer.title"),
        [
            *said,
            header(facts.name),
            fields(_about(voice, facts)),
            *_came_from(voice, facts.came_from),
            _tools(voice, facts),
            *_people(voice, facts),
            *_results(voice, facts),
            *_scores(voice, facts),
            *_moments(voice, facts),
            *_asks(voice, facts),
            *_referrals(voice, facts),
        ],
        close=voice.plain("answer.close"),
        private_metadata=str(facts.customer_id),
    )


def _about(voice: Voice, facts: CardFacts) -> Iterator[Markup]:
    owner: str = facts.owner_email or voice.plain("customer.shared")
    yield voice.markup("customer.kind_line", kind=voice.plain(f"customer_kind.{facts.kind}"))
    yield voice.markup(
        "customer.owner_line", owner=mention(facts.owner_id) if facts.owner_id else owner
    )
    contract = facts.contract_date
    yield voice.markup(
        "customer.contract_line",
        day=voice.full_day(contract) if contract else voice.plain("customer.unknown"),
    )
    yield voice.markup(
        "customer.language_line", language=voice.plain(f"contact.language_{facts.language}")
    )
    yield voice.markup("customer.gift_line", policy=voice.plain(f"gift_policy.{facts.gift_policy}"))


def _came_from(voice: Voice, one: ReferralFacts | None) -> Iterator[Block]:
    if one:
        opens = button(voice.plain("customer.open_referral"), ids.OPEN_REFERRAL, one.referral_id)
        yield section(voice.markup("customer.came_from", referrer=one.referrer), accessory=opens)


def _tools(voice: Voice, facts: CardFacts) -> Block:
    return actions(
        button(voice.plain("customer.edit"), ids.EDIT_CUSTOMER, facts.customer_id),
        button(voice.plain("customer.add_contact"), ids.ADD_CONTACT, facts.customer_id),
        destroying(
            voice.plain("customer.delete"),
            ids.DELETE_CUSTOMER,
            facts.customer_id,
            title=voice.plain("customer.delete_title"),
            text=voice.plain("customer.delete_text", customer=clip(facts.name, 100)),
            keep=voice.plain("form.keep"),
            style="danger",
        ),
    )


def _people(voice: Voice, facts: CardFacts) -> Iterator[Block]:
    yield divider()
    yield section(voice.markup("customer.people"))
    if not facts.people:
        yield context(voice.markup("customer.no_people"))
    for one in facts.people[:MOST_PEOPLE]:
        yield section(Markup("\n".join(_person(voice, one))))
        yield actions(
            *materials.buttons(voice, one.contact_id, facts.materials),
            button(voice.plain("customer.edit_contact"), ids.EDIT_CONTACT, one.contact_id),
            OverflowMenuElement(
                action_id=ids.CONTACT_MENU,
                options=[
                    option(voice.plain(f"customer.menu_{verb}"), f"{verb}:{one.contact_id}")
                    for verb in MENU
                ],
            ),
            block_id=f"{ids.CONTACT}:{one.contact_id}",
        )
    if facts.more_people:
        yield context(voice.markup("customer.more_people", n=facts.more_people))


def _person(voice: Voice, one: PersonFacts) -> Iterator[Markup]:
    key = "customer.person_titled" if one.job_title else "customer.person"
    yield voice.markup(key, contact=one.name, job_title=one.job_title)
    if one.is_candidate:
        yield voice.markup("customer.candidate")
    if one.score is not None and one.scored_at:
        day = voice.full_day_of(one.scored_at)
        yield voice.markup("customer.nps_line", score=one.score, day=day)
    else:
        yield voice.markup("customer.no_nps")
    if one.asked_at:
        yield voice.markup("customer.asked_line", day=voice.full_day_of(one.asked_at))
    if one.has_opted_out:
        yield voice.markup("customer.opted_out")
    if one.has_complaint:
        yield voice.markup("customer.complaint")


def _results(voice: Voice, facts: CardFacts) -> Iterator[Block]:
    yield from _heading(voice, "customer.results", facts.results)
    for one in facts.results[:LISTED]:
        before, after = before_and_after(voice, *one.typed, one.change)
        said = voice.markup(
            "customer.result_line",
            kpi=one.kpi,
            before=before,
            after=after,
            change=headline(voice, one.change),
            day=voice.full_day_of(one.at),
        )
        yield section(said)
        yield results.mend(voice, one.result_id, facts.name, one.kpi)


def _scores(voice: Voice, facts: CardFacts) -> Iterator[Block]:
    yield from _heading(voice, "customer.scores", facts.scores)
    for one in facts.scores[:LISTED]:
        day = voice.full_day_of(one.at)
        yield section(
            voice.markup("customer.score_line", contact=one.contact, score=one.score, day=day)
        )
        yield nps.mend(voice, one.nps_id, facts.name, one.score)


def _moments(voice: Voice, facts: CardFacts) -> Iterator[Block]:
    yield from _heading(voice, "customer.moments", facts.moments)
    for one in facts.moments[:LISTED]:
        said = voice.markup(
            "customer.moment_line",
            contact=one.contact,
            moment=voice.plain(f"moment.{one.kind}"),
            day=voice.full_day_of(one.at),
        )
        yield section(said)
        yield moments.mend(voice, one.moment_id, facts.name, one.kind)


def _asks(voice: Voice, facts: CardFacts) -> Iterator[Block]:
    yield from _heading(voice, "customer.asks", facts.asks)
    if facts.asks:
        yield section(Markup("\n".join(_ask(voice, one) for one in facts.asks[:LISTED])))


def _ask(voice: Voice, one: AskFacts) -> Markup:
    answer = voice.plain(f"ask_answer.{one.answer}") if one.answer else ""
    return voice.markup(
        f"customer.ask_{one.state}",
        contact=clip(one.contact, _SHORT),
        day=voice.full_day_of(one.at),
        answer=answer,
    )


def _referrals(voice: Voice, facts: CardFacts) -> Iterator[Block]:
    yield from _heading(voice, "customer.referrals", facts.referrals)
    yield from referral_lines(voice, facts.referrals[:LISTED])


def referral_lines(voice: Voice, listed: Sequence[ReferralFacts]) -> Iterator[Block]:
    """Referrals, each with the button to its card."""
    for one in listed:
        said = voice.markup(
            "customer.referral_line",
            company=one.company,
            referrer=one.referrer,
            stage=voice.plain(f"stage.{one.stage}"),
        )
        opens = button(voice.plain("customer.open_referral"), ids.OPEN_REFERRAL, one.referral_id)
        yield section(said, accessory=opens)


def _heading(voice: Voice, key: str, listed: Sequence[object]) -> Iterator[Block]:
    if listed:
        yield divider()
        yield section(voice.markup(key))
