"""Taking a person out of the copies: texts that people typed elsewhere, and what Goen has said.

Each function treats a few rows in one transaction, so that nobody's click waits long.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    update,
)

from bot.playbook.traces import Traces, occurs_in, redact_all, spellings
from storage import retention
from storage.engine import Store
from storage.occurs import occurs
from storage.states import DeliveryState, Method
from storage.tables import (
    ask,
    audit,
    benefit,
    consent_record,
    delivery,
    errand,
    moment,
    nps,
    offer,
    referral,
    result,
    signal,
    summary,
    template,
    voice,
    workspace,
)

_TEAM: BindParameter[str] = bindparam("team")
_TEXTS: Mapping[Table, tuple[str, ...]] = {
    nps: ("comment",),
    result: ("kpi", "period", "note"),
    moment: ("note", "source_link"),
    offer: ("title_ja", "title_en"),
    template: ("subject", "body", "short"),
    ask: ("override_reason",),
    referral: ("need", "reason", "who_would_fit", "news", "consent_how", "source_link"),
    consent_record: ("how",),
    benefit: ("title", "note"),
    summary: ("title", "division", "quote", "quote_by", "theirs", "ours", "steps"),
    signal: ("label",),
    voice: ("words", "hesitation"),
    delivery: ("last_error",),
    errand: ("detail", "last_error"),
    audit: ("detail",),
    workspace: ("ideal_customer", "ideal_customer_other"),
}
"""Where people or programs write freely. Names of companies are not a person's, and stay."""
_ON_ITS_WAY = frozenset({DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.DOUBT})
_AT_ONCE = 500


def texts(store: Store, team_id: str, traces: Traces, but_errand: int) -> int:
    """Redact what betrays the person in every free text of the workspace; how many were.

    The errand that does so needs its own strings to the end.
    """
    redacted = 0
    for table, columns in _TEXTS.items():
        for name in columns:
            column = table.c[name]
            for key, value in _holding(store, team_id, column, traces.anywhere):
                if table is errand and key == {"id": but_errand}:
                    continue
                clean = redact_all(value, traces.anywhere)
                mine = and_(*(table.c[part] == of for part, of in key.items()))
                with store.write() as conn:
                    changed = update(table).where(table.c.team_id == _TEAM, mine)
                    conn.execute(changed.values({name: clean}), {"team": team_id})
                redacted += 1
    return redacted


@dataclass(frozen=True)
class Said:
    """A delivery whose words name the person."""

    id: int
    state: DeliveryState
    method: Method
    posted_channel: str | None
    slack_ts: str | None
    payload: Mapping[str, Any]

    @property
    def is_over(self) -> bool:
        return self.state not in _ON_ITS_WAY

    @property
    def stands(self) -> bool:
        """Whether it is a message that stands in Slack."""
        return self.method is Method.POST and self.slack_ts is not None


_SAID = [delivery.c[name] for name in Said.__dataclass_fields__]
_SOME = (
    select(*_SAID)
    .where(
        delivery.c.team_id == _TEAM,
        delivery.c.is_blank.is_(False),
        delivery.c.id > bindparam("after"),
    )
    .order_by(delivery.c.id)
    .limit(_AT_ONCE)
)


def said(store: Store, team_id: str, traces: Traces) -> Iterator[Said]:
    """What Goen has said, or is about to, that names the person; everything that still has words.

    A surname counts here: what is blanked by mistake is only a copy.
    """
    after = 0
    while True:
        with store.read() as conn:
            rows = conn.execute(_SOME, {"team": team_id, "after": after}).mappings().all()
        if not rows:
            return
        for row in rows:
            words = json.dumps(row["payload"], ensure_ascii=False)
            if occurs_in(words, traces.nearby):
                yield Said(**row)
        after = rows[-1]["id"]


def forget(conn: Connection, team_id: str, one: Said) -> None:
    """Take away the words of a delivery that is over."""
    retention.blank(conn, team_id, [one.id])


def without(one: Said, traces: Traces) -> Mapping[str, Any]:
    """The same words without the person."""
    found: Mapping[str, Any] = redact_all(dict(one.payload), traces.nearby)
    return found


def _holding(
    store: Store, team_id: str, column: Column[Any], strings: tuple[str, ...]
) -> list[tuple[dict[str, Any], Any]]:
    """The rows of which a column holds one of the strings: their key, and what stands there."""
    if not strings:
        return []
    table = column.table
    keys = list(table.primary_key.columns)
    words = cast(column, Text)
    found = or_(
        *(
            or_(
                occurs(bindparam(None, one), words), occurs(bindparam(None, one), func.lower(words))
            )
            for one in dict.fromkeys(spellings(strings))
        )
    )
    with store.read() as conn:
        rows = conn.execute(
            select(*keys, column.label("value")).where(table.c.team_id == _TEAM, found),
            {"team": team_id},
        ).mappings()
        return [({key.name: row[key.name] for key in keys}, row["value"]) for row in rows]
