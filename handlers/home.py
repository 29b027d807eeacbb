"""App Home: today's list (R2), made anew each time it is opened or something in it is clicked."""

from dataclasses import replace

from bot.messages.owed import items_of
from bot.playbook.follow_ups import digest_items
from bot.playbook.reasons import Refused
from bot.playbook.referral_facts import OUTCOMES
from bot.playbook.rights import check_person
from bot.playbook.terms import FollowUpState
from bot.views import ask_list as asks_view
from bot.views import follow_ups as follow_ups_view
from bot.views import home as views
from bot.views.home import HomeFacts, Newcomer, Numbers, Underway
from handlers import ask_list
from handlers.answers import Answer, Nothing, ShowHome
from handlers.request import Entry
from handlers.routes import Routes
from handlers.turn import Turn
from storage import customers, figures, follow_ups, people, referrals, stuck
from storage.clocks import person_time
from storage.follow_ups import Subject
from storage.referrals import Referral

_ASKED = 3
"""How many people Home suggests to ask; `/ask` has them all."""


def register(routes: Routes) -> None:
    routes.add(Entry.EVENT, "app_home_opened", opened, reads=True)


def opened(turn: Turn) -> Answer:
    """Somebody looks at Goen: Home is published, its other tabs need nothing."""
    return show(turn) if turn.request.event.get("tab", "home") == "home" else Nothing()


def show(turn: Turn) -> ShowHome:
    """The person's Home as it is now; handlers that are clicked on Home answer with it."""
    try:
        check_person(turn.actor, turn.team_id)
    except Refused as refused:
        if _may_begin(turn):
            return ShowHome(views.beginning(turn.voice, turn.me.name, turn.now))
        return ShowHome(views.closed(turn.voice, refused.reason))
    steps = figures.first_steps(turn.conn, turn.team_id)
    if not (steps.customers and (steps.scores or steps.results)):
        return ShowHome(
            views.newcomer(
                turn.voice,
                Newcomer(
                    name=turn.me.name,
                    now=turn.now,
                    role=turn.me.role,
                    has_customers=steps.customers,
                    has_scores=steps.scores,
                    has_results=steps.results,
                ),
            )
        )
    return ShowHome(views.show(turn.voice, _facts(turn)))


def _may_begin(turn: Turn) -> bool:
    """Whether nobody has set Goen up and this person could: see `/goen`."""
    if turn.workspace.channel_id or people.has_admin(turn.conn, turn.team_id):
        return False
    return replace(turn.me, is_member=True).may_own


def _facts(turn: Turn) -> HomeFacts:
    mine = None if turn.sees_all else turn.me.user_id
    person = person_time(turn.conn, turn.workspace, turn.me.user_id)
    owed = follow_ups.of_person(turn.conn, turn.team_id, turn.me.user_id, unowned=turn.sees_all)
    today = digest_items((row.facts() for row in owed), turn.now, person, turn.policy.digest_length)
    rows = {row.id: row for row in owed}
    due = items_of(turn.conn, turn.workspace, (rows[item.id] for item in today.items))
    counts = figures.of(turn.conn, turn.team_id, turn.policy, turn.now, owner_id=mine)
    open_ones = referrals.open_of_owner(turn.conn, turn.team_id, turn.me.user_id)
    return HomeFacts(
        name=turn.me.name,
        now=turn.now,
        role=turn.me.role,
        numbers=Numbers(
            due=len(today.items) + today.more,
            candidates=counts.candidates,
            open_referrals=counts.open_referrals,
            of_team=turn.sees_all,
        ),
        due=[follow_ups_view.item(turn.voice, item, turn.now) for item in due],
        due_more=today.more,
        to_ask=[asks_view.item(turn.voice, row) for row in ask_list.rows(turn, _ASKED)],
        underway=_listed(turn, [one for one in open_ones if one.stage not in OUTCOMES]),
        closing=_listed(turn, [one for one in open_ones if one.stage in OUTCOMES]),
        # Whoever answers for the team settles them too: see `handlers.stuck`.
        stuck=stuck.of_team(turn.conn, turn.team_id) if turn.sees_all else (),
    )


def _listed(turn: Turn, found: list[Referral]) -> views.Referrals:
    shown = [_underway(turn, one) for one in found[: views.LISTED]]
    return views.Referrals(shown, more=len(found) - len(shown))


def _underway(turn: Turn, one: Referral) -> Underway:
    referrer = customers.get_contact(turn.conn, turn.team_id, one.referrer_id)
    owed = follow_ups.about(turn.conn, turn.team_id, Subject(referral_id=one.id))
    return Underway(
        referral_id=one.id,
        company=one.company,
        referrer=referrer.name if referrer else "",
        stage=one.stage,
        owes=tuple(row.kind for row in owed if row.state is FollowUpState.OPEN),
    )
