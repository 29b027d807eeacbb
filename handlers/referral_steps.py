"""The steps of a referral: contacted, meeting, won, lost, not a fit, and the ways back (F1-F5)."""

from bot.playbook import referrals as rules
from bot.playbook.measures import NotAMeasure
from bot.playbook.rights import Action
from bot.playbook.terms import Stage
from bot.texts.catalogue import language_of
from bot.texts.money import Money, parse_money, spell_money
from bot.views import ids
from bot.views import referral_forms as forms
from bot.views.referrals import BACK, CANCEL, DELETE, ERASE
from handlers.answers import Answer, Invalid, OpenView
from handlers.reading import word
from handlers.referral_record import Rule, find, move, show, the_card, would_refuse
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers
from storage.referrals import Referral

_ANY = "-"
"""Stands for the reason that nobody has typed yet, to learn whether the step is open at all."""


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.REFERRAL_CONTACTED, contacted)
    routes.add(Entry.ACTION, ids.REFERRAL_MEETING, meeting)
    routes.add(Entry.ACTION, ids.REFERRAL_WON, open_won, reads=True)
    routes.add(Entry.SUBMISSION, ids.WON_FORM, won)
    routes.add(Entry.ACTION, ids.REFERRAL_LOST, open_lost, reads=True)
    routes.add(Entry.SUBMISSION, ids.LOST_FORM, lost)
    routes.add(Entry.ACTION, ids.REFERRAL_NOT_A_FIT, open_not_a_fit, reads=True)
    routes.add(Entry.SUBMISSION, ids.NOT_A_FIT_FORM, not_a_fit)
    routes.add(Entry.ACTION, ids.REFERRAL_REOPEN, reopen)
    routes.add(Entry.ACTION, ids.REFERRAL_MENU, from_menu)
    routes.add(Entry.SUBMISSION, ids.CANCEL_REFERRAL_FORM, cancel)


def contacted(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    return _step(turn, row, rules.mark_contacted, Stage.CONTACTED)


def meeting(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    return _step(turn, row, rules.mark_meeting, Stage.MEETING)


def open_won(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    would_refuse(
        turn, row, lambda facts, now, policy, who: rules.close_won(facts, _ANY, now, policy, who)
    )
    currency = turn.workspace.currency
    amount = ""
    if row.amount_minor is not None and row.currency:
        amount = spell_money(Money(row.amount_minor, row.currency), currency)
    known = _known_reason(row, Stage.WON)
    return OpenView(forms.won_form(turn.voice, the_card(turn, row.id), known, amount, currency))


def won(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    money, why = _amount(turn), turn.request.written(ids.WHY)
    return _step(
        turn,
        row,
        lambda facts, now, policy, person: rules.close_won(
            facts,
            why,
            now,
            policy,
            person,
            amount_minor=money.minor_units if money else None,
            currency=money.currency if money else None,
        ),
        Stage.WON,
    )


def open_lost(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    would_refuse(
        turn, row, lambda facts, now, policy, who: rules.close_lost(facts, _ANY, now, policy, who)
    )
    known = _known_reason(row, Stage.LOST)
    return OpenView(forms.lost_form(turn.voice, the_card(turn, row.id), known))


def lost(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    why = turn.request.written(ids.WHY)
    return _step(
        turn,
        row,
        lambda facts, now, policy, person: rules.close_lost(facts, why, now, policy, person),
        Stage.LOST,
    )


def open_not_a_fit(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    would_refuse(
        turn,
        row,
        lambda facts, now, policy, who: rules.close_not_a_fit(facts, _ANY, _ANY, now, policy, who),
    )
    known = _known_reason(row, Stage.NOT_A_FIT)
    fit = row.who_would_fit or _ideal_customer(turn, row)
    return OpenView(forms.not_a_fit_form(turn.voice, the_card(turn, row.id), known, fit))


def not_a_fit(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    why, fit = turn.request.written(ids.WHY), turn.request.written(ids.WOULD_FIT)
    return _step(
        turn,
        row,
        lambda facts, now, policy, person: rules.close_not_a_fit(
            facts, why, fit, now, policy, person
        ),
        Stage.NOT_A_FIT,
    )


def reopen(turn: Turn) -> Answer:
    row = find(turn, turn.request.value, Action.MOVE_REFERRAL)
    move(turn, row, rules.reopen)
    turn.audit("reopen_referral", "referral", row.id)
    return show(turn, row.id, "referral.said_reopened")


def from_menu(turn: Turn) -> Answer:
    """What is needed rarely; everything but a step back asks first."""
    verb, _, referral_id = turn.request.value.partition(":")
    if verb.startswith(BACK):
        return _back(turn, find(turn, referral_id, Action.MOVE_REFERRAL), verb)
    action, form = {
        CANCEL: (Action.MOVE_REFERRAL, forms.cancel_form),
        DELETE: (Action.DELETE, forms.delete_form),
        ERASE: (Action.DELETE, forms.erase_form),
    }[verb]
    row = find(turn, referral_id, action)
    return OpenView(form(turn.voice, the_card(turn, row.id)))


def cancel(turn: Turn) -> Answer:
    row = find(turn, turn.request.private_metadata, Action.MOVE_REFERRAL)
    return _step(turn, row, rules.cancel, Stage.CANCELLED)


def _back(turn: Turn, row: Referral, verb: str) -> Answer:
    to = word(Stage, verb.removeprefix(f"{BACK}-"))
    move(
        turn,
        row,
        lambda facts, now, policy, person: rules.correct_stage(facts, to, now, policy, person),
    )
    turn.audit("correct_stage", "referral", row.id, to=to)
    return show(turn, row.id, "referral.said_back", stage=turn.voice.plain(f"stage.{to}"))


def _step(turn: Turn, row: Referral, rule: Rule, to: Stage) -> Answer:
    move(turn, row, rule)
    turn.audit(Action.MOVE_REFERRAL, "referral", row.id, to=to)
    return show(turn, row.id, f"referral.said_{to}")


def _known_reason(row: Referral, stage: Stage) -> str:
    """The reason is corrected where it was entered, and never taken over to another outcome."""
    return row.reason if row.stage is stage else ""


def _amount(turn: Turn) -> Money | None:
    typed = turn.request.written(ids.AMOUNT)
    if not typed:
        return None
    try:
        return parse_money(typed, turn.workspace.currency)
    except NotAMeasure as unclear:
        raise Invalid({ids.AMOUNT: turn.voice.plain("referral.amount_unclear")}) from unclear


def _ideal_customer(turn: Turn, row: Referral) -> str:
    """The team's own sentence, in the language of the referrer who will read it."""
    referrer = customers.get_contact(turn.conn, turn.team_id, row.referrer_id)
    language = language_of(referrer.locale if referrer else None) or turn.workspace.locale
    return turn.workspace.ideal_customer_in(language)
