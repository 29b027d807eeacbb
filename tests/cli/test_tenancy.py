"""One workspace or several: what the settings must say, keys, and what the doctor makes of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox import CLIENT_ID, CLIENT_SECRET
from tests.cli.terminal import call, said
from tests.house import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TEAM
from tests.tenants import KEY, OLD_KEY, OTHER_TEAM, PUBLIC_URL, Estate, estate

MANY = {
    "SLACK_CLIENT_ID": CLIENT_ID,
    "SLACK_CLIENT_SECRET": CLIENT_SECRET,
    "SLACK_SIGNING_SECRET": SIGNING_SECRET,
    "GOEN_ENCRYPTION_KEYS": KEY,
    "GOEN_PUBLIC_URL": PUBLIC_URL,
}


@pytest.fixture
def grounds(home: Path) -> Iterator[Estate]:
    """The database of the directory to run in, with both workspaces in it."""
    with estate(f"sqlite:///{home}/goen.db", by_socket=True) as found:
        for tenant in (found.first, found.second):
            found.install(tenant)
        yield found


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", [["run"], ["tick", "--at", "2026-11-24T09:00+09:00"]])
@pytest.mark.parametrize(
    ("env", "english", "japanese"),
    [
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "Please keep one of the two", "どちらか一方"),
        ({"SLACK_CLIENT_SECRET": ""}, "belong together", "両方必要"),
        ({"SLACK_CLIENT_ID": ""}, "belong together", "両方必要"),
        ({"SLACK_SIGNING_SECRET": ""}, "Either SLACK_APP_TOKEN", "どちらかが必要"),
        ({"GOEN_ENCRYPTION_KEYS": ""}, "python -m bot new-key", "python -m bot new-key"),
        ({"GOEN_PUBLIC_URL": ""}, "GOEN_PUBLIC_URL is missing", "GOEN_PUBLIC_URL がありません"),
        ({"GOEN_CHANNEL": "C0REFERRALS"}, "each chooses its own", "それぞれの /goen settings"),
    ],
    ids=["both", "no secret", "no id", "no way in", "no keys", "no address", "a channel"],
)
def test_what_is_missing_or_contradictory_is_said_in_both_languages_with_its_mend(
    command: list[str], env: dict[str, str], english: str, japanese: str
) -> None:
    result = call(*command, **MANY | env)
    assert result.exit_code == 2
    assert english in said(result)
    assert japanese in result.output


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("keys", ["short", f"{KEY},short", "x" * 44], ids=["one", "two", "long"])
def test_a_key_that_is_none_is_refused_and_not_shown(keys: str) -> None:
    result = call("run", **MANY | {"GOEN_ENCRYPTION_KEYS": keys})
    assert result.exit_code == 2
    assert "GOEN_ENCRYPTION_KEYS" in said(result)
    assert "new-key" in result.output
    assert "short" not in result.output


@pytest.mark.usefixtures("home")
def test_a_new_key_is_one_that_the_settings_take() -> None:
    key = said(call("new-key")).strip()
    assert key != said(call("new-key")).strip()
    result = call("rotate-keys", **MANY | {"GOEN_ENCRYPTION_KEYS": f"{key}, {KEY}"})
    assert result.exit_code == 0
    assert "0 tokens were encrypted anew" in said(result)


def test_keys_are_changed_while_the_bot_runs(grounds: Estate) -> None:
    both = MANY | {"GOEN_ENCRYPTION_KEYS": f"{OLD_KEY},{KEY}"}
    assert "4 tokens were encrypted anew" in said(call("rotate-keys", **both))
    assert "0 tokens were encrypted anew" in said(call("rotate-keys", **both))
    alone = MANY | {"GOEN_ENCRYPTION_KEYS": OLD_KEY, "SLACK_API_URL": grounds.sandbox.api_url}
    assert "Slack answers: 株式会社ハルカゼ" in said(call("doctor", **alone))


@pytest.mark.usefixtures("grounds")
def test_a_missing_key_changes_nothing_and_is_asked_for() -> None:
    result = call("rotate-keys", **MANY | {"GOEN_ENCRYPTION_KEYS": OLD_KEY})
    assert result.exit_code == 2
    assert "put the key it was encrypted with back" in said(result)


def test_the_doctor_looks_at_each_workspace(grounds: Estate) -> None:
    env = MANY | {"SLACK_API_URL": grounds.sandbox.api_url, "SLACK_APP_TOKEN": APP_TOKEN}
    result = call("doctor", **env)
    for tenant in ("株式会社ハルカゼ", "株式会社ナツカゼ"):
        assert f"Slack answers: {tenant}" in said(result)
    wrong = call("doctor", **env | {"GOEN_ENCRYPTION_KEYS": OLD_KEY})
    for team in (TEAM, OTHER_TEAM):
        assert f"opens the token of {team}" in said(wrong)


def test_an_export_has_to_say_which_workspace_and_holds_no_token(
    grounds: Estate, tmp_path: Path
) -> None:
    assert grounds.bot.team_id is None
    assert "--team" in said(call("export", str(tmp_path / "all"), **MANY))
    result = call("export", str(tmp_path / "one"), "--team", OTHER_TEAM, **MANY)
    assert result.exit_code == 0, said(result)
    written = {path.name: path.read_text("utf-8-sig") for path in (tmp_path / "one").iterdir()}
    assert "株式会社ナツカゼ" in written["workspace.csv"]
    assert not any("slack_" in name or "oauth" in name for name in written)
    assert TEAM not in "".join(written.values())
