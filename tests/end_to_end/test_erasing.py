"""A person asks to be erased: nothing of theirs is left, and the figures still add up (P2)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot.playbook.terms import Consent, Role
from bot.sandbox.person import Person as Acting
from bot.views import ids
from storage import customers, people, referrals
from storage.states import ErrandState
from storage.tables import ask, audit, contact, errand, metadata, moment, nps, referral, result
from tests.end_to_end.referral_steps import has_customer
from tests.end_to_end.steps import YAMADA, give_role, promoter, shown
from tests.end_to_end.steps import contact as contact_of
from tests.history import ARISUGAWA, YOSHINO, Person, leave, live_through
from tests.house import CHANNEL, EMMA, MORI, SATO, TANAKA, TEAM, Stage, stage


@pytest.fixture
def lived(database_url: str) -> Iterator[Stage]:
    """Ten days of a team, on each database."""
    with stage(database_url, by_socket=False) as found:
        live_through(found)
        yield found
        assert found.sandbox.refusals == []


def database(on: Stage) -> str:
    """Every column of every table as text, with JSON unescaped."""
    with on.bot.store.read() as conn:
        return "\n".join(
            _as_text(value)
            for table in metadata.sorted_tables
            for row in conn.execute(select(table))
            for value in row
        )


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def slack(on: Stage) -> str:
    """Every message of ours that stands in Slack."""
    seen = []
    for user in (SATO, MORI, EMMA, TANAKA):
        who = on.sandbox.act_as(user)
        for message in (*who.dm(), *who.messages(CHANNEL)):
            # What people wrote themselves, and what only one screen showed, is not ours to change.
            if message.user != user and not message.ephemeral and message.metadata:
                seen.append(message.words)
    return "\n".join(seen)


def traces(of: Person, text: str) -> list[str]:
    return [one for one in (of.name, of.email, *of.said) if one in text]


def erase(on: Stage, who: Acting, line: str) -> str:
    """What is said, after everything that follows from it has come."""
    view = who.command("/goen", f"erase {line}").view
    assert view
    submission = who.submit(view)
    assert submission.ok, submission
    said = shown(who).words
    leave(who)
    on.settle()
    return said


def test_nothing_of_a_contact_is_left_but_figures_that_say_of_nobody_whose_they_are(
    lived: Stage,
) -> None:
    assert len(traces(YOSHINO, database(lived))) == 5
    assert YOSHINO.name in slack(lived)
    rows = counted(lived)
    one = contact_of(lived, YOSHINO.company, YOSHINO.name)
    _close_the_referrals(lived)

    said = erase(lived, lived.sandbox.act_as(SATO), f"{YOSHINO.company} {YOSHINO.name}様")

    assert traces(YOSHINO, database(lived)) == []
    assert traces(YOSHINO, slack(lived)) == []
    assert traces(YOSHINO, said) == []
    assert "スコア1件" in said
    assert "紹介依頼1件" in said
    assert counted(lived) == rows
    with lived.bot.store.read() as conn:
        noted = select(audit.c.user_id, audit.c.record_id).where(audit.c.action == "erase")
        assert (SATO, str(one.id)) in [tuple(row) for row in conn.execute(noted)]
        done = select(errand.c.state, errand.c.detail).where(errand.c.kind == "erase")
        assert [tuple(row) for row in conn.execute(done)] == [(ErrandState.DONE, {})]
    assert "個人情報の消去が終わりました" in lived.sandbox.act_as(SATO).dm()[-1].words
    assert traces_in_files(lived) == []


def test_nothing_of_a_referred_person_is_left_though_they_became_a_customer(lived: Stage) -> None:
    assert len(traces(ARISUGAWA, database(lived))) == 5
    _close_the_referrals(lived)

    erase(lived, lived.sandbox.act_as(SATO), f"{ARISUGAWA.company} {ARISUGAWA.name}様")

    assert traces(ARISUGAWA, database(lived)) == []
    assert traces(ARISUGAWA, slack(lived)) == []
    with lived.bot.store.read() as conn:
        assert customers.named(conn, TEAM, ARISUGAWA.company), "the company stays a customer"
        row = referrals.get(conn, TEAM, 1)
    assert row
    assert row.consent is Consent.OPTED_OUT


def counted(on: Stage) -> list[int]:
    """How many there are of what figures are made of."""
    with on.bot.store.read() as conn:
        return [
            conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (nps, referral, contact, ask, result, moment)
        ]


def traces_in_files(on: Stage) -> list[str]:
    """Of SQLite; PostgreSQL's files are its own, and VACUUM takes what is old out of them."""
    url = make_url(on.bot.settings.database_url)
    if url.get_backend_name() != "sqlite":
        return []
    on.bot.store.scrub()
    files = [Path(f"{url.database}{end}") for end in ("", "-wal")]
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    looked_for = (YOSHINO.email, YOSHINO.name, json.dumps(YOSHINO.name)[1:-1], *YOSHINO.said)
    return [one for one in looked_for if one.encode() in raw]


