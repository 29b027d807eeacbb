"""What people owe: ticked off, put off, taken back, handed over, and the list of it (R2 R4 F1)."""

from collections.abc import Callable

from bot.messages import drafts
from bot.messages.owed import item_of, items_of, owner_of
from bot.messages.rewrite import rewrite
from bot.playbook.follow_ups import urgency
from bot.playbook.reasons import Refusal
from bot.playbook.referrals import refuse_contact
from bot.playbook.rights import Action
from bot.playbook.terms import FollowUpKind, FollowUpState, Snooze
from bot.playbook.working_time import DAY
from bot.texts.voice import Markup, mention
from bot.views import follow_up_forms as forms
from bot.views import follow_ups as views
from bot.views import ids, reasons
from bot.views.answers import as_modal
from bot.views.blocks import Message, section
from bot.views.follow_ups import (
    MOST_IN_MESSAGE,
    MOST_IN_MODAL,
    MOST_RECENT,
    STRIKE_OFF,
    Listed,
    Place,
    Target,
)
from handlers import follow_up_moves as moves
from handlers import home
from handlers.answers import Answer, Invalid, Nothing, OpenView, Replace, Say, Sorry
from handlers.follow_up_moves import Changed, Held
from handlers.reading import Outdated, word
from handlers.reading import day as date_of
from handlers.request import Entry, Surface
from handlers.routes import Routes
from handlers.turn import Turn
from storage import follow_ups, people, referrals
from storage.clocks import person_time
from storage.follow_ups import Row

Move = Callable[[Turn, Held], Changed | Refusal]


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.SHOW_FOLLOW_UPS, show_from_button, reads=True)
    routes.add(Entry.ACTION, ids.SWITCH_FOLLOW_UPS, switch)
    routes.add(Entry.ACTION, ids.FOLLOW_UP_DONE, tick)
    routes.add(Entry.ACTION, ids.FOLLOW_UP_LATER, later)
    routes.add(Entry.ACTION, ids.FOLLOW_UP_UNDO, take_back)
    routes.add(Entry.ACTION, ids.FOLLOW_UP_DRAFT, show_draft)
    routes.add(Entry.ACTION, ids.FOLLOW_UP_HAND_OVER, open_hand_over, reads=True)
    routes.add(Entry.SUBMISSION, ids.SNOOZE_FORM, put_off_to_a_day)
    routes.add(Entry.SUBMISSION, ids.HAND_OVER_FORM, hand_over)


def show_list(turn: Turn) -> Answer:
    """`/goen followups`: what I owe, or for managers what the team owes; a button opens a modal."""
    place = Place.TEAM if turn.sees_all else Place.MINE
    if turn.request.entry is Entry.COMMAND:
        return Say(listing(turn, place, MOST_IN_MESSAGE))
    return _as_modal(turn, place)


def show_from_button(turn: Turn) -> Answer:
    """All of what a digest or the weekly message shows a part of."""
    return _as_modal(turn, word(Place, turn.request.value or Place.MINE))


def switch(turn: Turn) -> Answer:
    """From my own list to the team's and back, in the same place."""
    most = _most_on(turn.request.surface)
    return Replace(listing(turn, word(Place, turn.request.value), most))


def listing(turn: Turn, place: Place, most: int, note: Markup | None = None) -> Message:
    """The list as it is now; the team's only for those who see it."""
    if place is Place.TEAM and not turn.sees_all:
        place = Place.MINE
    rows = _open_rows(turn, place)
    mine = None if place is Place.TEAM else turn.me.user_id
    since = turn.now - turn.policy.undo_within
    settled = follow_ups.settled_lately(turn.conn, turn.team_id, since, MOST_RECENT, user_id=mine)
    listed = Listed(
        place=place,
        open=items_of(turn.conn, turn.workspace, rows[:most]),
        more=max(0, len(rows) - most),
        recent=items_of(turn.conn, turn.workspace, settled),
        sees_team=turn.sees_all,
        is_short=most < MOST_IN_MODAL,
    )
    return views.listing(turn.voice, listed, turn.now, note)


