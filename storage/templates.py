"""The texts in which the team asks, each edit a new version (A4)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from bot.playbook import offers as rules
from bot.playbook.terms import MomentKind
from storage import tables
from storage.rows import Rows

_T = tables.template


@dataclass(frozen=True)
class Template:
    """One version: an email and its short form, with placeholders (see `bot.texts.templates`).

    `name` is a moment of the playbook or `offers.ANY_MOMENT`.
    """

    id: int
    name: str
    locale: str
    version: int
    subject: str
    body: str
    short: str
    created_by: str
    created_at: datetime
    deleted_at: datetime | None

    def facts(self) -> rules.Template:
        """As the rules see it."""
        return rules.Template(self.id, self.name, self.locale, self.version)


ROWS = Rows(_T, Template)
get = ROWS.get
_NAMED = (_T.c.name == bindparam("of_name"), _T.c.locale == bindparam("in_locale"))
_CURRENT = ROWS.select.where(_T.c.deleted_at.is_(None)).order_by(
    _T.c.locale.desc(), _T.c.name, _T.c.version.desc()
)
_FOR_MOMENT = ROWS.select.where(
    _T.c.deleted_at.is_(None), _T.c.name.in_((bindparam("moment"), rules.ANY_MOMENT))
)
_LAST_VERSION = select(func.coalesce(func.max(_T.c.version), 0)).where(
    _T.c.team_id == bindparam("team"), *_NAMED
)
_DELETE = (
    update(_T)
    .where(_T.c.team_id == bindparam("team"), *_NAMED, _T.c.deleted_at.is_(None))
    .values(deleted_at=bindparam("now"))
)


def current(conn: Connection, team_id: str) -> list[Template]:
    """The newest version of each text, by language and name."""
    newest: dict[tuple[str, str], Template] = {}
    for one in ROWS.all(conn, _CURRENT, team_id):
        newest.setdefault((one.locale, one.name), one)
    return list(newest.values())


def for_moment(conn: Connection, team_id: str, moment: MomentKind) -> list[Template]:
    """Every version of the texts for this moment and for any, in all languages."""
    return ROWS.all(conn, _FOR_MOMENT, team_id, moment=moment)


def add_version(
    conn: Connection,
    team_id: str,
    now: datetime,
    *,
    name: str,
    locale: str,
    subject: str,
    body: str,
    short: str,
    created_by: str,
) -> int:
    """Write a text anew; asks that used an earlier version keep pointing to it. The new id."""
    last = conn.execute(
        _LAST_VERSION, {"team": team_id, "of_name": name, "in_locale": locale}
    ).scalar_one()
    return ROWS.add(
        conn,
        team_id,
        name=name,
        locale=locale,
        version=last + 1,
        subject=subject,
        body=body,
        short=short,
        created_by=created_by,
        created_at=now,
    )


def delete(conn: Connection, team_id: str, name: str, locale: str, now: datetime) -> None:
    """Take a text with all its versions out of use."""
    conn.execute(_DELETE, {"team": team_id, "of_name": name, "in_locale": locale, "now": now})
