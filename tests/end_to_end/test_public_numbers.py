"""An admin chooses in the settings what customers may see, and it is counted anew each day (S6)."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.playbook.public_numbers import PublicNumber
from bot.sandbox.modals import View
from bot.sandbox.person import Person
from bot.views import ids
from storage import public_numbers, workspaces
from storage.tables import audit
from tests.end_to_end.steps import promoter, shown
from tests.house import MORI, SATO, TEAM, Stage


@pytest.fixture
def admin(live: Stage) -> Person:
    mori = live.sandbox.act_as(MORI)
    mori.command("/goen")
    return mori


def form(person: Person) -> View:
    person.command("/goen", "settings")
    return shown(person)


def offered(view: View) -> dict[str, str]:
    """What each number would say, by its name."""
    block: dict[str, Any] = next(one for one in view.blocks if one["block_id"] == ids.PUBLISHED)
    options = block["element"]["options"]
    return {one["value"]: one["description"]["text"] for one in options}


def seen(live: Stage) -> list[tuple[PublicNumber, int]]:
    with live.bot.store.read() as conn:
        workspace = workspaces.get(conn, TEAM)
        assert workspace
        return [(one.kind, one.n) for one in public_numbers.published(conn, workspace)]


def test_nothing_is_published_until_somebody_chooses_it(live: Stage, admin: Person) -> None:
    assert admin.submit(form(admin)).ok
    assert seen(live) == []


def test_the_form_says_what_each_number_would_say(live: Stage, admin: Person) -> None:
    promoter(live, SATO, score=9)
    said = offered(form(admin))
    assert list(said) == list(PublicNumber)
    assert said[PublicNumber.SATISFACTION] == "まだ件数が少なく、表示しません（n=1、10から）"


def test_what_is_chosen_is_published_and_counted_anew_each_day(live: Stage, admin: Person) -> None:
    promoter(live, SATO, score=9)
    chosen = {ids.PUBLISHED: [PublicNumber.SATISFACTION, PublicNumber.REFERRERS]}
    assert admin.submit(form(admin), chosen).ok
    assert seen(live) == [(PublicNumber.REFERRERS, 0), (PublicNumber.SATISFACTION, 1)]
    assert "お客さまに見せる数字" in str(shown(admin).blocks)
    with live.bot.store.read() as conn:
        noted = conn.execute(
            select(audit.c.detail).where(audit.c.action == "publish_numbers")
        ).scalar_one()
    assert noted == {"numbers": "referrers,satisfaction"}

    promoter(live, SATO, score=8, company="鈴木商事")
    assert seen(live)[1] == (PublicNumber.SATISFACTION, 1)
    live.clock.move(days=1)
    live.settle()
    assert seen(live)[1] == (PublicNumber.SATISFACTION, 2)


def test_what_is_unticked_is_gone_at_once(live: Stage, admin: Person) -> None:
    admin.submit(form(admin), {ids.PUBLISHED: [PublicNumber.REFERRERS]})
    admin.close(shown(admin))
    admin.submit(form(admin), {ids.PUBLISHED: []})
    assert seen(live) == []
