"""The app's manifest is what the code registers, and what Slack takes."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.scopes import OPTIONAL, SCOPES
from handlers import table
from handlers.request import Entry
from handlers.slack import EVENTS
from tests.house import ROOT

SCHEMA = Path(__file__).parent / "data" / "manifest.schema.json"


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return loaded


def test_slack_takes_the_manifest(manifest: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text())
    errors = [error.message for error in Draft7Validator(schema).iter_errors(manifest)]
    assert errors == []


def test_the_schema_would_refuse_a_mistake(manifest: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text())
    assert list(Draft7Validator(schema).iter_errors(manifest | {"features": {"slash": 1}}))


def test_its_commands_are_the_ones_that_answer(manifest: dict[str, Any]) -> None:
    declared = [one["command"] for one in manifest["features"]["slash_commands"]]
    assert sorted(declared) == table.routes().names(Entry.COMMAND)


def test_its_shortcuts_are_the_ones_that_answer(manifest: dict[str, Any]) -> None:
    declared = [one["callback_id"] for one in manifest["features"]["shortcuts"]]
    assert sorted(declared) == table.routes().names(Entry.SHORTCUT)


def test_its_events_are_the_ones_that_are_listened_to(manifest: dict[str, Any]) -> None:
    declared = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(declared) == sorted(EVENTS)


def test_every_event_has_a_handler_of_its_own() -> None:
    assert "app_home_opened" in table.routes().names(Entry.EVENT)


def test_its_scopes_are_the_ones_that_the_doctor_asks_for(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]
    assert scopes["bot"] == sorted(SCOPES | OPTIONAL)
    assert scopes["bot_optional"] == sorted(OPTIONAL)


def test_commands_escape_what_is_typed_so_that_a_mention_is_told_from_its_name(
    manifest: dict[str, Any],
) -> None:
    assert all(one["should_escape"] for one in manifest["features"]["slash_commands"])


@pytest.mark.parametrize("kind", ["slash_commands", "shortcuts"])
def test_what_a_person_reads_of_it_is_in_both_languages(
    manifest: dict[str, Any], kind: str
) -> None:
    for one in manifest["features"][kind]:
        said = one["description"]
        assert any("ぁ" <= letter <= "鿿" for letter in said), said
        assert any(letter.isascii() and letter.isalpha() for letter in said), said
