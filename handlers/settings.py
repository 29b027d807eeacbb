"""`/goen settings`: the channel, the defaults of the workspace, the numbers of the programme."""

import re
from collections.abc import Callable, Iterator, Set

from slack_sdk.models.blocks import Option

from bot.playbook.policy import Policy
from bot.playbook.public_numbers import Figure, PublicNumber, figure
from bot.playbook.rights import Action
from bot.playbook.terms import Promise, Role
from bot.playbook.working_time import knows_country
from bot.texts.catalogue import LANGUAGES
from bot.texts.voice import Voice
from bot.views import choices, ids
from bot.views import settings as views
from bot.views.public_numbers import Choices
from handlers import catalogue
from handlers.answers import Answer, Invalid, OpenView, Say, Suggest
from handlers.reading import word
from handlers.request import Entry
from handlers.routes import Handler, Routes
from handlers.turn import Turn
from storage import errands, public_numbers, workspaces
from storage.states import ErrandKind
from storage.workspaces import numbers_of

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_SHAPES_STATES = ("promoter_threshold", "nps_fresh_for", "result_fresh_for")
"""The numbers that the state rows of contacts were folded with."""


def register(routes: Routes) -> None:
    routes.add(Entry.ACTION, ids.SET_UP, open_form, reads=True)
    routes.add(Entry.SUBMISSION, ids.SETTINGS_FORM, save)
    for name, options in (
        (ids.FIND_TIMEZONE, choices.timezones),
        (ids.FIND_COUNTRY, choices.countries),
        (ids.FIND_CURRENCY, choices.currencies),
    ):
        routes.add(Entry.SEARCH, name, _search(options), reads=True)


def _search(options: Callable[[Voice, str], list[Option]]) -> Handler:
    return lambda turn: Suggest(options(turn.voice, turn.request.text))


def open_form(turn: Turn) -> Answer:
    """The form for admins; managers get the part of the settings that is theirs."""
    if turn.me.role is Role.MANAGER:
        return catalogue.open_catalogue(turn)
    turn.allow(Action.EDIT_SETTINGS)
    published = Choices(
        figures=[
            figure(one, turn.policy)
            for one in public_numbers.count(turn.conn, turn.workspace, turn.now)
        ],
        chosen=public_numbers.chosen(turn.conn, turn.team_id),
        least=turn.policy.publish_from,
    )
    return OpenView(views.form(turn.voice, turn.workspace, numbers_of(turn.policy), published))


def save(turn: Turn) -> Answer:
    """Everything that the form says, or what is wrong with it by field."""
    turn.allow(Action.EDIT_SETTINGS)
    errors = dict(_errors(turn))
    if errors:
        raise Invalid(errors)
    before = turn.workspace
    place = {name: turn.request.answer(name) for name in _PLACE}
    wanted = {word(PublicNumber, one) for one in turn.request.answer(ids.PUBLISHED) or ()}
    workspaces.change(
        turn.conn,
        turn.team_id,
        channel_id=place[ids.CHANNEL],
        locale=place[ids.LOCALE],
        timezone=place[ids.TIMEZONE],
        country=place[ids.COUNTRY],
        currency=place[ids.CURRENCY],
        promise=Promise(place[ids.PROMISE]),
        ideal_customer=before.ideal_customer_in(place[ids.LOCALE]),
        ideal_customer_other=before.ideal_customer_in(_other(place[ids.LOCALE])),
    )
    numbers = _numbers(turn)
    default = numbers_of(Policy())
    changed = {name: value for name, value in numbers.items() if value != default[name]}
    workspaces.change_policy(turn.conn, turn.team_id, changed)
    turn.audit(Action.EDIT_SETTINGS, "workspace", turn.team_id)
    is_new_channel = place[ids.CHANNEL] != before.channel_id
    if is_new_channel:
        _send_for(turn, ErrandKind.REFRESH_TEAM)
    known = numbers_of(before.policy)
    is_rebuilt = any(numbers[name] != known[name] for name in _SHAPES_STATES)
    if is_rebuilt:
        _send_for(turn, ErrandKind.REBUILD_STATES)
    said = views.saved(
        turn.voice,
        has_channel=is_new_channel,
        is_rebuilt=is_rebuilt,
        published=_publish(turn, wanted),
    )
    return Say(said, turn.voice.plain("settings.title"))


def _publish(turn: Turn, wanted: Set[PublicNumber]) -> tuple[Figure, ...] | None:
    """What customers see from now on; None when nothing else was chosen."""
    if wanted == public_numbers.chosen(turn.conn, turn.team_id):
        return None
    workspace = workspaces.get(turn.conn, turn.team_id) or turn.workspace
    public_numbers.choose(turn.conn, workspace, wanted, turn.now)
    turn.audit("publish_numbers", "workspace", turn.team_id, numbers=",".join(sorted(wanted)))
    return public_numbers.published(turn.conn, workspace)


_PLACE = (ids.CHANNEL, ids.LOCALE, ids.TIMEZONE, ids.COUNTRY, ids.CURRENCY, ids.PROMISE)


def _errors(turn: Turn) -> Iterator[tuple[str, str]]:
    """What Slack's own form cannot refuse, or a stand-in did not."""
    allowed = {
        ids.CHANNEL: bool,
        ids.LOCALE: LANGUAGES.__contains__,
        ids.TIMEZONE: choices.is_timezone,
        ids.COUNTRY: knows_country,
        ids.CURRENCY: choices.is_currency,
        ids.PROMISE: frozenset(Promise).__contains__,
    }
    for name, is_allowed in allowed.items():
        if not is_allowed(turn.request.answer(name) or ""):
            yield name, turn.voice.plain("settings.choose")
    for name, span in views.SPANS.items():
        typed = turn.request.written(name)
        if not (typed.isdecimal() and span.least <= int(typed) <= span.most):
            yield name, turn.voice.plain("settings.range", least=span.least, most=span.most)
    for name in views.TIMES:
        if not _TIME.fullmatch(turn.request.written(name)):
            yield name, turn.voice.plain("settings.choose")


def _numbers(turn: Turn) -> dict[str, int | str]:
    """The programme's numbers of a form without errors, as they are stored."""
    whole = {name: int(turn.request.written(name)) for name in views.SPANS}
    return whole | {name: turn.request.written(name) for name in views.TIMES}


def _other(language: str) -> str:
    """The language that is not the team's own, see `Workspace.ideal_customer_other`."""
    return next(one for one in LANGUAGES if one != language)


def _send_for(turn: Turn, kind: ErrandKind) -> None:
    errands.add(
        turn.conn,
        turn.team_id,
        turn.now,
        kind=kind,
        key=f"{kind}:{turn.request.key}",
        asked_by=turn.me.user_id,
    )
