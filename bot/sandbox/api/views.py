"""views methods: modals and Home tabs."""

from __future__ import annotations

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method
from bot.sandbox.interactions import prepared
from bot.sandbox.modals import MOST_VIEWS, View
from bot.sandbox.refuse import Problem, Surface, problems_in_view
from bot.sandbox.tickets import Trigger


def _trigger(call: ApiCall) -> Trigger:
    found = call.state.triggers.redeem(call.required("trigger_id"))
    if isinstance(found, str):
        raise ApiError(found)
    return found


def _body(call: ApiCall, surface: Surface) -> Json:
    body = call.structure("view", "invalid_arguments")
    if body is None:
        raise ApiError("invalid_arguments", Problem("missing required field: view", ""))
    problems = tuple(problems_in_view(body, surface))
    if any(problem.message == "view_too_large" for problem in problems):
        raise ApiError("view_too_large")
    call.refuse("invalid_arguments", problems)
    return prepared(body)


def _external_id_is_free(call: ApiCall, body: Json, but: View | None = None) -> None:
    name = body.get("external_id")
    known = call.state.views.by_external_id(name) if name else None
    if known is not None and (but is None or known.id != but.id):
        raise ApiError("duplicate_external_id")


def _answer(call: ApiCall, view: View) -> Json:
    return {"view": view.to_slack(call.state.team_id)}


def _open(call: ApiCall) -> Json:
    trigger = _trigger(call)
    body = _body(call, Surface.MODAL)
    _external_id_is_free(call, body)
    call.state.triggers.spend(trigger)
    return _answer(call, call.state.views.open(trigger.user, body))


def _push(call: ApiCall) -> Json:
    trigger = _trigger(call)
    body = _body(call, Surface.MODAL)
    _external_id_is_free(call, body)
    stack = call.state.views.stack(trigger.user)
    if trigger.view_id is None or all(view.id != trigger.view_id for view in stack):
        raise ApiError("invalid_trigger_id")
    if len(stack) >= MOST_VIEWS:
        raise ApiError("push_limit_reached")
    call.state.triggers.spend(trigger)
    view = call.state.views.push(trigger.user, body)
    if view is None:
        raise ApiError("push_limit_reached")
    return _answer(call, view)


def _fresh(call: ApiCall, view: View) -> None:
    """A hash that is given must be that of the view as it is now."""
    if call.text("hash") and call.text("hash") != view.hash:
        raise ApiError("hash_conflict")


def _update(call: ApiCall) -> Json:
    views = call.state.views
    if call.text("view_id"):
        view = views.find(call.text("view_id"))
    else:
        view = views.by_external_id(call.required("external_id"))
    if view is None:
        raise ApiError("not_found")
    body = _body(call, Surface(view.type))
    _fresh(call, view)
    _external_id_is_free(call, body, view)
    return _answer(call, views.update(view, body))


def _publish(call: ApiCall) -> Json:
    user = call.user("user_id")
    if call.state.directory.users[user].deleted:
        raise ApiError("user_not_found")
    body = _body(call, Surface.HOME)
    known = call.state.views.home(user)
    if known is not None:
        _fresh(call, known)
    return _answer(call, call.state.views.publish(user, body))


METHODS = {
    "views.open": Method(_open),
    "views.push": Method(_push),
    "views.update": Method(_update),
    "views.publish": Method(_publish),
}
