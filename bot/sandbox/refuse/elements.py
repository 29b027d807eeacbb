"""Block elements: what each may hold, and in which block each may stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.sandbox.refuse.objects import (
    confirm,
    conversation_filter,
    dispatch_action_config,
    identifier,
    link_address,
    option,
    option_groups,
    options,
    plain_text,
    slack_file,
    web_address,
)
from bot.sandbox.refuse.rules import (
    Check,
    Json,
    Problem,
    all_of,
    array,
    boolean,
    integer,
    matching,
    one_of,
    shape,
    string,
)

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CONVERSATION = re.compile(r"[CDG]\w+")
_CHANNEL = re.compile(r"C\w+")
_PERSON = re.compile(r"[UW]\w+")


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _full(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


_date = matching(_is_date, "must be a valid date in the form YYYY-MM-DD")
_time = matching(_full(_TIME), "must be a valid time in the form HH:mm")
_number = matching(_full(_NUMBER), "must be a valid number")
_user = matching(_full(_PERSON), "must be a valid user id")
_channel = matching(_full(_CHANNEL), "must be a valid channel id")
_conversation = matching(_full(_CONVERSATION), "must be a valid conversation id")

_placeholder = plain_text(150)
_plain_option = option()
_rich_option = option(may_be_mrkdwn=True)


def _element(kind: str, required: Mapping[str, Check] | None = None, /, **optional: Check) -> Check:
    return shape({"type": one_of(kind), **(required or {})}, {"action_id": identifier, **optional})


def _menu(kind: str, required: Mapping[str, Check] | None = None, /, **optional: Check) -> Check:
    return _element(
        kind,
        required,
        placeholder=_placeholder,
        confirm=confirm,
        focus_on_load=boolean,
        **optional,
    )


def _one_initial(value: Json, at: str) -> Iterator[Problem]:
    """An initial option must equal one of the options, in every key, as Slack wants it."""
    known = _all_options(value)
    single = value.get("initial_option")
    if single is not None and single not in known:
        yield Problem("initial_option must be one of the options", f"{at}/initial_option")
    for index, chosen in enumerate(value.get("initial_options") or ()):
        if chosen not in known:
            yield Problem(
                "initial_options must be among the options", f"{at}/initial_options/{index}"
            )


def _all_options(value: Json) -> list[Json]:
    groups = value.get("option_groups") or ()
    return [*(value.get("options") or ()), *(o for group in groups for o in group["options"])]


def _options_or_groups(value: Json, at: str) -> Iterator[Problem]:
    if (value.get("options") is None) == (value.get("option_groups") is None):
        yield Problem("must define either `options` or `option_groups`, not both", at)
    seen: set[str] = set()
    for item in _all_options(value):
        if item["value"] in seen:
            yield Problem(f"option value must be unique: {item['value']}", at)
        seen.add(item["value"])


def _min_not_over_max(low: str, high: str) -> Check:
    def check(value: Json, at: str) -> Iterator[Problem]:
        least, most = value.get(low), value.get(high)
        if least is not None and most is not None and float(least) > float(most):
            yield Problem(f"{low} must not be greater than {high}", at)

    return check


def _initial_text_fits(value: Json, at: str) -> Iterator[Problem]:
    initial = value.get("initial_value") or ""
    if len(initial) > (value.get("max_length") or 3000):
        yield Problem("must not be longer than max_length", f"{at}/initial_value")
    if initial and len(initial) < (value.get("min_length") or 0):
        yield Problem("must not be shorter than min_length", f"{at}/initial_value")


def _initial_number_fits(value: Json, at: str) -> Iterator[Problem]:
    number = value.get("initial_value")
    if number is None:
        return
    if not value["is_decimal_allowed"] and "." in number:
        yield Problem("decimal is not allowed", f"{at}/initial_value")
    low, high = value.get("min_value"), value.get("max_value")
    if low is not None and float(number) < float(low):
        yield Problem("must not be less than min_value", f"{at}/initial_value")
    if high is not None and float(number) > float(high):
        yield Problem("must not be greater than max_value", f"{at}/initial_value")


def _one_picture_source(value: Json, at: str) -> Iterator[Problem]:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        yield Problem("must define either `image_url` or `slack_file`", at)


_choices = {"options": options(_plain_option), "option_groups": option_groups(_plain_option)}
_several = {"max_selected_items": integer(1, 100)}
_redirect = {"response_url_enabled": boolean}

image = all_of(
    shape(
        {"type": one_of("image"), "alt_text": string(2000)},
        {"image_url": web_address, "slack_file": slack_file},
    ),
    _one_picture_source,
)

_static = all_of(
    _menu("static_select", **_choices, initial_option=_plain_option),
    _options_or_groups,
    _one_initial,
)
_multi_static = all_of(
    _menu(
        "multi_static_select",
        **_choices,
        **_several,
        initial_options=options(_plain_option),
    ),
    _options_or_groups,
    _one_initial,
)
_text_input = all_of(
    _element(
        "plain_text_input",
        placeholder=_placeholder,
        initial_value=string(3000, 0),
        multiline=boolean,
        min_length=integer(0, 3000),
        max_length=integer(1, 3000),
        dispatch_action_config=dispatch_action_config,
        focus_on_load=boolean,
    ),
    _min_not_over_max("min_length", "max_length"),
    _initial_text_fits,
)
_number_input = all_of(
    _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        initial_value=_number,
        min_value=_number,
        max_value=_number,
        placeholder=_placeholder,
        dispatch_action_config=dispatch_action_config,
        focus_on_load=boolean,
    ),
    _min_not_over_max("min_value", "max_value"),
    _initial_number_fits,
)


def _address_input(kind: str) -> Check:
    return _element(
        kind,
        initial_value=string(3000),
        placeholder=_placeholder,
        dispatch_action_config=dispatch_action_config,
        focus_on_load=boolean,
    )


ELEMENTS: dict[str, Check] = {
    "button": _element(
        "button",
        {"text": plain_text(75)},
        url=link_address,
        value=string(2000),
        style=one_of("primary", "danger"),
        confirm=confirm,
        accessibility_label=string(75),
    ),
    "overflow": _element(
        "overflow", {"options": options(option(may_have_url=True), most=5)}, confirm=confirm
    ),
    "image": image,
    "checkboxes": all_of(
        _element(
            "checkboxes",
            {"options": options(_rich_option, most=10)},
            initial_options=options(_rich_option, most=10),
            confirm=confirm,
            focus_on_load=boolean,
        ),
        _one_initial,
    ),
    "radio_buttons": all_of(
        _element(
            "radio_buttons",
            {"options": options(_rich_option, most=10)},
            initial_option=_rich_option,
            confirm=confirm,
            focus_on_load=boolean,
        ),
        _one_initial,
    ),
    "datepicker": _menu("datepicker", initial_date=_date),
    "timepicker": _menu("timepicker", initial_time=_time, timezone=string()),
    "datetimepicker": _element(
        "datetimepicker",
        initial_date_time=integer(1_000_000_000, 9_999_999_999),
        confirm=confirm,
        focus_on_load=boolean,
    ),
    "static_select": _static,
    "multi_static_select": _multi_static,
    "external_select": _menu(
        "external_select", initial_option=_plain_option, min_query_length=integer(0, 255)
    ),
    "multi_external_select": _menu(
        "multi_external_select",
        **_several,
        initial_options=options(_plain_option),
        min_query_length=integer(0, 255),
    ),
    "users_select": _menu("users_select", initial_user=_user),
    "multi_users_select": _menu("multi_users_select", **_several, initial_users=array(_user)),
    "channels_select": _menu("channels_select", **_redirect, initial_channel=_channel),
    "multi_channels_select": _menu(
        "multi_channels_select", **_several, initial_channels=array(_channel)
    ),
    "conversations_select": _menu(
        "conversations_select",
        **_redirect,
        initial_conversation=_conversation,
        default_to_current_conversation=boolean,
        filter=conversation_filter,
    ),
    "multi_conversations_select": _menu(
        "multi_conversations_select",
        **_several,
        initial_conversations=array(_conversation),
        default_to_current_conversation=boolean,
        filter=conversation_filter,
    ),
    "plain_text_input": _text_input,
    "email_text_input": _address_input("email_text_input"),
    "url_text_input": _address_input("url_text_input"),
    "number_input": _number_input,
    "file_input": _element(
        "file_input", filetypes=array(string(), least=1), max_files=integer(1, 10)
    ),
}

_SINGLE = ("static_select", "external_select", "users_select", "channels_select")
SELECTS = frozenset(
    {*_SINGLE, "conversations_select"}
    | {f"multi_{kind}" for kind in (*_SINGLE, "conversations_select")}
)
_CHOOSERS = SELECTS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}

IN_ACTIONS = _CHOOSERS | {"button", "overflow", "datetimepicker"}
IN_SECTION = _CHOOSERS | {"button", "overflow", "image"}
IN_INPUT = _CHOOSERS | {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "datetimepicker",
    "file_input",
}
# Elements that hold something a person entered, and so appear in `state.values`.
STATEFUL = frozenset(IN_INPUT)
