"""A referral came in by a customer's page: whoever owes it is told at once, with all it owes (P1).

It takes the place of the reminders that a new referral would get, so nothing is said twice.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.messages import referral_card
from bot.messages.letter import Letter, voice_for
from bot.messages.owed import items_of
from bot.playbook.announcements import ON_THE_CLOCK, announcement_after_undo
from bot.playbook.referral_facts import OPEN_STAGES
from bot.playbook.terms import FollowUpState, Stage
from bot.playbook.working_time import local_date, zone
from bot.telemetry.about import id_of
from bot.views import arrivals as views
from bot.views.arrivals import Arrival
from bot.views.blocks import Message
from storage import customers, deliveries, follow_ups, people, referrals
from storage.deliveries import NewDelivery
from storage.follow_ups import Row, Subject
from storage.referrals import Referral
from storage.workspaces import Workspace

KIND: Final = "arrival"
_SUBJECT: Final = "referral-"
_WORTH_TELLING_FOR: Final = timedelta(days=7)


def tell(
    conn: Connection, workspace: Workspace, referral_id: int, now: datetime, cause: str
) -> None:
    """Owe the message: to the referral's owner, or to the managers while nobody of the team owns
    it. `cause` is the key of what the customer did."""
    row = referrals.get(conn, workspace.team_id, referral_id)
    if row is None:
        raise LookupError(f"no referral {referral_id}")
    about = follow_ups.about(conn, workspace.team_id, Subject(referral_id=referral_id))
    spoken_of = [one for one in about if _has_the_floor(one)]
    for one in spoken_of:
        # This message is the first word on it; the clock of the first contact goes on.
        next_at = announcement_after_undo(one.facts(), now, workspace.policy)
        follow_ups.change(conn, workspace.team_id, one.id, announce_at=next_at)
    day = local_date(now, zone(workspace.timezone)).isoformat()
    # Whatever is shown makes the message change with the referral.
    shown = tuple(one.id for one in spoken_of or about if one.state is FollowUpState.OPEN)
    for user_id in _readers(conn, workspace, row):
        letter = Letter(KIND, f"{_SUBJECT}{row.id}", user_id, day, id_of(cause), now, shown)
        deliveries.enqueue(
            conn,
            NewDelivery(
                team_id=workspace.team_id,
                dedup_key=letter.key,
                kind=KIND,
                channel=user_id,
                payload=arrival(conn, workspace, letter, now).payload(),
                due_at=now,
                expires_at=now + _WORTH_TELLING_FOR,
                follow_ups=letter.follow_ups,
            ),
        )


def arrival(conn: Connection, workspace: Workspace, letter: Letter, now: datetime) -> Message:
    """The referral as it is now, what is known of its company besides, and what it owes."""
    voice = voice_for(conn, workspace, letter.to)
    row = referrals.get(conn, workspace.team_id, int(letter.subject.removeprefix(_SUBJECT)))
    if row is None:
        raise LookupError(letter.subject)
    found = (follow_ups.get(conn, workspace.team_id, one) for one in letter.follow_ups)
    rows = sorted((one for one in found if one), key=lambda one: one.kind not in ON_THE_CLOCK)
    facts = Arrival(
        card=referral_card.of_row(conn, workspace, row),
        is_customer=_is_customer(conn, workspace, row),
        same_company=tuple(
            referral_card.of_row(conn, workspace, one) for one in _others(conn, workspace, row)
        ),
        items=tuple(items_of(conn, workspace, rows)),
    )
    return views.arrival(voice, facts, letter.to, now)


def _has_the_floor(row: Row) -> bool:
    """What would be spoken of in a message of its own."""
    return row.state is FollowUpState.OPEN and row.announce_at is not None


def _readers(conn: Connection, workspace: Workspace, row: Referral) -> list[str]:
    owner = people.get(conn, workspace.team_id, row.owner_id)
    if owner and owner.may_be_told:
        return [owner.user_id]
    return [one.user_id for one in people.managers(conn, workspace.team_id)]


def _is_customer(conn: Connection, workspace: Workspace, row: Referral) -> bool:
    """Whether the company was a customer before this referral was won."""
    found = customers.named(conn, workspace.team_id, row.company) if row.company else []
    return any(one.id != row.won_customer_id for one in found)


def _others(conn: Connection, workspace: Workspace, row: Referral) -> list[Referral]:
    """Open referrals to the same company, which may be the same one told twice (P5)."""
    if row.deleted_at or row.stage is Stage.CANCELLED:
        return []
    return [
        one
        for one in referrals.of_company(conn, workspace.team_id, row.company_key)
        if one.id != row.id and one.stage in OPEN_STAGES
    ]
