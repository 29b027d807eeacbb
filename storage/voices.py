"""What customers say of us in their own words, and where they let us use it (P3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, and_, bindparam, insert, or_, select, update
from sqlalchemy import delete as delete_rows

from bot.playbook.terms import Credit, VoiceKind, VoiceUse
from bot.playbook.voices import Given
from storage import tables
from storage.rows import Rows
from storage.upsert import upsert


@dataclass(frozen=True)
class Voice:
    """One answer as it stands; no words are left of one that was withdrawn."""

    id: int
    contact_id: int
    kind: VoiceKind
    words: str
    hesitation: str
    credit: Credit
    locale: str
    given_at: datetime
    changed_at: datetime
    changes: int
    told_in: int | None
    withdrawn_at: datetime | None
    deleted_at: datetime | None

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None and self.deleted_at is None


@dataclass(frozen=True)
class Permission:
    """One use, from when to when, and the words in which it was permitted."""

    id: int
    voice_id: int
    consent_text_id: int
    use: VoiceUse
    granted_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Told:
    """An answer that stands and may be used for something, with whose it is.

    `permitted_at` is when that use was permitted.
    """

    voice_id: int
    contact_id: int
    customer_id: int
    customer_name: str
    owner_id: str | None
    contact_name: str
    job_title: str | None
    kind: VoiceKind
    words: str
    hesitation: str
    credit: Credit
    locale: str
    changed_at: datetime
    permitted_at: datetime


_V, _P = tables.voice, tables.voice_permission
_C, _A = tables.contact, tables.customer
ROWS = Rows(_V, Voice)
get = ROWS.get
_PERMISSIONS = Rows(_P, Permission)
_STANDS = (_V.c.withdrawn_at.is_(None), _V.c.deleted_at.is_(None))
_CURRENT = ROWS.select.where(
    _V.c.contact_id == bindparam("contact"), _V.c.kind == bindparam("the_kind"), *_STANDS
)
_LATEST = (
    ROWS.select.where(_V.c.contact_id == bindparam("contact"), _V.c.kind == bindparam("the_kind"))
    .order_by(_V.c.id.desc())
    .limit(1)
)
_ADD = upsert(_V).on_conflict_do_nothing().returning(_V.c.id)
_GRANT = insert(_P)
_HISTORY = _PERMISSIONS.select.where(_P.c.voice_id == bindparam("voice")).order_by(_P.c.id)
_END = update(_P).where(
    _P.c.team_id == bindparam("team"),
    _P.c.voice_id == bindparam("voice"),
    _P.c.use.in_(bindparam("uses", expanding=True)),
    _P.c.withdrawn_at.is_(None),
)
_OF_THESE = (
    _V.c.team_id == bindparam("team"),
    _V.c.contact_id.in_(bindparam("contacts", expanding=True)),
)
_ERASE = (
    delete_rows(_P).where(
        _P.c.team_id == bindparam("team"), _P.c.voice_id.in_(select(_V.c.id).where(*_OF_THESE))
    ),
    delete_rows(_V).where(*_OF_THESE),
)
_USES = select(_P.c.voice_id, _P.c.use).where(
    _P.c.team_id == bindparam("team"),
    _P.c.voice_id.in_(bindparam("ids", expanding=True)),
    _P.c.withdrawn_at.is_(None),
)
_PERMITTED = (
    select(
        _V.c.id.label("voice_id"),
        _V.c.contact_id,
        _C.c.customer_id,
        _A.c.name.label("customer_name"),
        _A.c.owner_id,
        _C.c.name.label("contact_name"),
        _C.c.job_title,
        _V.c.kind,
        _V.c.words,
        _V.c.hesitation,
        _V.c.credit,
        _V.c.locale,
        _V.c.changed_at,
        _P.c.granted_at.label("permitted_at"),
    )
    .join(_P, and_(_P.c.voice_id == _V.c.id, _P.c.team_id == _V.c.team_id))
    .join(_C, and_(_C.c.id == _V.c.contact_id, _C.c.team_id == _V.c.team_id))
    .join(_A, and_(_A.c.id == _C.c.customer_id, _A.c.team_id == _V.c.team_id))
    .where(
        _V.c.team_id == bindparam("team"),
        *_STANDS,
        _P.c.use == bindparam("the_use"),
        _P.c.withdrawn_at.is_(None),
        _C.c.deleted_at.is_(None),
        _A.c.deleted_at.is_(None),
    )
    .order_by(_V.c.changed_at.desc(), _V.c.id.desc())
    .limit(bindparam("most"))
)
_OF_CUSTOMER = _PERMITTED.where(_C.c.customer_id == bindparam("customer"))
_SEEN = _PERMITTED.where(or_(_A.c.owner_id.is_(None), _A.c.owner_id == bindparam("seen_by")))


def current(conn: Connection, team_id: str, contact_id: int, kind: VoiceKind) -> Voice | None:
    """The answer of a contact that stands; None when there is none."""
    found = ROWS.all(conn, _CURRENT, team_id, contact=contact_id, the_kind=kind)
    return found[0] if found else None


def latest(conn: Connection, team_id: str, contact_id: int, kind: VoiceKind) -> Voice | None:
    """The last one, whether it stands or not."""
    found = ROWS.all(conn, _LATEST, team_id, contact=contact_id, the_kind=kind)
    return found[0] if found else None


def add(
    conn: Connection,
    team_id: str,
    contact_id: int,
    kind: VoiceKind,
    given: Given,
    locale: str,
    now: datetime,
) -> int | None:
    """A first answer; its id, or None when another one stands already."""
    values = {"contact_id": contact_id, "kind": kind, "given_at": now, "changes": 1}
    row = {"team_id": team_id, **values, **_said(given, locale, now)}
    found: int | None = conn.execute(_ADD, row).scalar_one_or_none()
    return found


def change(
    conn: Connection, team_id: str, before: Voice, given: Given, locale: str, now: datetime
) -> None:
    """Another answer in the place of one that stands."""
    said = _said(given, locale, now)
    ROWS.change(conn, team_id, before.id, changes=before.changes + 1, **said)


def withdraw(conn: Connection, team_id: str, before: Voice, now: datetime) -> None:
    """Nothing is left of it but that it was there, and until when what was permitted."""
    end(conn, team_id, before.id, tuple(VoiceUse), now)
    ROWS.change(
        conn,
        team_id,
        before.id,
        words="",
        hesitation="",
        changed_at=now,
        withdrawn_at=now,
        changes=before.changes + 1,
    )


def delete(conn: Connection, team_id: str, before: Voice, now: datetime) -> None:
    """Somebody of the team takes it off the record; nothing of it is permitted any more."""
    end(conn, team_id, before.id, tuple(VoiceUse), now)
    ROWS.change(conn, team_id, before.id, changed_at=now, deleted_at=now)


def erase(conn: Connection, team_id: str, contact_ids: Iterable[int]) -> None:
    """Nothing is left of what these contacts said, nor of what they permitted."""
    for statement in _ERASE:
        conn.execute(statement, {"team": team_id, "contacts": list(contact_ids)})


def note_told(conn: Connection, team_id: str, voice_id: int, delivery_id: int) -> None:
    """In which message the team was told of its last change."""
    ROWS.change(conn, team_id, voice_id, told_in=delivery_id)


def grant(
    conn: Connection, team_id: str, voice_id: int, texts: Mapping[VoiceUse, int], now: datetime
) -> None:
    """Permit these uses, each in the words of a consent text."""
    rows = [
        {
            "team_id": team_id,
            "voice_id": voice_id,
            "consent_text_id": text_id,
            "use": use,
            "granted_at": now,
        }
        for use, text_id in texts.items()
    ]
    if rows:
        conn.execute(_GRANT, rows)


def end(
    conn: Connection, team_id: str, voice_id: int, uses: Iterable[VoiceUse], now: datetime
) -> None:
    """Permit these uses no longer."""
    of = {"team": team_id, "voice": voice_id, "uses": list(uses)}
    conn.execute(_END.values(withdrawn_at=now), of)


def uses(conn: Connection, team_id: str, ids: Iterable[int]) -> dict[int, frozenset[VoiceUse]]:
    """What is permitted now, of each."""
    found: dict[int, set[VoiceUse]] = {one: set() for one in ids}
    for voice_id, use in conn.execute(_USES, {"team": team_id, "ids": list(found)}):
        found[voice_id].add(use)
    return {voice_id: frozenset(permitted) for voice_id, permitted in found.items()}


def uses_of(conn: Connection, team_id: str, voice_id: int) -> frozenset[VoiceUse]:
    """The same of one."""
    return uses(conn, team_id, [voice_id])[voice_id]


def permissions(conn: Connection, team_id: str, voice_id: int) -> list[Permission]:
    """Everything that was ever permitted, the first one first."""
    return _PERMISSIONS.all(conn, _HISTORY, team_id, voice=voice_id)


def permitted(
    conn: Connection, team_id: str, use: VoiceUse, *, seen_by: str | None = None, most: int
) -> list[Told]:
    """What may be used so, the latest first; `seen_by` narrows to that rep's customers and the
    shared ones."""
    if seen_by is None:
        return _told(conn, _PERMITTED, team_id, the_use=use, most=most)
    return _told(conn, _SEEN, team_id, the_use=use, seen_by=seen_by, most=most)


def permitted_by(
    conn: Connection, team_id: str, customer_id: int, use: VoiceUse, *, most: int
) -> list[Told]:
    """The same of one customer. `VoiceUse.INTERNAL` is permitted of everything that stands."""
    return _told(conn, _OF_CUSTOMER, team_id, the_use=use, customer=customer_id, most=most)


def _said(given: Given, locale: str, now: datetime) -> dict[str, object]:
    return {
        "words": given.words,
        "hesitation": given.hesitation,
        "credit": given.credit,
        "locale": locale,
        "changed_at": now,
    }


def _told(
    conn: Connection, statement: Select[tuple[object, ...]], team_id: str, **params: object
) -> list[Told]:
    rows = conn.execute(statement, {"team": team_id, **params}).mappings()
    return [Told(**row) for row in rows]
