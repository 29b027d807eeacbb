"""Installations on both databases: sealed at rest, found by workspace, sealed anew by a new key."""

from datetime import datetime, timedelta

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import MetaData, select

from storage.engine import Store
from storage.installations import Installations, reseal, tokens
from storage.oauth_states import LIVES, OAuthStates
from storage.sealed import Keys, WrongKeys
from storage.tables import slack_bots, slack_installations
from tests.house import MONDAY_MORNING, Clock
from tests.tenants import KEY, OLD_KEY

CLIENT, TEAM, OTHER = "111.222", "T0HARUKAZE", "T0NATSUKAZE"
TOKEN = "xoxb-first"


def installation(team: str, token: str, at: datetime = MONDAY_MORNING) -> Installation:
    return Installation(
        app_id="A1",
        team_id=team,
        team_name="株式会社ハルカゼ",
        bot_token=token,
        bot_id="B1",
        bot_user_id="U0GOEN",
        bot_scopes="chat:write,commands",
        user_id="U0MORI",
        user_token="xoxp-person",
        enterprise_id="E1" if team == OTHER else None,
        installed_at=at.timestamp(),
    )


def kept(store: Store) -> list[str]:
    """Every secret as it lies in the database."""
    found: list[str] = []
    with store.read() as conn:
        for table in (slack_bots, slack_installations):
            for row in conn.execute(select(table)).mappings():
                found += [row[name] for name in row if name.endswith("token") and row[name]]
    return found


@pytest.fixture
def installations(store: Store) -> Installations:
    found = Installations(store, CLIENT, Keys([KEY]))
    found.save(installation(TEAM, TOKEN))
    return found


def test_the_tables_have_the_columns_of_slack_s_own_store() -> None:
    theirs = MetaData()
    for table, ours in (
        (SQLAlchemyInstallationStore.build_bots_table(theirs, "b"), slack_bots),
        (SQLAlchemyInstallationStore.build_installations_table(theirs, "i"), slack_installations),
    ):
        assert [column.name for column in table.c] == [column.name for column in ours.c]


def test_a_workspace_s_token_is_found_by_the_workspace(installations: Installations) -> None:
    installations.save(installation(OTHER, "xoxb-other"))
    first, other = installations.bot(TEAM), installations.bot(OTHER)
    assert first and first.bot_token == TOKEN
    assert other and other.bot_token == "xoxb-other"
    assert installations.bot("T0NOBODY") is None


def test_the_latest_installation_counts(installations: Installations) -> None:
    installations.save(installation(TEAM, "xoxb-later", MONDAY_MORNING + timedelta(minutes=1)))
    installations.save(installation(TEAM, "xoxb-earlier", MONDAY_MORNING - timedelta(minutes=1)))
    found = installations.bot(TEAM)
    assert found and found.bot_token == "xoxb-later"


@pytest.mark.usefixtures("installations")
def test_no_token_lies_in_the_database_as_it_is(store: Store) -> None:
    found = kept(store)
    assert len(found) == 3
    assert not any("xox" in one for one in found)


def test_slack_s_own_reading_of_the_store_opens_it_too(installations: Installations) -> None:
    found = installations.find_installation(enterprise_id=None, team_id=TEAM)
    assert found and (found.bot_token, found.user_token) == (TOKEN, "xoxp-person")


@pytest.mark.usefixtures("installations")
def test_a_token_that_no_key_opens_is_no_token_and_stops_nobody(store: Store) -> None:
    others = Installations(store, CLIENT, Keys([OLD_KEY]))
    others.save(installation(OTHER, "xoxb-other"))
    assert others.bot(TEAM) is None
    assert others.bot(OTHER)
    with store.read() as conn:
        assert tokens(conn, Keys([OLD_KEY])) == {TEAM: None, OTHER: "xoxb-other"}


@pytest.mark.usefixtures("installations")
def test_a_token_of_another_app_is_not_used(store: Store) -> None:
    assert Installations(store, "333.444", Keys([KEY])).bot(TEAM) is None


def test_a_new_key_takes_over_and_the_old_one_may_go(
    installations: Installations, store: Store
) -> None:
    new = Keys([OLD_KEY, KEY])
    assert reseal(store, new) == 3
    assert reseal(store, new) == 0
    alone = Installations(store, CLIENT, Keys([OLD_KEY])).bot(TEAM)
    assert alone and alone.bot_token == TOKEN
    assert installations.bot(TEAM) is None


def test_sealing_anew_with_a_missing_key_says_so_and_breaks_nothing(
    installations: Installations, store: Store
) -> None:
    with pytest.raises(WrongKeys):
        reseal(store, Keys([OLD_KEY]))
    assert installations.bot(TEAM)


def test_an_installation_that_is_part_of_a_transaction_ends_with_it(
    installations: Installations, store: Store
) -> None:
    with pytest.raises(RuntimeError), store.write() as conn:
        installations.save_within(conn, installation(OTHER, "xoxb-other"))
        raise RuntimeError
    assert installations.bot(OTHER) is None
    with store.write() as conn:
        installations.save_within(conn, installation(OTHER, "xoxb-other"))
    assert installations.bot(OTHER)


def test_a_state_is_good_once_and_for_ten_minutes(store: Store) -> None:
    clock = Clock()
    states = OAuthStates(store, clock)
    first, second = states.issue(), states.issue()
    assert first != second
    assert states.consume(first)
    assert not states.consume(first)
    assert not states.consume("made up")
    clock.move(seconds=LIVES.total_seconds())
    assert not states.consume(second)
