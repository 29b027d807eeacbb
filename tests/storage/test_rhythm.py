"""The counts of the weekly messages, on both databases."""

from datetime import datetime, timedelta

import pytest

from bot.playbook.contact_state import ask_window
from bot.playbook.policy import Policy
from bot.playbook.terms import Consent, Direction, FollowUpKind, Stage
from storage import customers, nps, referrals, results, rhythm, upkeep
from storage.engine import Store
from storage.rhythm import Week
from storage.workspaces import Workspace
from tests.house import EMMA, SATO, TEAM
from tests.scheduler.stand import enter, owe, utc

NOW = utc(2026, 11, 20, 1)
MONDAY = utc(2026, 11, 15, 15)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
POLICY = Policy()


@pytest.fixture
def team(store: Store) -> Workspace:
    return enter(store, NOW)


def scored(
    store: Store, team: Workspace, name: str, owner: str | None, score: int, at: datetime
) -> int:
    """A contact of a new account, with a result and a score; its id."""
    with store.write() as conn:
        customer_id = customers.create(conn, TEAM, at, name=name, owner_id=owner, created_by=SATO)
        contact_id = customers.add_contact(
            conn, TEAM, at, customer_id=customer_id, name="吉野", created_by=SATO
        )
        written = {"created_by": SATO, "created_at": at}
        nps.add(
            conn, TEAM, contact_id=contact_id, score=score, comment="", answered_at=at, **written
        )
        results.add(
            conn,
            TEAM,
            customer_id=customer_id,
            contact_id=None,
            kpi="見積作成時間",
            before=4,
            after=2,
            before_unit="h",
            after_unit="h",
            direction=Direction.LOWER,
            period="",
            percent=-50,
            improved=True,
            measured_at=at,
            **written,
        )
        upkeep.contact_changed(conn, team, contact_id, at)
    return contact_id


def test_scores_and_candidates_are_counted_by_owner(store: Store, team: Workspace) -> None:
    scored(store, team, "A", SATO, 9, NOW - 10 * DAY)
    scored(store, team, "B", SATO, 9, NOW - 100 * DAY)
    scored(store, team, "C", EMMA, 3, NOW - 100 * DAY)
    scored(store, team, "D", None, 8, NOW - 10 * DAY)
    since = ask_window(NOW, POLICY).nps_since

    with store.read() as conn:
        assert rhythm.stale_scores(conn, TEAM, since) == {SATO: 1, EMMA: 1}
        assert rhythm.candidates(conn, TEAM, since) == {SATO: 1, None: 1}
        assert rhythm.askable(conn, TEAM, ask_window(NOW, POLICY)) == {SATO: 1, None: 1}
        assert rhythm.askable(conn, TEAM, ask_window(NOW + 60 * DAY, POLICY)) == {
            SATO: 1,
            None: 1,
        }
        assert rhythm.askable(conn, TEAM, ask_window(NOW + 90 * DAY, POLICY)) == {}


@pytest.mark.usefixtures("team")
def test_what_is_owed_is_counted_by_kind_and_promise(store: Store) -> None:
    owe(store, FollowUpKind.PROGRESS_UPDATE, NOW, NOW, customer="A")
    owe(store, FollowUpKind.PROGRESS_UPDATE, NOW + 7 * DAY, NOW, customer="B")
    owe(store, FollowUpKind.THANKS_WIN, NOW, NOW, by=None, customer="C")

    kinds = (FollowUpKind.PROGRESS_UPDATE, FollowUpKind.THANKS_WIN)
    with store.read() as conn:
        assert rhythm.owed(conn, TEAM, kinds, NOW + DAY) == {SATO: 1, None: 1}
        assert rhythm.owed(conn, TEAM, kinds[:1], NOW + 8 * DAY) == {SATO: 2}


def test_a_week_counts_what_happened_in_it_and_which_contacts_were_in_time(
    store: Store, team: Workspace
) -> None:
    contact_id = scored(store, team, "A", SATO, 9, MONDAY + DAY)
    scored(store, team, "B", SATO, 9, MONDAY - HOUR)
    received = MONDAY + HOUR
    with store.write() as conn:
        for number, columns in enumerate(
            (
                {"contacted_at": received + 24 * HOUR, "meeting_at": NOW - HOUR},
                {"contacted_at": received + 25 * HOUR},
                {
                    "contacted_at": received + 60 * HOUR,
                    "consent": Consent.AGREED,
                    "consent_at": received + 40 * HOUR,
                    "stage": Stage.WON,
                    "outcome_at": NOW - HOUR,
                },
                {"stage": Stage.LOST, "outcome_at": NOW - 30 * DAY},
                {"stage": Stage.CANCELLED, "contacted_at": received + HOUR},
            )
        ):
            one = referrals.add(
                conn,
                TEAM,
                received,
                referrer_id=contact_id,
                company=f"紹介先{number}",
                owner_id=SATO,
                created_by=SATO,
            )
            referrals.ROWS.change(conn, TEAM, one, **columns)

        found = rhythm.week(conn, TEAM, POLICY, MONDAY, NOW)

    assert found == Week(
        scores=1,
        results=1,
        asks=0,
        received=4,
        contacted=3,
        in_time=2,
        meetings=1,
        won=1,
        lost=0,
    )