def _close_the_referrals(on: Stage) -> None:
    """Nobody is erased in the middle of a referral: what is open is struck off first."""
    sato = on.sandbox.act_as(SATO)
    with on.bot.store.read() as conn:
        open_ones = [row.id for row in referrals.open_of_owner(conn, TEAM, SATO)]
    for referral_id in open_ones:
        while view := sato.view():
            sato.close(view)
        home = sato.home()
        assert home
        card = sato.click(home, ids.OPEN_REFERRAL, value=str(referral_id)).view
        assert card
        form = sato.click(card, ids.REFERRAL_MENU, value=f"delete:{referral_id}").view
        assert form
        assert sato.submit(form).ok
        leave(sato)
    on.settle()


def test_somebody_elses_customer_is_not_found_and_not_erased(live: Stage) -> None:
    has_customer(live, YAMADA, "吉野 真理", owner=SATO)
    live.sandbox.act_as(MORI).command("/goen")
    tanaka = live.sandbox.act_as(TANAKA)

    view = tanaka.command("/goen", f"erase {YAMADA} 吉野").view

    assert view
    assert "吉野 真理" not in view.words
    assert tanaka.options(view, ids.FIND_ERASABLE, "吉野") == []


def test_a_contact_is_erased_from_where_contacts_are_deleted(live: Stage) -> None:
    one = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    card = sato.command("/goen", f"customer {YAMADA}").view
    assert card
    form = sato.click(card, ids.CONTACT_MENU, value=f"delete:{one.id}").view
    assert form
    asked = sato.click(form, ids.OPEN_ERASE).view
    assert asked
    assert "元に戻すことはできません" in asked.words

    assert sato.submit(asked).ok
    live.settle()

    with live.bot.store.read() as conn:
        gone = customers.get_contact(conn, TEAM, one.id)
    assert gone
    assert (gone.name, gone.email) == ("", None)
    assert gone.deleted_at
    assert one.name not in database(live)


def test_an_old_button_does_not_bring_an_erased_contact_back(live: Stage) -> None:
    one = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    card = sato.command("/goen", f"customer {YAMADA}").view
    assert card
    form = sato.click(card, ids.CONTACT_MENU, value=f"delete:{one.id}").view
    assert form
    sato.submit(form)
    deleted = shown(sato)
    mori = live.sandbox.act_as(MORI)
    mori.command("/goen")
    give_role(live, MORI, Role.MANAGER)
    erase(live, mori, f"{YAMADA} {one.name}")

    sato.click(deleted, ids.RESTORE_CONTACT)

    with live.bot.store.read() as conn:
        still = customers.get_contact(conn, TEAM, one.id)
    assert still
    assert still.deleted_at


def test_nobody_is_erased_in_the_middle_of_a_referral_and_the_answer_says_which(
    live: Stage,
) -> None:
    one = promoter(live, SATO)
    sato = live.sandbox.act_as(SATO)
    sato.command("/referral", f"{YAMADA} > 鈴木商事 鈴木様")

    said = erase(live, sato, f"{YAMADA} {one.name}")

    assert "鈴木商事" in said
    with live.bot.store.read() as conn:
        still = customers.get_contact(conn, TEAM, one.id)
    assert still
    assert still.name == one.name


def test_a_colleague_who_has_left_is_erased_by_an_admin_and_stays_erased(live: Stage) -> None:
    sato, mori = live.sandbox.act_as(SATO), live.sandbox.act_as(MORI)
    mori.command("/goen")
    promoter(live, SATO)
    live.settle()
    view = mori.command("/goen", "erase").view
    assert view
    assert mori.options(view, ids.FIND_ERASABLE, "佐藤") == [], "they are still in the team"
    mori.close(view)
    live.sandbox.leave(CHANNEL, SATO)

    said = erase(live, mori, "佐藤")

    assert f"<@{SATO}>" in said
    assert "佐藤 美咲" not in database(live)
    assert "sato@harukaze.example" not in database(live)
    with live.bot.store.read() as conn:
        acted = select(func.count()).select_from(audit).where(audit.c.user_id == SATO)
        assert conn.execute(acted).scalar_one() > 0
    # Slack is asked about them once more, and they are still gone; until they are back.
    live.clock.move(days=2)
    sato.command("/goen")
    assert "佐藤 美咲" not in database(live)


def test_a_rep_may_not_erase_a_colleague(live: Stage) -> None:
    live.sandbox.act_as(MORI).command("/goen")
    sato = live.sandbox.act_as(SATO)
    view = sato.command("/goen", "erase").view
    assert view
    with live.bot.store.write() as conn:
        people.set_membership(conn, TEAM, EMMA, is_member=False)

    assert sato.options(view, ids.FIND_ERASABLE, "Emma") == []
    sato.submit(
        view, {ids.ERASED: {"text": {"type": "plain_text", "text": "x"}, "value": f"user:{EMMA}"}}
    )

    with live.bot.store.read() as conn:
        noted = select(audit.c.id).where(audit.c.action == "erase_colleague")
        assert conn.execute(noted).first() is None
