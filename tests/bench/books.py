"""A team's books of any size, written by the database itself: a million contacts in seconds.

Each account has one person. Of eleven scores three are a promoter's, some of them stale; of ten of
a rep's contacts one has no result; one of seven was asked before. Each rep has as much as the
others, and the team shares as much as one of them has.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Connection, Integer, Text, TextClause, bindparam, text
from sqlalchemy.types import TypeEngine

from storage.types import UtcDateTime
from tests.house import SATO, TEAM

_DAYS = 120
"""The records were made on so many days."""
_NUMBERS = "numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :many)"
_DATES = ", ".join(f"({day}, :day_{day})" for day in range(_DAYS))
REPS = 5
"""Each fifth account is shared, each fifth is Sato's, and so on."""
ASKED = 7
"""Each seventh contact was asked before."""
_OWNER = f"CASE i % {REPS} WHEN 0 THEN NULL WHEN 1 THEN :sato ELSE 'U0REP' || (i % {REPS}) END"

_CUSTOMERS = f"""
WITH RECURSIVE {_NUMBERS}
INSERT INTO customer (id, team_id, name, name_key, search_key, kind, owner_id, gift_policy,
                      created_by, created_at)
SELECT i, :team, '顧客' || i, '顧客' || i, '顧客' || i, 'customer', {_OWNER}, 'unknown',
       :sato, :now
FROM numbers
"""
_CONTACTS = f"""
WITH RECURSIVE {_NUMBERS}
INSERT INTO contact (id, team_id, customer_id, name, name_key, search_key, created_by, created_at)
SELECT i, :team, i, '担当' || i, '担当' || i, '担当' || i, :sato, :now
FROM numbers
"""
_STATES = f"""
WITH RECURSIVE {_NUMBERS}, days(k, at) AS (VALUES {_DATES})
INSERT INTO contact_state (contact_id, team_id, customer_id, owner_id, opted_out, open_complaint,
                           nps_id, nps_score, nps_at, nps_by, result_id, result_kpi,
                           result_percent, result_at, last_ask_id, last_asked_at, last_asked_by,
                           referrals_given, is_promoter, is_askable, rank_key)
SELECT i, :team, i, {_OWNER}, false, false,
       i, i % 11, scored.at, :sato, measured.k, CASE WHEN measured.k > 0 THEN '見積作成時間' END,
       CASE WHEN measured.k > 0 THEN -48 END, CASE WHEN measured.k > 0 THEN measured.at END,
       CASE WHEN i % {ASKED} = 0 THEN i END, CASE WHEN i % {ASKED} = 0 THEN asked.at END,
       CASE WHEN i % {ASKED} = 0 THEN :sato END,
       0, i % 11 >= 8, i % 11 >= 8, (i % 100003) * 7919 + i
FROM numbers
JOIN days AS scored ON scored.k = i % {_DAYS}
JOIN days AS measured ON measured.k = (i / {REPS} % 10) * 12
JOIN days AS asked ON asked.k = (i * 7) % {_DAYS}
"""


_ASKS = f"""
WITH RECURSIVE {_NUMBERS}, days(k, at) AS (VALUES {_DATES})
INSERT INTO ask (id, team_id, contact_id, moment, state, sent_by, sent_at, answer, created_by,
                 created_at)
SELECT i, :team, i, 'result', CASE i % 3 WHEN 0 THEN 'sent' ELSE 'answered' END,
       COALESCE({_OWNER}, :sato), at,
       CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN 'declined' ELSE 'later' END, :sato, :now
FROM numbers JOIN days ON k = i % {_DAYS}
WHERE i % {ASKED} = 0
"""
_REFERRALS = f"""
WITH RECURSIVE {_NUMBERS}
INSERT INTO referral (id, team_id, referrer_id, company, company_key, owner_id, stage, generation,
                      consent, received_at, amount_minor, currency, created_by, created_at)
SELECT i, :team, i, '紹介先' || i, '紹介先' || i, COALESCE({_OWNER}, :sato),
       CASE i % 4 WHEN 0 THEN 'received' WHEN 1 THEN 'meeting' WHEN 2 THEN 'won' ELSE 'lost' END,
       1, 'agreed', :now, CASE i % 4 WHEN 2 THEN 1200000 END, CASE i % 4 WHEN 2 THEN 'JPY' END,
       :sato, :now
FROM numbers
WHERE i % 50 IN (0, 1, 2, 3)
"""
_REMINDERS = f"""
WITH RECURSIVE {_NUMBERS}
INSERT INTO delivery (team_id, dedup_key, kind, method, channel, payload, due_at, expires_at, state,
                      is_stale)
SELECT :team, 'reminder:' || i, 'reminder', 'post', 'C' || (i % :channels), :payload, :now, :later,
       'pending', false
FROM numbers
"""


def fill(conn: Connection, contacts: int, now: datetime) -> None:
    """Accounts, people and what is known of them, in an empty database."""
    _execute(conn, (_CUSTOMERS, _CONTACTS, _STATES), contacts, now)
    if conn.dialect.name == "postgresql":
        for table in ("customer", "contact"):
            conn.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


def fill_programme(conn: Connection, contacts: int, now: datetime) -> None:
    """Beside `fill`: an ask of each seventh contact, and a referral by four of fifty."""
    _execute(conn, (_ASKS, _REFERRALS), contacts, now)


def fill_reminders(conn: Connection, many: int, channels: int, now: datetime) -> None:
    """Messages that are due now, in so many channels by turns."""
    payload = {"text": "鈴木商事の吉野さまへ、初回連絡の期限です。"}
    later = now + timedelta(days=1)
    _execute(conn, (_REMINDERS,), many, now, channels=channels, payload=payload, later=later)


def _execute(
    conn: Connection, statements: Iterable[str], many: int, now: datetime, **more: object
) -> None:
    dates = {f"day_{day}": now - timedelta(days=day) for day in range(_DAYS)}
    values = {"many": many, "team": TEAM, "sato": SATO, "now": now, **dates, **more}
    for statement in statements:
        prepared = _prepared(statement)
        conn.execute(prepared, {name: values[name] for name in prepared._bindparams})
    conn.execute(text("ANALYZE"))


def _prepared(statement: str) -> TextClause:
    found = text(statement)
    types = (_type(name) for name in found._bindparams)
    typed = zip(found._bindparams, types, strict=True)
    return found.bindparams(*(bindparam(name, type_=kind) for name, kind in typed))


def _type(name: str) -> TypeEngine[Any]:
    if name in {"now", "later"} or name.startswith("day_"):
        return UtcDateTime()
    if name == "payload":
        return JSON()
    return Integer() if name in {"many", "channels"} else Text()
