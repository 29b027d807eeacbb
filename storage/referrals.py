"""Referrals: who was introduced by whom, how far it has come, and what we owe because of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from bot.playbook.duplicates import KnownReferral
from bot.playbook.effects import Effect
from bot.playbook.names import company_key, person_key
from bot.playbook.referral_facts import Owed, ReferralFacts
from bot.playbook.referrals import Moved, generation_after
from bot.playbook.terms import Consent, Stage
from storage import customers, follow_ups, newcomers, tables, upkeep
from storage.follow_ups import Row, Subject
from storage.rows import Rows
from storage.upsert import upsert
from storage.workspaces import Workspace

_KEY = 255


@dataclass(frozen=True)
class Referral:
    """One referral as it is stored. The person's name carries no honorific.

    `referrer_id` is the contact who gave it first; others stand in `second_referrers`. `news` is
    what a rep noted for the next update to the referrer, and `news_at` when.
    """

    id: int
    referrer_id: int
    ask_id: int | None
    company: str
    company_key: str
    person: str
    person_key: str
    email: str | None
    need: str
    source_link: str | None
    owner_id: str
    stage: Stage
    generation: int
    consent: Consent
    consent_at: datetime | None
    consent_on: date | None
    consent_by: str | None
    consent_how: str
    erasure_asked_at: datetime | None
    """The person asked for it on their page, and we have not done it yet."""
    erased_at: datetime | None
    received_at: datetime
    contacted_at: datetime | None
    meeting_at: datetime | None
    outcome_at: datetime | None
    closed_at: datetime | None
    reason: str
    who_would_fit: str
    amount_minor: int | None
    currency: str | None
    news: str
    news_at: datetime | None
    won_customer_id: int | None
    created_by: str
    created_at: datetime
    deleted_at: datetime | None


_T = tables.referral
_SECOND = tables.second_referrer
ROWS = Rows(_T, Referral)
get = ROWS.get

_LIVE = _T.c.deleted_at.is_(None)
_OPEN = (_LIVE, _T.c.closed_at.is_(None))
_LOCKED = ROWS.select.where(_T.c.id == bindparam("the_id")).with_for_update()
_NEWEST = (_T.c.received_at.desc(), _T.c.id.desc())
_OPEN_OF_OWNER = ROWS.select.where(*_OPEN, _T.c.owner_id == bindparam("owner")).order_by(*_NEWEST)
_OPEN_OF_TEAM = ROWS.select.where(*_OPEN).order_by(*_NEWEST)
_OF_COMPANY = ROWS.select.where(_LIVE, _T.c.company_key == bindparam("company")).order_by(_T.c.id)
_COUNTS = (
    select(_T.c.stage, func.count()).where(_T.c.team_id == bindparam("team"), _LIVE)
).group_by(_T.c.stage)
_COUNTS_OF_OWNER = _COUNTS.where(_T.c.owner_id == bindparam("owner"))
_SECONDS = (
    select(_SECOND.c.contact_id)
    .where(_SECOND.c.team_id == bindparam("team"), _SECOND.c.referral_id == bindparam("referral"))
    .order_by(_SECOND.c.created_at, _SECOND.c.contact_id)
)
_REMOVE_SECOND = delete(_SECOND).where(
    _SECOND.c.team_id == bindparam("team"),
    _SECOND.c.referral_id == bindparam("referral"),
    _SECOND.c.contact_id == bindparam("contact"),
)
# Whoever looks for doubles waits for everybody else who does: of two people who log the same
# referral at once, the second finds the first's. SQLite's writers take turns anyway.
_TAKE_TURNS = (
    select(tables.workspace.c.team_id)
    .where(tables.workspace.c.team_id == bindparam("team"))
    .with_for_update()
)
_ADD_SECOND = upsert(_SECOND).on_conflict_do_nothing().returning(_SECOND.c.contact_id)


def add(
    conn: Connection,
    team_id: str,
    now: datetime,
    *,
    referrer_id: int,
    company: str,
    owner_id: str,
    created_by: str,
    person: str = "",
    email: str | None = None,
    need: str = "",
    source_link: str | None = None,
    ask_id: int | None = None,
) -> int:
    """A new referral, received now; its id. What it owes is opened by `save_moved`."""
    return ROWS.add(
        conn,
        team_id,
        referrer_id=referrer_id,
        company=company,
        company_key=company_key(company)[:_KEY],
        person=person,
        person_key=person_key(person)[:_KEY],
        email=email,
        need=need,
        source_link=source_link,
        ask_id=ask_id,
        owner_id=owner_id,
        stage=Stage.RECEIVED,
        generation=_generation(conn, team_id, referrer_id),
        consent=Consent.UNKNOWN,
        received_at=now,
        created_by=created_by,
        created_at=now,
    )


def change(conn: Connection, team_id: str, referral_id: int, **columns: object) -> None:
    """Set plain columns such as `company` or `need`; stages are changed by `save_moved` only."""
    for name, key_of in (("company", company_key), ("person", person_key)):
        if name in columns:
            columns[f"{name}_key"] = key_of(str(columns[name]))[:_KEY]
    ROWS.change(conn, team_id, referral_id, **columns)


def facts(conn: Connection, team_id: str, referral_id: int) -> ReferralFacts:
    """A referral as the rules see it, locked until the transaction ends, so that two people who
    move it at once take turns.

    Raises:
        LookupError: the workspace has no such referral.
    """
    found = ROWS.all(conn, _LOCKED, team_id, the_id=referral_id)
    if not found:
        raise LookupError(f"no referral {referral_id}")
    return facts_of(found[0], follow_ups.about(conn, team_id, Subject(referral_id=referral_id)))


def facts_of(row: Referral, owed: Iterable[Row]) -> ReferralFacts:
    """The rules' view of a row and its follow-ups, for whoever only shows them."""
    return ReferralFacts(
        referral_id=row.id,
        owner_id=row.owner_id,
        received_at=row.received_at,
        stage=row.stage,
        consent=row.consent,
        consent_at=row.consent_at,
        erasure_asked_at=row.erasure_asked_at,
        contacted_at=row.contacted_at,
        meeting_at=row.meeting_at,
        outcome_at=row.outcome_at,
        closed_at=row.closed_at,
        reason=row.reason,
        who_would_fit=row.who_would_fit,
        amount_minor=row.amount_minor,
        currency=row.currency,
        generation=row.generation,
        follow_ups=tuple(Owed(one.kind, one.due_at, one.state, one.settled_at) for one in owed),
    )


