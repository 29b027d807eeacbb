"""Taking signals in (I2): each once, and each by itself, so that one that is wrong stops no other.

A batch is taken in portions, each a transaction of its own, because nobody's click may wait for
five hundred signals. A process that dies on the way leaves whole portions behind; sent again, they
are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from bot.messages.rewrite import rewrite
from bot.playbook.contact_state import ContactState
from bot.playbook.rights import Action
from bot.playbook.signals import Fault, Problem, Signal, SignalKind
from bot.playbook.terms import MomentKind
from handlers import signal_news
from handlers.signal_news import News, Reach, Told
from storage import (
    contact_states,
    directory,
    external_ids,
    inbox,
    moments,
    nps,
    signals,
    tickets,
    upkeep,
    workspaces,
)
from storage.directory import Directory, Meant
from storage.engine import Store
from storage.external_ids import Known
from storage.tickets import TicketEvent
from storage.workspaces import Workspace

_PORTION = 20
_MOST_AHEAD = timedelta(days=1)
"""A clock may be ahead, and a day may have begun elsewhere; more is a mistake."""
_NO_REACH = Reach()
_MOMENTS = {SignalKind.RENEWAL: MomentKind.RENEWAL, SignalKind.UPSELL: MomentKind.UPSELL}


class Outcome(StrEnum):
    """What became of a signal."""

    TAKEN = "taken"
    KNOWN = "known"
    """It was taken before."""
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """What became of one signal, and why it was refused."""

    outcome: Outcome
    problems: tuple[Problem, ...] = ()


Read = Signal | tuple[Problem, ...]
"""A signal, or what is wrong with its shape."""


def take(
    store: Store,
    team_id: str,
    batch: Sequence[Read],
    by: str,
    now: datetime,
    cause: str,
    reach: Reach = _NO_REACH,
) -> list[Verdict]:
    """Take a batch in, of some hundred signals at most; what became of each, in its order.

    `by` is who sends them, `cause` is unique to the batch, `reach` what an ask may hold that comes
    of them.

    Raises:
        LookupError: the workspace is gone.
    """
    right = {n: one for n, one in enumerate(batch) if isinstance(one, Signal)}
    verdicts = {
        n: Verdict(Outcome.REFUSED, one) for n, one in enumerate(batch) if isinstance(one, tuple)
    }
    with store.read() as conn:
        found = directory.read(conn, team_id, list(right.values()))
    told = Told()
    # In one order for everybody: of two batches that hold the same, the second waits.
    order = sorted(right, key=lambda n: (right[n].source, right[n].id, n))
    for start in range(0, len(order), _PORTION):
        some = order[start : start + _PORTION]
        with store.write() as conn:
            workspace = _workspace(conn, team_id)
            portion = _Portion(conn, workspace, found, by, now, f"{cause}:{start}", told, reach)
            verdicts |= zip(some, portion.take([right[n] for n in some]), strict=True)
    if told.left_out:
        with store.write() as conn:
            signal_news.sum_up(conn, _workspace(conn, team_id), told, now, cause)
    return [verdicts[n] for n in range(len(batch))]


def _workspace(conn: Connection, team_id: str) -> Workspace:
    found = workspaces.get(conn, team_id)
    if found is None:
        raise LookupError(f"no workspace {team_id}")
    return found


@dataclass
class _Portion:
    """Some signals in one transaction."""

    conn: Connection
    workspace: Workspace
    directory: Directory
    by: str
    now: datetime
    cause: str
    told: Told
    reach: Reach
    _news: list[News] = field(default_factory=list)
    _learned: list[Known] = field(default_factory=list)
    _touched: set[Meant] = field(default_factory=set)

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    def take(self, some: Sequence[Signal]) -> list[Verdict]:
        meant = [self.directory.find(one) for one in some]
        found = [one for one in meant if isinstance(one, Meant)]
        live = directory.still_there(self.conn, self.team_id, found)
        known = dict(signals.digests(self.conn, self.team_id, some))
        verdicts = []
        for one, whom in zip(some, meant, strict=True):
            verdict = self._judge(one, whom, known.get((one.source, one.id)), live)
            if verdict.outcome is Outcome.TAKEN:
                known[one.source, one.id] = one.digest
            verdicts.append(verdict)
        external_ids.learn(self.conn, self.team_id, self._learned)
        states = self._keep_up()
        for news in self._news:
            signal_news.tell(
                self.conn, self.workspace, news, states, self.now, self.told, self.reach
            )
        self._audit(some, verdicts)
        return verdicts

    def _judge(
        self, one: Signal, whom: Meant | Problem, known: str | None, live: frozenset[Meant]
    ) -> Verdict:
        if known is not None:
            # Whoever was erased since left nothing to compare with.
            if known in (one.digest, ""):
                return Verdict(Outcome.KNOWN)
            return _refused(Fault.OTHER_CONTENT, "id", one.id)
        if one.at > self.now + _MOST_AHEAD:
            return _refused(Fault.AHEAD, "at", one.at.isoformat())
        if isinstance(whom, Meant) and whom not in live:
            return _refused(Fault.UNKNOWN_CUSTOMER, "customer", one.who.customer or "")
        if isinstance(whom, Meant) and one.kind in _MOMENTS and whom.contact_id is None:
            whom = self._dearest(whom)
        if isinstance(whom, Problem):
            return Verdict(Outcome.REFUSED, (whom,))
        return self._record(replace(one, at=min(one.at, self.now)), whom, one)

    def _record(self, one: Signal, whom: Meant, sent: Signal) -> Verdict:
        signal_id = signals.add(self.conn, self.team_id, one, sent.digest, whom, self.by, self.now)
        if signal_id is None:
            return Verdict(Outcome.KNOWN)
        self._learned += self.directory.learned(one, whom)
        self._touched.add(whom)
        record_id = self._log(one, whom)
        if record_id is not None:
            signals.logged_as(self.conn, self.team_id, signal_id, record_id)
        self._news.append(News(signal_id, one, whom, record_id))
        return Verdict(Outcome.TAKEN)

    def _log(self, one: Signal, whom: Meant) -> int | None:
        """What the signal is on record as, besides itself."""
        if one.kind is SignalKind.NPS:
            return self._log_score(one, whom)
        if one.kind in _MOMENTS:
            return self._log_moment(one, whom)
        if one.kind in (SignalKind.TICKET_OPENED, SignalKind.TICKET_CLOSED):
            self._log_ticket(one, whom)
        return None

    def _log_score(self, one: Signal, whom: Meant) -> int:
        score = {"score": one.score, "comment": one.note, "answered_at": one.at}
        made = nps.add(self.conn, self.team_id, contact_id=whom.contact_id, **score, **self._maker)
        self._note(Action.LOG_NPS, "nps", made, contact_id=whom.contact_id)
        return made

    def _log_moment(self, one: Signal, whom: Meant) -> int:
        moment = {"kind": _MOMENTS[one.kind], "note": one.note, "happened_at": one.at}
        made = moments.add(
            self.conn, self.team_id, contact_id=whom.contact_id, **moment, **self._maker
        )
        self._note(Action.LOG_MOMENT, "moment", made, contact_id=whom.contact_id)
        return made

    def _log_ticket(self, one: Signal, whom: Meant) -> None:
        for known in tickets.known(self.conn, self.team_id, [one.label]):
            if known.source == one.source:
                # Opened again for somebody else, it is no longer the first one's.
                self._touched.add(Meant(known.customer_id, known.contact_id))
        event = TicketEvent(one.source, one.label, whom.customer_id, whom.contact_id, one.at)
        if one.kind is SignalKind.TICKET_OPENED:
            tickets.opened(self.conn, self.team_id, event, is_complaint=one.is_complaint)
        else:
            tickets.closed(self.conn, self.team_id, event)
        self._note(one.kind, "customer", whom.customer_id, contact_id=whom.contact_id)

    @property
    def _maker(self) -> dict[str, object]:
        return {"created_by": self.by, "created_at": self.now}

    def _dearest(self, whom: Meant) -> Meant | Problem:
        """Whom at a customer a moment of the whole customer is with: whoever is asked first."""
        people = contact_states.of_customer(self.conn, self.team_id, whom.customer_id)
        states = [contact_states.get(self.conn, self.team_id, one) for one in people]
        known = [one for one in states if one]
        if not known:
            return Problem(Fault.NO_CONTACTS)
        best = max(known, key=lambda one: (one.is_askable, one.rank_key))
        return Meant(whom.customer_id, best.contact_id)

    def _keep_up(self) -> dict[int, tuple[ContactState | None, ContactState | None]]:
        """Bring everybody in line whom something was told of; their states before and after."""
        ids: set[int] = set()
        for whom in self._touched:
            if whom.contact_id:
                ids.add(whom.contact_id)
            else:
                ids |= {*contact_states.of_customer(self.conn, self.team_id, whom.customer_id)}
        states = {}
        for contact_id in sorted(ids):
            kept = upkeep.contact_changed(self.conn, self.workspace, contact_id, self.now)
            rewrite(self.conn, self.workspace, kept.changed, self.now, self.cause)
            states[contact_id] = (kept.before, kept.state)
        return states

    def _audit(self, some: Sequence[Signal], verdicts: Sequence[Verdict]) -> None:
        """Usage and participation come by the thousand, so they are noted by their number."""
        taken = [
            one.kind
            for one, verdict in zip(some, verdicts, strict=True)
            if verdict.outcome is Outcome.TAKEN
        ]
        counted = {
            kind.value: taken.count(kind)
            for kind in (SignalKind.USAGE, SignalKind.PARTICIPATION)
            if kind in taken
        }
        if counted:
            self._note("take_signals", "workspace", self.team_id, **counted)

    def _note(self, action: str, of: str, record_id: int | str, **detail: int | str | None) -> None:
        inbox.record(self.conn, self.team_id, self.now, self.by, action, of, record_id, detail)


def _refused(fault: Fault, name: str, value: str) -> Verdict:
    return Verdict(Outcome.REFUSED, (Problem(fault, name, value),))
