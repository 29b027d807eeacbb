"""`/goen erase`: a person asked that nothing of theirs be kept (P2).

What that takes is in `handlers.forgetting`.
"""

from slack_sdk.models.blocks import Option

from bot.playbook.rights import Action
from bot.playbook.terms import Role
from bot.playbook.traces import Traces, traces_of
from bot.playbook.words import plain, split_words
from bot.views import erasing as views
from bot.views import ids
from bot.views.blocks import Message
from bot.views.customer_forms import not_yet
from handlers import customer_card, finding, forgetting
from handlers.answers import Answer, Invalid, OpenView, Say, Suggest
from handlers.forgetting import ask_for_copies
from handlers.reading import record_id
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import account_history, customers, erasable, erasing, people, referrals
from storage.erasable import ErasableKind
from storage.erasing import Someone

_SHOWN = 20


def register(routes: Routes) -> None:
    routes.add(Entry.SEARCH, ids.FIND_ERASABLE, search, reads=True)
    routes.add(Entry.ACTION, ids.OPEN_ERASE, open_for_contact, reads=True)
    routes.add(Entry.SUBMISSION, ids.ERASE_FORM, erase)


def from_line(turn: Turn) -> Answer:
    """The form, with whom the line means chosen when that is one person."""
    typed = turn.request.text
    meant = _options(turn, typed) if typed else []
    chosen = meant[0] if len(meant) == 1 else None
    return OpenView(views.form(turn.voice, chosen, typed))


def open_for_contact(turn: Turn) -> Answer:
    """The same from where a contact is deleted."""
    found = customers.get_contact(turn.conn, turn.team_id, record_id(turn.request.value))
    if found is None or not found.name:
        raise turn.sorry("erase.gone")
    turn.allow(Action.ERASE, found.owner_id)
    known = erasable.Erasable(ErasableKind.CONTACT, str(found.id), found.customer_name, found.name)
    return OpenView(views.form(turn.voice, views.choice(turn.voice, known)))


def search(turn: Turn) -> Answer:
    return Suggest(_options(turn, turn.request.text))


def erase(turn: Turn) -> Answer:
    """Whom the form names is forgotten; there is no way back."""
    kind, _, rest = (turn.request.answer(ids.ERASED) or "").partition(":")
    match kind:
        case ErasableKind.CONTACT:
            return _erase_contact(turn, record_id(rest))
        case ErasableKind.REFERRAL:
            return _erase_referred(turn, record_id(rest))
        case ErasableKind.USER:
            return _erase_user(turn, rest)
    raise Invalid({ids.ERASED: turn.voice.plain("erase.gone")})


def forget(turn: Turn, who: Someone) -> Message:
    """Take a person out of everything; what was erased and what stays."""
    companies = [one.customer_name for one in who.contacts] + [one.company for one in who.referrals]
    kept = forgetting.forget(turn, who, told=turn.me.user_id)
    return views.done(turn.voice, companies, kept)


def _erase_contact(turn: Turn, contact_id: int) -> Answer:
    found = customers.get_contact(turn.conn, turn.team_id, contact_id)
    if found is None or not found.name:
        raise Invalid({ids.ERASED: turn.voice.plain("erase.gone")})
    turn.allow(Action.ERASE, found.owner_id)
    open_ones = account_history.open_of_contact(turn.conn, turn.team_id, found.id)
    if open_ones:
        listed = [customer_card.listed(turn, one) for one in open_ones]
        return Say(not_yet(turn.voice, found.name, listed))
    return Say(forget(turn, erasing.of_contact(turn.conn, turn.team_id, found)), _title(turn))


def _erase_referred(turn: Turn, referral_id: int) -> Answer:
    row = referrals.get(turn.conn, turn.team_id, referral_id)
    if row is None or not (row.person or row.email):
        raise Invalid({ids.ERASED: turn.voice.plain("erase.gone")})
    turn.allow(Action.ERASE, row.owner_id)
    return Say(forget(turn, erasing.of_referral(turn.conn, turn.team_id, row)), _title(turn))


def _erase_user(turn: Turn, user_id: str) -> Answer:
    """Somebody who has left the team; admins look after that, as after everybody's roles."""
    turn.allow(Action.ERASE_COLLEAGUE)
    person = people.get(turn.conn, turn.team_id, user_id)
    if person is None or person.name == person.user_id:
        raise Invalid({ids.ERASED: turn.voice.plain("erase.gone")})
    if person.is_member and person.is_active:
        raise Invalid({ids.ERASED: turn.voice.plain("erase.still_here")})
    full = traces_of([person.name], [person.email]).anywhere
    erasing.erase_user(turn.conn, turn.team_id, person, turn.now)
    turn.audit(Action.ERASE_COLLEAGUE, "person", user_id)
    ask_for_copies(turn, Traces(full, full), told=turn.me.user_id)
    return Say(views.user_done(turn.voice, user_id), _title(turn))


def _options(turn: Turn, typed: str) -> list[Option]:
    words = [word.text for word in split_words(plain(typed))]
    seen_by = finding.seen_by(turn)
    found = erasable.find(turn.conn, turn.team_id, words, seen_by=seen_by, most=_SHOWN)
    if turn.me.role is Role.ADMIN:
        found += erasable.former_colleagues(turn.conn, turn.team_id, words)
    return [views.choice(turn.voice, one) for one in found[:100]]


def _title(turn: Turn) -> str:
    return turn.voice.plain("erase.title")
