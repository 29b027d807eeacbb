"""The errand of an erasure: the copies of what a person's records held (P2).

Messages of ours that name the person are worded anew from the records, which name nobody any more;
those that can't be are redacted. What is over and done is blanked. At its end the errand forgets
the strings that it was given to look for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection

from bot.messages import sharing, wins
from bot.messages.compose import COMPOSERS
from bot.messages.rewrite import rewrite, rewrite_one
from bot.playbook.traces import Traces
from bot.views import erasing as views
from handlers.reports import report, voice_of
from storage import deliveries, erasing, errands, sweeping, workspaces
from storage.deliveries import NewDelivery, Posted
from storage.engine import Store
from storage.errands import Errand, Finish
from storage.states import DeliveryState, Method
from storage.sweeping import Said
from storage.workspaces import Workspace

_AT_ONCE = 20
_TRIED_FOR = timedelta(days=30)
"""How long Slack may be away before a message that names somebody stays as it is."""
_WIN = "win"
_NOTHING_TO_DELETE = frozenset({"file_not_found", "file_deleted"})


class OnItsWay(Exception):
    """Something that names the person is being sent just now; the errand is run again."""


@dataclass
class _Swept:
    messages: int = 0
    copies: int = 0
    on_their_way: int = 0


@dataclass(frozen=True)
class Eraser:
    """Carries an erasure out. Doing it twice finds nothing the second time."""

    store: Store
    client_of: Callable[[str], WebClient]

    def __call__(self, errand: Errand, now: datetime) -> Finish:
        traces = Traces(tuple(errand.detail["anywhere"]), tuple(errand.detail["nearby"]))
        with self.store.read() as conn:
            workspace = workspaces.get(conn, errand.team_id)
        if workspace is None:
            raise LookupError(f"no workspace {errand.team_id}")
        swept, cause = _Swept(), f"erase:{errand.id}"
        self._reword(workspace, errand, now, cause)
        for said in sweeping.said(self.store, workspace.team_id, traces):
            self._forget(workspace, said, traces, now, cause, swept)
        swept.copies += sweeping.texts(self.store, workspace.team_id, traces, errand.id)
        self.store.scrub()
        if swept.on_their_way:
            raise OnItsWay(f"{swept.on_their_way} deliveries")

        def finish(conn: Connection, now: datetime) -> None:
            errands.forget(conn, errand.team_id, errand.id)
            said = views.swept(voice_of(conn, errand), messages=swept.messages, copies=swept.copies)
            report(conn, errand, said, now)

        return finish

    def _reword(self, workspace: Workspace, errand: Errand, now: datetime, cause: str) -> None:
        """Every message that shows something owed to or because of the person, and every win."""
        contacts, referred = errand.detail["contacts"], errand.detail["referrals"]
        with self.store.read() as conn:
            given = erasing.given_by(conn, workspace.team_id, contacts)
            shown = erasing.follow_ups_about(conn, workspace.team_id, contacts, [*given, *referred])
        for some in _portions(shown):
            with self.store.write() as conn:
                rewrite(conn, workspace, some, now, cause, lives=_TRIED_FOR)
        for some in _portions(list(dict.fromkeys([*given, *referred]))):
            with self.store.write() as conn:
                for referral_id in some:
                    wins.announce(conn, workspace, referral_id, now, cause)

    def _forget(
        self,
        workspace: Workspace,
        said: Said,
        traces: Traces,
        now: datetime,
        cause: str,
        swept: _Swept,
    ) -> None:
        if said.is_over:
            self._delete_files(workspace, said)
        with self.store.write() as conn:
            if said.is_over:
                if said.stands:
                    swept.messages += 1
                    _change(conn, workspace, said, traces, now, cause)
                swept.copies += 1
                sweeping.forget(conn, workspace.team_id, said)
            elif not _changed_unsent(conn, workspace, said, traces, now, cause):
                swept.on_their_way += 1

    def _delete_files(self, workspace: Workspace, said: Said) -> None:
        """What was printed can't be reworded: it goes from Slack. Raises where Slack is away."""
        for file_id in sharing.ids_of(said.payload):
            try:
                self.client_of(workspace.team_id).files_delete(file=file_id)
            except SlackApiError as error:
                if error.response["error"] not in _NOTHING_TO_DELETE:
                    raise


def _change(
    conn: Connection, workspace: Workspace, said: Said, traces: Traces, now: datetime, cause: str
) -> None:
    """A message that stands in Slack: worded anew, or else as it was, without the person."""
    posted = deliveries.get(conn, workspace.team_id, said.id)
    if posted is None or _is_reworded(conn, workspace, posted, now, cause):
        return
    deliveries.change_message(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=f"update:{said.id}:{cause}",
            kind="update",
            channel=said.posted_channel or "",
            method=Method.UPDATE,
            target_ts=said.slack_ts,
            payload=sharing.words_of(sweeping.without(said, traces)),
            due_at=now,
            expires_at=now + _TRIED_FOR,
        ),
    )


def _changed_unsent(
    conn: Connection, workspace: Workspace, said: Said, traces: Traces, now: datetime, cause: str
) -> bool:
    """What is not sent yet; False when it can't be changed just now."""
    if said.state is not DeliveryState.PENDING:
        return False
    team_id = workspace.team_id
    if said.method is not Method.POST or sharing.is_shared(said.payload):
        withdrawn = deliveries.withdraw_unsent(conn, team_id, said.id, now)
        sweeping.forget(conn, team_id, said)
        return withdrawn
    posted = deliveries.get(conn, team_id, said.id)
    if posted and _is_reworded(conn, workspace, posted, now, cause):
        return True
    return deliveries.replace_unsent(conn, team_id, said.id, sweeping.without(said, traces))


def _is_reworded(
    conn: Connection, workspace: Workspace, posted: Posted, now: datetime, cause: str
) -> bool:
    """Whether it is one of those that are made from the records, and was made anew."""
    if posted.kind == _WIN:
        return True
    if posted.kind not in COMPOSERS:
        return False
    rewrite_one(conn, workspace, posted, now, cause, lives=_TRIED_FOR)
    return True


def _portions(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