def save_moved(
    conn: Connection, workspace: Workspace, referral_id: int, moved: Moved, now: datetime, by: str
) -> tuple[int, ...]:
    """Write what a rule made of a referral, with everything that follows from it.

    Opens and settles its follow-ups, creates or withdraws the customer it was won as (N3), and
    folds its referrer again. The ids of the follow-ups that changed, for `bot.messages.rewrite`.
    """
    team_id, now_is = workspace.team_id, moved.facts
    ROWS.change(
        conn,
        team_id,
        referral_id,
        owner_id=now_is.owner_id,
        stage=now_is.stage,
        consent=now_is.consent,
        consent_at=now_is.consent_at,
        erasure_asked_at=now_is.erasure_asked_at,
        contacted_at=now_is.contacted_at,
        meeting_at=now_is.meeting_at,
        outcome_at=now_is.outcome_at,
        closed_at=now_is.closed_at,
        reason=now_is.reason,
        who_would_fit=now_is.who_would_fit,
        amount_minor=now_is.amount_minor,
        currency=now_is.currency,
    )
    row = get(conn, team_id, referral_id)
    if row is None:
        raise LookupError(f"no referral {referral_id}")
    changed = apply(conn, workspace, row, moved.effects, now, by)
    if moved.newcomer:
        customer_id, more = newcomers.welcome(conn, workspace, row, now, by)
        ROWS.change(conn, team_id, referral_id, won_customer_id=customer_id)
        changed += more
    elif moved.withdraws_newcomer:
        ROWS.change(conn, team_id, referral_id, won_customer_id=None)
        changed += newcomers.withdraw(conn, workspace, row, now)
    return (*changed, *keep_referrer(conn, workspace, row.referrer_id, now))


def apply(
    conn: Connection,
    workspace: Workspace,
    row: Referral,
    effects: Iterable[Effect],
    now: datetime,
    by: str,
) -> tuple[int, ...]:
    """Carry out effects on the follow-ups of a referral; they also name its referrer."""
    referrer = customers.get_contact(conn, workspace.team_id, row.referrer_id)
    subject = Subject(
        customer_id=referrer.customer_id if referrer else None,
        contact_id=row.referrer_id,
        referral_id=row.id,
    )
    return tuple(follow_ups.apply(conn, workspace.team_id, subject, effects, now, by))


