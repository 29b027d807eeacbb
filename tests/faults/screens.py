"""What a person can do on what they see: the buttons there, and a form filled in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from bot.views import ids
from handlers.request import Surface

Json = dict[str, Any]
Options = Callable[[str], Sequence[Mapping[str, Any]]]
"""What a type-ahead search of this name offers."""

_WORDS: Mapping[str, tuple[str, ...]] = {
    ids.KPI: ("見積作成時間", "解約率"),
    ids.BEFORE: ("4.2h", "0", "10%"),
    ids.AFTER: ("2.2h", "9h", "3%"),
    ids.COMPANY: ("鈴木商事", "高橋産業", "山田製作所"),
    ids.PERSON: ("鈴木", "高橋", ""),
    ids.NEW_CONTACT: ("", "", "新田"),
    ids.NAME: ("吉野 真理", "大川商店", "山田製作所"),
    ids.EMAIL: ("", "a@example.com"),
    ids.AMOUNT: ("", "120万"),
    ids.CONSENT_HOW: ("電話", ""),
}
_ANYTHING = ("メモ", "理由", "<!channel> 😀")


@dataclass(frozen=True)
class Screen:
    """A message, a form or Home, as one person sees it. `view` is the form's or Home's body."""

    surface: Surface
    blocks: Sequence[Json]
    channel: str | None = None
    ts: str | None = None
    view: Json | None = None

    @property
    def is_form(self) -> bool:
        return bool(self.view and self.view.get("submit"))


@dataclass(frozen=True)
class Press:
    """A button, or an entry of a menu, with what the payload says of it."""

    screen: Screen
    action: Json

    @property
    def name(self) -> str:
        """What it does: menus do what their entry says."""
        chosen = self.action.get("selected_option", {}).get("value", "")
        return ":".join(filter(None, (self.action["action_id"], chosen.partition(":")[0])))


def presses(screen: Screen) -> Iterator[Press]:
    """Everything that can be clicked there and comes to us."""
    for block in screen.blocks:
        found = [*block.get("elements", ()), block.get("accessory") or {}]
        for element in found:
            named = {"action_id": element.get("action_id"), "block_id": block.get("block_id", "b")}
            if element.get("type") == "button" and not element.get("url"):
                value = element.get("value", "")
                yield Press(screen, {"type": "button", "value": value, **named})
            if element.get("type") == "overflow":
                for option in element["options"]:
                    yield Press(screen, {"type": "overflow", "selected_option": option, **named})


def filled_in(
    screen: Screen, mood: Random, today: date, team: Sequence[str], offer: Options
) -> Json:
    """The values of a form that somebody filled in, well or badly, as their mood is."""
    values: Json = {}
    for block in screen.blocks:
        if block["type"] == "input":
            element = block["element"]
            given = _given(block["block_id"], element, mood, today, team, offer)
            values[block["block_id"]] = {element["action_id"]: {"type": element["type"]} | given}
    return values


def said_in(values: Json) -> str:
    """A filled-in form in one line."""
    given = (
        (block, value)
        for block, element in values.items()
        for name, value in next(iter(element.values())).items()
        if name != "type" and value
    )
    return ", ".join(
        f"{block} {value['value'] if isinstance(value, dict) else value}" for block, value in given
    )


def _given(
    block_id: str, element: Json, mood: Random, today: date, team: Sequence[str], offer: Options
) -> Json:
    keeps = mood.random() < 0.5
    match element["type"]:
        case "static_select" | "radio_buttons":
            known = element.get("initial_option")
            return {"selected_option": known if known and keeps else mood.choice(_of(element))}
        case "external_select":
            found = [element["initial_option"]] if "initial_option" in element else []
            found = found if found and keeps else list(offer(element["action_id"])) or found
            return {"selected_option": mood.choice(found) if found else None}
        case "checkboxes":
            return {"selected_options": [one for one in element["options"] if mood.random() < 0.2]}
        case "users_select":
            known = element.get("initial_user")
            return {"selected_user": known if known and keeps else mood.choice(team)}
        case "channels_select" | "conversations_select":
            return {
                name.replace("initial", "selected"): element[name]
                for name in ("initial_channel", "initial_conversation")
                if name in element
            }
        case "datepicker":
            day = today + timedelta(days=mood.choice((-3, 0, 1, 4, 20)))
            known = element.get("initial_date")
            return {"selected_date": known if known and keeps else day.isoformat()}
        case "timepicker":
            return {"selected_time": element.get("initial_time")}
        case "file_input":
            return {"files": []}
    known = element.get("initial_value")
    return {"value": known if known and keeps else mood.choice(_WORDS.get(block_id, _ANYTHING))}


def _of(element: Json) -> list[Json]:
    groups = element.get("option_groups")
    return element["options"] if not groups else [one for g in groups for one in g["options"]]
