"""The token by which other systems send signals: made, renewed and revoked by admins (I2)."""

from bot.playbook.rights import Action
from bot.views import ids
from bot.views import signals as views
from bot.views.signals import KeyFacts
from handlers.answers import Answer, OpenView, UpdateView
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from handlers.web.paths import SIGNALS_PATH
from storage import signal_keys

_RECORD = "signal_key"


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.OPEN_SIGNALS, show, reads=True)
    routes.add(Entry.ACTION, ids.MAKE_SIGNAL_KEY, make)
    routes.add(Entry.ACTION, ids.REVOKE_SIGNAL_KEY, revoke)


def show(turn: Turn) -> Answer:
    """Whether there is a token, and how signals are sent."""
    turn.allow(Action.EDIT_SETTINGS)
    known = signal_keys.current(turn.conn, turn.team_id)
    facts = KeyFacts(known.created_by, known.created_at, known.used_at) if known else None
    return OpenView(views.key_view(turn.voice, _address(turn), facts))


def make(turn: Turn) -> Answer:
    """A new token in the place of the one before, shown this once."""
    turn.allow(Action.EDIT_SETTINGS)
    token = signal_keys.make(turn.conn, turn.team_id, turn.me.user_id, turn.now)
    turn.audit("make", _RECORD, turn.team_id)
    return UpdateView(views.token_view(turn.voice, _address(turn), token))


def revoke(turn: Turn) -> Answer:
    """Nobody may send any more."""
    turn.allow(Action.EDIT_SETTINGS)
    signal_keys.revoke(turn.conn, turn.team_id, turn.now)
    turn.audit("revoke", _RECORD, turn.team_id)
    return UpdateView(views.key_view(turn.voice, _address(turn), None))


def _address(turn: Turn) -> str | None:
    """Where signals are sent to; None while Goen has no public address."""
    return f"{turn.site.base}{SIGNALS_PATH}" if turn.site.is_open else None
