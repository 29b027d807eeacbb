"""What people agreed to: the words they were shown, in versions, and their every answer (P2)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam

from bot.playbook.terms import Consent, ConsentTo
from storage import tables
from storage.rows import Rows
from storage.upsert import upsert


@dataclass(frozen=True)
class ConsentText:
    """The words of a consent as they stood when somebody agreed to them."""

    id: int
    about: ConsentTo
    locale: str
    version: int
    words: str
    created_at: datetime


@dataclass(frozen=True)
class ConsentRecord:
    """One answer, and how we know it: `created_by` recorded it, or is the page itself."""

    id: int
    referral_id: int
    consent_text_id: int | None
    about: ConsentTo
    consent: Consent
    how: str
    given_on: date | None
    created_by: str
    created_at: datetime


_TEXT = tables.consent_text
_RECORD = tables.consent_record
TEXTS = Rows(_TEXT, ConsentText)
RECORDS = Rows(_RECORD, ConsentRecord)
_NEWEST_TEXT = (
    TEXTS.select.where(_TEXT.c.about == bindparam("what"), _TEXT.c.locale == bindparam("language"))
    .order_by(_TEXT.c.version.desc())
    .limit(1)
)
_ADD_TEXT = upsert(_TEXT).on_conflict_do_nothing()
_NEWEST_RECORD = (
    RECORDS.select.where(
        _RECORD.c.referral_id == bindparam("referral"),
        _RECORD.c.about.in_(bindparam("what", expanding=True)),
    )
    .order_by(_RECORD.c.id.desc())
    .limit(1)
)
_HISTORY = RECORDS.select.where(_RECORD.c.referral_id == bindparam("referral")).order_by(
    _RECORD.c.id
)


def shown(conn: Connection, team_id: str, about: ConsentTo, locale: str) -> ConsentText | None:
    """The newest version that anybody answered."""
    found = TEXTS.all(conn, _NEWEST_TEXT, team_id, what=about, language=locale)
    return found[0] if found else None


def keep_text(
    conn: Connection, team_id: str, about: ConsentTo, locale: str, words: str, now: datetime
) -> ConsentText:
    """The version with these words: the newest one, or a new one when they have changed."""
    while True:
        newest = shown(conn, team_id, about, locale)
        if newest and newest.words == words:
            return newest
        # Somebody else may be first with the same number; then theirs is looked at.
        conn.execute(
            _ADD_TEXT,
            {
                "team_id": team_id,
                "about": about,
                "locale": locale,
                "version": newest.version + 1 if newest else 1,
                "words": words,
                "created_at": now,
            },
        )


def record(
    conn: Connection,
    team_id: str,
    referral_id: int,
    about: ConsentTo,
    consent: Consent,
    by: str,
    now: datetime,
    *,
    text_id: int | None = None,
    how: str = "",
    given_on: date | None = None,
) -> int:
    """Write an answer down; what was written before stays."""
    return RECORDS.add(
        conn,
        team_id,
        referral_id=referral_id,
        consent_text_id=text_id,
        about=about,
        consent=consent,
        how=how,
        given_on=given_on,
        created_by=by,
        created_at=now,
    )


def latest(
    conn: Connection, team_id: str, referral_id: int, *about: ConsentTo
) -> ConsentRecord | None:
    """The answer that counts, of those to any of these."""
    found = RECORDS.all(conn, _NEWEST_RECORD, team_id, referral=referral_id, what=list(about))
    return found[0] if found else None


def history(conn: Connection, team_id: str, referral_id: int) -> list[ConsentRecord]:
    """Every answer, the first one first."""
    return RECORDS.all(conn, _HISTORY, team_id, referral=referral_id)


def text(conn: Connection, team_id: str, text_id: int) -> ConsentText | None:
    """One version."""
    return TEXTS.get(conn, team_id, text_id)