def tick(turn: Turn) -> Answer:
    """Done. Whoever owes it may tick it off, whosever the customer."""
    return _move(turn, _target(turn.request.value), "tick_follow_up", moves.tick)


def take_back(turn: Turn) -> Answer:
    """Undo of a tick, a strike or a snooze."""
    return _move(turn, _target(turn.request.value), "take_back_follow_up", moves.take_back)


def later(turn: Turn) -> Answer:
    """The menu: put off for an hour, to a morning, to a date that is asked for, or struck off."""
    choice, _, value = turn.request.value.partition(":")
    target = _target(value)
    if choice == STRIKE_OFF:
        return _move(turn, target, "strike_off_follow_up", moves.strike_off)
    if choice == Snooze.DATE:
        return _ask_for_a_day(turn, target)
    snooze = word(Snooze, choice)
    return _move(turn, target, "put_off_follow_up", lambda t, held: moves.put_off(t, held, snooze))


def put_off_to_a_day(turn: Turn) -> Answer:
    target, origin = _origin(turn)
    chosen = turn.request.answer(ids.SNOOZE_DAY)
    day = date_of(chosen) if chosen else None
    held = _held(turn, target.follow_up_id, Action.TICK_FOLLOW_UP)
    changed = moves.put_off(turn, held, Snooze.DATE, day)
    if isinstance(changed, Refusal) and held.row.state is FollowUpState.OPEN:
        raise Invalid({ids.SNOOZE_DAY: reasons.say(turn.voice, changed.reasons[0])})
    return _answer(turn, target, held, "put_off_follow_up", changed, origin)


def show_draft(turn: Turn) -> Answer:
    """The text that goes with it, in the customer's language, to be copied."""
    target = _target(turn.request.value)
    row = _row(turn, target.follow_up_id)
    turn.allow(Action.VIEW, _owner(turn, row), owed_by=row.owed_by)
    _refuse_without_consent(turn, row)
    draft = drafts.load(turn.conn, turn.workspace, row, turn.me, turn.site, turn.now)
    if draft is None:
        raise turn.sorry("follow_ups.gone")
    shown = item_of(turn.conn, turn.workspace, row)
    can_tick = row.state is FollowUpState.OPEN
    return OpenView(forms.draft_view(turn.voice, shown, draft, target, can_tick=can_tick))


def _refuse_without_consent(turn: Turn, row: Row) -> None:
    """No words to somebody who did not agree to hear from us, however old the button (P2)."""
    if row.kind is not FollowUpKind.FIRST_CONTACT or not row.referral_id:
        return
    referral = referrals.get(turn.conn, turn.team_id, row.referral_id)
    refused = referral and refuse_contact(referral.consent)
    if refused:
        said = reasons.say_all(turn.voice, refused.reasons)
        raise Sorry(Message(said, [section(said)]))


def open_hand_over(turn: Turn) -> Answer:
    """Ask who takes over."""
    target = _target(turn.request.value)
    row = _row(turn, target.follow_up_id)
    turn.allow(Action.REASSIGN, _owner(turn, row))
    shown = item_of(turn.conn, turn.workspace, row)
    return OpenView(forms.hand_over_form(turn.voice, shown, _origin_of(turn, target)))


def hand_over(turn: Turn) -> Answer:
    target, origin = _origin(turn)
    held = _held(turn, target.follow_up_id, Action.REASSIGN)
    chosen = turn.request.answer(ids.NEW_OWNER)
    team = {person.user_id for person in people.team(turn.conn, turn.team_id)}
    if chosen not in team:
        raise Invalid({ids.NEW_OWNER: turn.voice.plain("follow_ups.not_a_member")})
    if chosen == held.row.owed_by:
        raise Invalid({ids.NEW_OWNER: turn.voice.plain("follow_ups.theirs_already")})
    changed = moves.hand_over(turn, held, chosen)
    note = turn.voice.markup("follow_ups.handed_over", who=mention(chosen))
    return _answer(turn, target, held, Action.REASSIGN, changed, origin, note)