def keep_referrer(
    conn: Connection, workspace: Workspace, contact_id: int, now: datetime
) -> tuple[int, ...]:
    """Fold the referrer after one of their referrals changed; the follow-ups that changed."""
    return upkeep.contact_changed(conn, workspace, contact_id, now).changed


def open_of_owner(conn: Connection, team_id: str, owner_id: str) -> list[Referral]:
    """What a rep has not closed yet, the newest first; outcomes with news untold among them."""
    return ROWS.all(conn, _OPEN_OF_OWNER, team_id, owner=owner_id)


def open_of_team(conn: Connection, team_id: str) -> list[Referral]:
    """What nobody has closed yet, the newest first."""
    return ROWS.all(conn, _OPEN_OF_TEAM, team_id)


def counts_by_stage(
    conn: Connection, team_id: str, *, owner_id: str | None = None
) -> dict[Stage, int]:
    """How many referrals stand at each stage, in the order of the stages, zeros included."""
    statement = _COUNTS if owner_id is None else _COUNTS_OF_OWNER
    rows = conn.execute(statement, {"team": team_id, "owner": owner_id})
    counted: dict[Stage, int] = dict(iter(rows))
    return {stage: counted.get(stage, 0) for stage in Stage}


def known(conn: Connection, team_id: str, of_company: str) -> list[KnownReferral]:
    """The referrals to a company, by the key of its name, as `match_duplicate` takes them (P5).

    Nobody else of the workspace gets past here until this transaction ends.
    """
    conn.execute(_TAKE_TURNS, {"team": team_id})
    return [
        KnownReferral(
            referral_id=row.id,
            company_key=row.company_key,
            person_key=row.person_key,
            stage=row.stage,
            referrer_contact_ids=frozenset(
                (row.referrer_id, *second_referrers(conn, team_id, row.id))
            ),
        )
        for row in ROWS.all(conn, _OF_COMPANY, team_id, company=of_company[:_KEY])
    ]


def of_company(conn: Connection, team_id: str, key: str) -> list[Referral]:
    """Every referral to a company that is not deleted, by the key of its name, the first first."""
    return ROWS.all(conn, _OF_COMPANY, team_id, company=key)


def second_referrers(conn: Connection, team_id: str, referral_id: int) -> list[int]:
    """The contacts who named the same company later, in the order they did."""
    rows = conn.execute(_SECONDS, {"team": team_id, "referral": referral_id})
    return list(rows.scalars())


def add_second_referrer(
    conn: Connection, team_id: str, referral_id: int, contact_id: int, by: str, now: datetime
) -> bool:
    """Keep somebody as a second referrer; False when they are one already."""
    row = {
        "team_id": team_id,
        "referral_id": referral_id,
        "contact_id": contact_id,
        "created_by": by,
        "created_at": now,
    }
    return conn.execute(_ADD_SECOND, row).scalar_one_or_none() is not None


def remove_second_referrer(
    conn: Connection, team_id: str, referral_id: int, contact_id: int
) -> bool:
    """Undo `add_second_referrer`; False when they are none."""
    params = {"team": team_id, "referral": referral_id, "contact": contact_id}
    return conn.execute(_REMOVE_SECOND, params).rowcount == 1


def chain(conn: Connection, team_id: str, row: Referral) -> list[Referral]:
    """The referrals that led to this one, the first generation first and this one last (N3)."""
    generations = [row]
    while len(generations) < row.generation:
        referrer = customers.get_contact(conn, team_id, generations[0].referrer_id)
        if referrer is None or referrer.came_from_referral_id is None:
            break
        before = get(conn, team_id, referrer.came_from_referral_id)
        if before is None:
            break
        generations.insert(0, before)
    return generations


def _generation(conn: Connection, team_id: str, referrer_id: int) -> int:
    referrer = customers.get_contact(conn, team_id, referrer_id)
    came_from = referrer.came_from_referral_id if referrer else None
    before = get(conn, team_id, came_from) if came_from else None
    return generation_after(before.generation if before else None)
