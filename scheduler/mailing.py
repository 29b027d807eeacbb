"""The worker of mails: one at a time, in a thread of its own, each at most once.

Claim in one short transaction, hand in outside of it, write back under the same lease. What was
certainly not sent is tried again for an hour; what may have been is never: its sender is asked.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.mail.handing_in import Fate, HeldBack, NotTaken, Parcel, Patience, Taken, Unclear, hand_in
from bot.mail.letter import Attachment, Letter, message_id, written
from bot.mail.server import MailServer
from bot.telemetry.about import about
from scheduler import mail_endings
from scheduler.mail_endings import hurdle
from scheduler.timing import Timing
from storage import claims, mails, verdicts
from storage.claims import Claimed
from storage.engine import Store
from storage.mails import Mail
from storage.states import DeliveryState
from storage.trouble import TROUBLE, until_it_passes
from storage.verdicts import Verdict

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Longer than a server may take for all the steps of one mail."""
_LOOKS_EVERY = 5.0
_ENDS_WITHIN = 4.0
"""Seconds that a process which stops gives a mail."""

NOT_MADE = "not_made"
"""The error of a mail, or of what goes with it, that could not be made; a word of `mail.why_*`."""
Enclose = Callable[[str, Mail], Attachment]
"""The one-page summary of a workspace's contact. What it raises keeps the mail from being sent."""


@dataclass
class Mailer:
    """Sends what people have clicked to send, through `server`; without one nothing goes out, and
    those who are waiting are told. `wake` of the deliverer is `on_told`."""

    store: Store
    server: MailServer | None
    worker: str
    clock: Callable[[], datetime]
    enclose: Enclose
    on_told: Callable[[], None] = lambda: None
    on_outcome: Callable[[str, str], object] = lambda *_: None
    """Told of each try: the method, and what came of it."""
    patience: Patience = field(default_factory=Patience)
    timing: Timing = field(default_factory=Timing)
    _work: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        # One that hangs must not keep a process alive: its sender is asked when its lease ends.
        self._thread = threading.Thread(target=self._run_on_wake, name="goen-mail", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the one that is under way, if that does not take long."""
        self._stopping.set()
        self._work.set()
        if self._thread:
            self._thread.join(_ENDS_WITHIN)

    def wake(self) -> None:
        self._work.set()

    def run(self) -> int:
        """Hand in everything that is due; how many mails were taken."""
        with self.store.read() as conn:
            if not mails.are_any_open(conn):
                return 0
        self._end_what_is_over()
        taken = 0
        while self.server and not self._stopping.is_set():
            with self.store.write() as conn:
                claimed = claims.claim_mails(conn, self.worker, self.clock(), LEASE, most=1)
            if not claimed:
                break
            taken += self._do(self.server, claimed[0])
        return taken

    def _end_what_is_over(self) -> None:
        with self.store.write() as conn:
            now = self.clock()
            ended = [mail_endings.end(conn, one, now) for one in mails.over(conn, now, LEASE)]
        if ended:
            self.on_told()

    def _do(self, server: MailServer, claimed: Claimed) -> bool:
        begun = time.monotonic()
        ids = about(request=claimed.request_id, team_id=claimed.team_id, delivery_id=claimed.id)
        with ids:
            fate, against = self._try(server, claimed)
            until_it_passes(
                lambda: self._record(claimed, fate, against),
                time.monotonic() + LEASE.total_seconds(),
            )
            name = type(fate).__name__.lower()
            log.info("mail", extra={"outcome": name, "seconds": time.monotonic() - begun})
        self.on_outcome(claimed.method, name)
        return isinstance(fate, Taken)

    def _try(self, server: MailServer, claimed: Claimed) -> tuple[Fate, str | None]:
        """What became of it, and what speaks against sending it."""
        against: list[str | None] = [self._hurdle(claimed)]
        mail = Mail.read(claimed.payload)
        if mail is None or against[0]:
            return HeldBack(), against[0]

        def may_go() -> bool:
            against.append(self._hurdle(claimed))
            return against[-1] is None and self._is_held(claimed)

        try:
            parcel = self._parcel(claimed, mail)
        except Exception:
            # Nothing has left the house, and the next try would fail likewise.
            log.exception("a mail can't be written")
            return NotTaken(NOT_MADE, is_final=True), None
        return hand_in(server, parcel, may_go, self.patience), against[-1]

    def _parcel(self, claimed: Claimed, mail: Mail) -> Parcel:
        letter = Letter(
            sender=mail.sender,
            sender_name=mail.sender_name,
            to=mail.to,
            to_name=mail.to_name,
            subject=mail.subject,
            body=mail.body,
            attachment=self.enclose(claimed.team_id, mail) if mail.has_summary else None,
        )
        mark = message_id(f"{claimed.dedup_key}:{claimed.team_id}", mail.sender)
        content = written(letter, mark, self.clock())
        return Parcel(mail.sender, mail.to, copy_to=mail.sender, content=content)

    def _hurdle(self, claimed: Claimed) -> str | None:
        with self.store.read() as conn:
            return hurdle(conn, claimed)

    def _is_held(self, claimed: Claimed) -> bool:
        takes = timedelta(seconds=self.patience.verdict)
        with self.store.read() as conn:
            return claims.is_held(conn, claimed, self.worker, self.clock(), takes)

    def _record(self, claimed: Claimed, fate: Fate, against: str | None) -> None:
        with self.store.write() as conn:
            now = self.clock()
            found = self._verdict(claimed, fate, against, now)
            if found is None:
                return
            if claimed.id not in verdicts.write_back(conn, self.worker, [(claimed, found)]):
                log.warning("delivery %s: the lease was lost before its outcome", claimed.id)
                return
            mail_endings.tell(conn, claimed.team_id, claimed.id, now)
        self.on_told()

    def _verdict(
        self, claimed: Claimed, fate: Fate, against: str | None, now: datetime
    ) -> Verdict | None:
        def settled(state: DeliveryState, error: str | None = None) -> Verdict:
            return Verdict(state, claimed.attempt, settled_at=now, tried_at=now, last_error=error)

        match fate:
            case Taken():
                return settled(DeliveryState.SENT)
            case Unclear(error):
                return settled(DeliveryState.NEEDS_HUMAN, error)
            case NotTaken(error, is_final=True):
                return settled(DeliveryState.DEAD, error)
            case NotTaken(error):
                wait = self.timing.next_wait(claimed.first_try_at, now, self.timing.back_off)
                return Verdict(DeliveryState.PENDING, claimed.attempt, now + wait, last_error=error)
            case HeldBack():
                # Without anything against it, it is not ours to send any more.
                return settled(DeliveryState.CANCELLED, against) if against else None

    def _run_on_wake(self) -> None:
        while not self._stopping.is_set():
            try:
                self.run()
            except TROUBLE as error:
                log.error("mails have to wait for the database: %s", error)
            except Exception:
                log.exception("mails failed")
            self._work.wait(timeout=_LOOKS_EVERY)
            self._work.clear()
