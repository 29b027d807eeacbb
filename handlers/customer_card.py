"""The card of one customer as it is now, read from the records."""

from slack_sdk.models.views import View

from bot.playbook.contact_state import is_candidate
from bot.playbook.measures import Measure, compare
from bot.playbook.reasons import Refused
from bot.playbook.rights import Action
from bot.texts.catalogue import language_of
from bot.views import customers as views
from bot.views import ids, materials
from bot.views.answers import as_modal, notice
from bot.views.blocks import Message
from bot.views.customers import (
    LISTED,
    MOST_PEOPLE,
    AskFacts,
    CardFacts,
    MomentFacts,
    PersonFacts,
    ReferralFacts,
    ResultFacts,
    ScoreFacts,
)
from bot.views.referrals import Name, named
from handlers.answers import Answer, Replace, UpdateView
from handlers.reading import record_id
from handlers.turn import Turn
from storage import account_history, contact_states, customers, referrals
from storage.customers import Contact, Customer
from storage.referrals import Referral
from storage.results import Result


def find(turn: Turn, customer_id: int, action: Action) -> Customer:
    """A live customer that I may do this to. Raises Sorry or Refused."""
    customer = customers.get(turn.conn, turn.team_id, customer_id)
    if customer is None or customer.deleted_at:
        raise turn.sorry("who.gone")
    turn.allow(action, customer.owner_id)
    return customer


def view(turn: Turn, customer: Customer, said: Message | None = None) -> View:
    """The card, below what has just happened."""
    return views.card(turn.voice, _facts(turn, customer), said.blocks if said else ())


def in_place(turn: Turn, said: Message) -> Answer:
    """What was said of a click: on the card of a customer above the card, elsewhere in its place.

    The card is drawn anew, so that it shows what the click has changed.
    """
    if turn.request.callback_id != ids.CUSTOMER_CARD:
        return Replace(said)
    customer = find(turn, record_id(turn.request.private_metadata), Action.VIEW)
    return UpdateView(view(turn, customer, said))


def beneath(turn: Turn) -> View | None:
    """The card below the form that was just used, drawn anew; None when there is none."""
    name, _, rest = turn.request.external_id.partition(":")
    if name != ids.CUSTOMER_CARD:
        return None
    customer = customers.get(turn.conn, turn.team_id, record_id(rest.partition(":")[0]))
    if customer is None or customer.deleted_at or not _may_see(turn, customer):
        return as_modal(turn.voice, notice(turn.voice, "customer.no_longer_yours"))
    return view(turn, customer)


def listed(turn: Turn, row: Referral) -> ReferralFacts:
    """A referral in one line."""
    referrer = customers.get_contact(turn.conn, turn.team_id, row.referrer_id)
    name = ""
    if referrer:
        name = named(turn.voice, Name(referrer.customer_name, referrer.name))
    return ReferralFacts(row.id, row.company, name, row.stage)


def _may_see(turn: Turn, customer: Customer) -> bool:
    try:
        turn.allow(Action.VIEW, customer.owner_id)
    except Refused:
        return False
    return True


def _facts(turn: Turn, customer: Customer) -> CardFacts:
    conn, team_id = turn.conn, turn.team_id
    people = customers.contacts_at(conn, team_id, customer.id)
    names = {one.id: one.name for one in people}
    came_from = _came_from(turn, customer, people)
    of = (conn, team_id, customer.id, LISTED)
    return CardFacts(
        customer_id=customer.id,
        name=customer.name,
        kind=customer.kind,
        owner_id=customer.owner_id,
        owner_email=customer.owner_email,
        contract_date=customer.contract_date,
        language=language_of(customer.locale) or turn.workspace.locale,
        gift_policy=customer.gift_policy,
        came_from=listed(turn, came_from) if came_from else None,
        people=[_person(turn, one) for one in people[:MOST_PEOPLE]],
        more_people=max(0, len(people) - MOST_PEOPLE),
        results=[_result(one) for one in account_history.latest_results(*of)],
        scores=[
            ScoreFacts(one.id, names[one.contact_id], one.score, one.answered_at)
            for one in account_history.latest_scores(*of)
        ],
        moments=[
            MomentFacts(one.id, names[one.contact_id], one.kind, one.happened_at)
            for one in account_history.latest_moments(*of)
        ],
        asks=[
            AskFacts(names[one.contact_id], one.sent_at, one.state, one.answer)
            for one in account_history.latest_asks(*of)
        ],
        referrals=[listed(turn, one) for one in account_history.latest_referrals(*of)],
        materials=materials.ready(has_pages=turn.site.is_open),
    )


def _came_from(turn: Turn, customer: Customer, people: list[Contact]) -> Referral | None:
    """The referral that brought the customer, or else the first of its people (N3)."""
    brought = (customer.came_from_referral_id, *(one.came_from_referral_id for one in people))
    referral_id = next((one for one in brought if one is not None), None)
    row = referrals.get(turn.conn, turn.team_id, referral_id) if referral_id else None
    return None if row is None or row.deleted_at else row


def _person(turn: Turn, contact: Contact) -> PersonFacts:
    state = contact_states.get(turn.conn, turn.team_id, contact.id)
    return PersonFacts(
        contact_id=contact.id,
        name=contact.name,
        job_title=contact.job_title or "",
        score=state.nps_score if state else None,
        scored_at=state.nps_at if state else None,
        asked_at=state.last_asked_at if state else None,
        is_candidate=state is not None and is_candidate(state, turn.now, turn.policy),
        has_opted_out=contact.opted_out_at is not None,
        has_complaint=state.open_complaint if state else contact.complaint_at is not None,
    )


def _result(one: Result) -> ResultFacts:
    before = Measure(one.before.normalize() + 0, one.before_unit)
    after = Measure(one.after.normalize() + 0, one.after_unit)
    change = compare(before, after, one.direction)
    return ResultFacts(one.id, one.kpi, (before, after), change, one.measured_at)
