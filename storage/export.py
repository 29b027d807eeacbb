"""Everything of a workspace as tables of text cells that a spreadsheet may open safely."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from bot.playbook.cells import cell
from storage.tables import (
    departure,
    inbox,
    metadata,
    oauth_state,
    slack_bots,
    slack_installations,
)

_PORTION = 1_000
_NOT_THEIRS = (inbox, departure, oauth_state, slack_bots, slack_installations)
"""What means nothing outside of Goen, and what nobody may have: tokens above all."""
_LEFT_OUT = frozenset({"response_url", "token", "token_hash"})
"""Addresses at which whoever knows them may answer in our name, or in a customer's."""


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its header, and its rows as they are read."""

    name: str
    columns: Sequence[str]
    rows: Iterator[list[str]]


def sheets(conn: Connection, team_id: str) -> Iterator[Sheet]:
    """The tables of a workspace, each to be read before the next one."""
    for table in metadata.sorted_tables:
        if table not in _NOT_THEIRS:
            columns = [column for column in table.columns if column.name not in _LEFT_OUT]
            yield Sheet(
                table.name,
                [column.name for column in columns],
                _rows(conn, table, columns, team_id),
            )


def _rows(
    conn: Connection, table: Table, columns: Sequence[Column[Any]], team_id: str
) -> Iterator[list[str]]:
    mine = select(*columns).where(table.c.team_id == team_id)
    statement = mine.order_by(*table.primary_key.columns)
    found = conn.execute(statement, execution_options={"yield_per": _PORTION})
    for row in found:
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return cell(json.dumps(value, ensure_ascii=False, sort_keys=True))
    if isinstance(value, bool):
        return "1" if value else "0"
    return cell(value)
