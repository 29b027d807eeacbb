"""Calling the command line as an operator does, in an empty directory."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.sandbox import Sandbox
from tests.house import APP_TOKEN, BOT_TOKEN, EMMA, ROOT, SATO, SIGNING_SECRET, Stage, people, stage


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to run in, with surroundings that say nothing but English."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "GOEN_", "DATABASE_URL", "LC_", "LANG")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    with Sandbox(people(), manifest, BOT_TOKEN, APP_TOKEN, SIGNING_SECRET) as sandbox:
        yield sandbox


@pytest.fixture
def lived_in(home: Path) -> Iterator[Stage]:
    """A database in which a day has passed, with its Slack."""
    with stage(f"sqlite:///{home}/goen.db", by_socket=True) as found:
        for user_id in (SATO, EMMA):
            found.sandbox.act_as(user_id).command("/goen")
        for user_id, company in ((SATO, "山田製作所"), (EMMA, "Northgate Logistics")):
            person = found.sandbox.act_as(user_id)
            view = person.command("/nps", f"「{company}」 「Reed」様 9").view
            assert view
            assert person.submit(view).ok
            person.close(view)
            person.command("/referral", f"「{company}」 > 「Globex {user_id}」 「Hart」様")
        found.settle()
        yield found
