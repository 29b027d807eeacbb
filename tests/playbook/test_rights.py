from dataclasses import replace

import pytest

from bot.playbook.reasons import ReasonCode, Refused
from bot.playbook.rights import Action, Actor, Subject, check, check_person, first_role, sees_all
from bot.playbook.terms import Role

REP = Actor("U_REP", "T1")
MANAGER = Actor("U_BOSS", "T1", Role.MANAGER)
ADMIN = Actor("U_ADMIN", "T1", Role.ADMIN)
OWN = Subject("T1", owner_id="U_REP")
SHARED = Subject("T1")
OTHERS = Subject("T1", owner_id="U_OTHER")


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        pytest.param(replace(ADMIN, team_id="T2"), ReasonCode.OTHER_WORKSPACE, id="stranger"),
        pytest.param(replace(ADMIN, is_bot=True), ReasonCode.BOT, id="bot"),
        pytest.param(replace(ADMIN, is_active=False), ReasonCode.DEACTIVATED, id="deactivated"),
        pytest.param(replace(ADMIN, is_guest=True), ReasonCode.GUEST, id="guest"),
        pytest.param(replace(ADMIN, is_member=False), ReasonCode.NOT_IN_TEAM, id="not a member"),
    ],
)
@pytest.mark.parametrize("action", Action)
def test_whoever_is_not_of_the_team_may_do_nothing(
    actor: Actor, code: ReasonCode, action: Action
) -> None:
    with pytest.raises(Refused) as refused:
        check(actor, action, Subject("T1", owner_id=actor.user_id, owed_by=actor.user_id))
    assert refused.value.reason.code is code


@pytest.mark.parametrize("subject", [OWN, SHARED], ids=["own", "shared"])
@pytest.mark.parametrize("action", [Action.VIEW, Action.LOG_NPS, Action.ASK, Action.DELETE])
def test_a_rep_acts_on_their_own_and_on_shared_customers(action: Action, subject: Subject) -> None:
    check(REP, action, subject)


@pytest.mark.parametrize("action", [Action.VIEW, Action.ASK, Action.TICK_FOLLOW_UP])
def test_a_rep_is_told_whose_customer_it_is(action: Action) -> None:
    with pytest.raises(Refused) as refused:
        check(REP, action, OTHERS)
    assert refused.value.reason.code is ReasonCode.SOMEBODY_ELSES
    assert refused.value.reason.values == {"owner": "U_OTHER"}


def test_whoever_owes_a_follow_up_may_tick_it_off() -> None:
    subject = replace(OTHERS, owed_by="U_REP")
    check(REP, Action.TICK_FOLLOW_UP, subject)
    with pytest.raises(Refused):
        check(REP, Action.DELETE, subject)


@pytest.mark.parametrize("action", [Action.VIEW, Action.REASSIGN, Action.OVERRIDE_ASK])
def test_a_manager_acts_on_everything_of_the_team(action: Action) -> None:
    check(MANAGER, action, OTHERS)


@pytest.mark.parametrize(
    ("actor", "action", "code"),
    [
        pytest.param(REP, Action.OVERRIDE_ASK, ReasonCode.MANAGERS_ONLY, id="rep overrides"),
        pytest.param(REP, Action.EDIT_CATALOGUE, ReasonCode.MANAGERS_ONLY, id="rep edits offers"),
        pytest.param(REP, Action.EDIT_SETTINGS, ReasonCode.ADMINS_ONLY, id="rep sets"),
        pytest.param(MANAGER, Action.EDIT_SETTINGS, ReasonCode.ADMINS_ONLY, id="manager sets"),
        pytest.param(MANAGER, Action.EDIT_ROLES, ReasonCode.ADMINS_ONLY, id="manager promotes"),
    ],
)
def test_a_role_that_is_too_low_is_told_which_one_it_takes(
    actor: Actor, action: Action, code: ReasonCode
) -> None:
    with pytest.raises(Refused) as refused:
        check(actor, action, SHARED)
    assert refused.value.reason.code is code


@pytest.mark.parametrize("action", Action)
def test_an_admin_may_do_everything(action: Action) -> None:
    check(ADMIN, action, OTHERS)


def test_the_first_person_becomes_admin_and_the_next_ones_reps() -> None:
    assert first_role(team_has_admin=False) is Role.ADMIN
    assert first_role(team_has_admin=True) is Role.REP


def test_only_managers_and_admins_see_all_accounts() -> None:
    assert [sees_all(actor) for actor in (REP, MANAGER, ADMIN)] == [False, True, True]


def test_a_member_may_use_goen_at_all() -> None:
    check_person(REP, "T1")