def _move(turn: Turn, target: Target, action: str, move: Move) -> Answer:
    held = _held(turn, target.follow_up_id, Action.TICK_FOLLOW_UP)
    changed = move(turn, held)
    return _answer(turn, target, held, action, changed, turn.request.surface)


def _answer(
    turn: Turn,
    target: Target,
    held: Held,
    action: str,
    changed: Changed | Refusal,
    surface: Surface,
    note: Markup | None = None,
) -> Answer:
    """Record it, and draw the screen that was used anew; a refusal is said above what is true."""
    row_id = held.row.id
    if isinstance(changed, Refusal):
        # The rules of follow-ups refuse for one reason each.
        note = reasons.say(turn.voice, changed.reasons[0])
        # Its message may be older than the record: after this it says what is true.
        rewrite(turn.conn, turn.workspace, [row_id], turn.now, turn.request.key)
    else:
        turn.audit(action, "follow_up", row_id, kind=held.row.kind)
        rewrite(turn.conn, turn.workspace, {*changed, row_id}, turn.now, turn.request.key)
    if surface is Surface.HOME and not isinstance(changed, Refusal):
        return home.show(turn)
    if surface in (Surface.MESSAGE, Surface.HOME):
        return Say(Message(note, ())) if note else Nothing()
    if target.place is Place.ALONE:
        shown = item_of(turn.conn, turn.workspace, _row(turn, row_id))
        return Replace(views.alone(turn.voice, shown, turn.now, note))
    return Replace(listing(turn, target.place, _most_on(surface), note))


def _most_on(surface: Surface) -> int:
    return MOST_IN_MESSAGE if surface is Surface.EPHEMERAL else MOST_IN_MODAL


def _ask_for_a_day(turn: Turn, target: Target) -> Answer:
    row = _row(turn, target.follow_up_id)
    turn.allow(Action.TICK_FOLLOW_UP, _owner(turn, row), owed_by=row.owed_by)
    person = person_time(turn.conn, turn.workspace, row.owed_by or turn.me.user_id)
    first = person.calendar.working_day_from(person.date_of(turn.now) + DAY)
    shown = item_of(turn.conn, turn.workspace, row)
    return OpenView(forms.snooze_form(turn.voice, shown, first, _origin_of(turn, target)))


def _as_modal(turn: Turn, place: Place) -> Answer:
    message = listing(turn, place, MOST_IN_MODAL)
    return OpenView(as_modal(turn.voice, message, turn.voice.plain("follow_ups.title")))


def _open_rows(turn: Turn, place: Place) -> list[Row]:
    if place is Place.TEAM:
        rows = follow_ups.of_team(turn.conn, turn.team_id)
    else:
        rows = follow_ups.of_person(turn.conn, turn.team_id, turn.me.user_id, unowned=turn.sees_all)
    return sorted(rows, key=lambda row: urgency(row.facts()))


def _held(turn: Turn, follow_up_id: int, action: Action) -> Held:
    held = moves.hold(turn, follow_up_id)
    if held is None:
        raise turn.sorry("follow_ups.gone")
    turn.allow(action, _owner(turn, held.row), owed_by=held.row.owed_by)
    return held


def _row(turn: Turn, follow_up_id: int) -> Row:
    row = follow_ups.get(turn.conn, turn.team_id, follow_up_id)
    if row is None:
        raise turn.sorry("follow_ups.gone")
    return row


def _owner(turn: Turn, row: Row) -> str | None:
    return owner_of(turn.conn, turn.team_id, row)


def _target(value: str) -> Target:
    target = Target.read(value)
    if target is None:
        raise Outdated("no follow-up")
    return target


def _origin_of(turn: Turn, target: Target) -> str:
    """Which button opened a form and on what screen, for the answer to the form."""
    return f"{target}:{turn.request.surface}"


def _origin(turn: Turn) -> tuple[Target, Surface]:
    value, _, surface = turn.request.private_metadata.rpartition(":")
    return _target(value), word(Surface, surface)
