"""A whole bot in front of a local Slack, and people who use it; it can be killed and comes back."""

import itertools
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import yaml
from hypothesis import note
from pydantic import SecretStr
from slack_sdk import WebClient

from bot.app import Bot, build
from bot.playbook.terms import Role
from bot.sandbox import Sandbox
from bot.sandbox.directory import direct_message
from bot.settings import Settings
from bot.views import ids
from bot.views.answers import as_modal
from handlers import request as requests
from handlers.answers import OpenView, Replace, Say, ShowHome, Suggest, UpdateView
from handlers.dispatch import Outcome
from handlers.request import Request, Surface
from handlers.roster import CHANGED, JOINED, LEFT
from scheduler.delivery import Deliverer
from scheduler.pace import Pace
from storage import inbox, people
from storage.migrate import migrate
from tests.faults.rights_rows import Content, Ledger
from tests.faults.rights_trial import Errors
from tests.faults.screens import Press, Screen, filled_in, presses, said_in
from tests.house import (
    BOT_TOKEN,
    CHANNEL,
    EMMA,
    MORI,
    ROOT,
    SATO,
    SIGNING_SECRET,
    TANAKA,
    TEAM,
    Clock,
)
from tests.house import people as house

Json = dict[str, Any]
PEOPLE = (SATO, EMMA, TANAKA, MORI)
ACCOUNTS = (
    "山田製作所,吉野 真理,sato@harukaze.example",
    "大川商店,大川 一,emma@harukaze.example",
    "Northwind,Kate Hale,emma@harukaze.example",
    "中村工業,中村 花,",
)
"""Customers of a file: what Sato and Emma own, and what the team shares."""
_KEPT = 5
"""Screens that a person goes back to."""


class Killed(BaseException):
    """The process is gone: nothing after this line has happened, and nothing catches it."""


@dataclass
class Grounds:
    """A database on which one town after the other stands, each from the same beginning."""

    database_url: str
    ledger: Ledger | None = None

    @contextmanager
    def town(self) -> Iterator["Town"]:
        clock = Clock()
        manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
        with Sandbox(
            house(), manifest, BOT_TOKEN, "xapp-test", SIGNING_SECRET, clock=clock.seconds
        ) as sandbox:
            if self.ledger is None:
                migrate(self.database_url)
            else:
                self.ledger.put_all_back()
            town = Town(self.database_url, sandbox, clock)
            if self.ledger is None:
                town.settle_in()
                self.ledger = Ledger.of(town.bot.store)
            try:
                yield town
            finally:
                town.leave()


@dataclass
class Town:
    """Mori is the admin, Tanaka a manager; Sato and Emma are reps in two languages and zones."""

    database_url: str
    sandbox: Sandbox
    clock: Clock
    errors: Errors = field(default_factory=Errors)
    last: Request | None = None
    travelled: dict[str, datetime] = field(default_factory=dict)
    _passed: float = 0.0
    _screens: dict[str, list[Screen]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.bot = self.another_bot()
        logging.getLogger().addHandler(self.errors)

    def leave(self) -> None:
        logging.getLogger().removeHandler(self.errors)
        self.bot.store.close()

    def settle_in(self) -> None:
        """Everybody says hello, Mori first; then the customers come, and what they said."""
        for who in (MORI, TANAKA, SATO, EMMA):
            self.type(who, "/goen", "help")
        with self.bot.store.write() as conn:
            people.set_role(conn, TEAM, TANAKA, Role.MANAGER)
            inbox.record(conn, TEAM, self.clock(), MORI, "edit_roles", "person", TANAKA)
        self.import_file(MORI, ACCOUNTS)
        self.tick()
        for who, command, text in (
            (SATO, "/nps", "山田製作所 9 対応が早い"),
            (SATO, "/result", "山田製作所 見積作成時間 4.2h 2.2h"),
            (SATO, "/referral", "山田製作所 > 佐々木工業 佐々木様"),
            (EMMA, "/nps", "大川商店 4"),
            (EMMA, "/nps", "Northwind 10"),
            (TANAKA, "/nps", "中村工業 8"),
        ):
            self.type(who, command, text)
        self.tick()

    def another_bot(self) -> Bot:
        """A process of its own on the same database."""
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_app_token=None,
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_api_url=self.sandbox.api_url,
            database_url=self.database_url,
            channel=CHANNEL,
        )
        bot = build(settings, self.clock, seconds_between_posts=0)
        return self._with_deliverer(bot, bot.clients)

    def _with_deliverer(self, bot: Bot, client_of: Callable[[str], WebClient]) -> Bot:
        worker = f"worker {next(self._numbers)}"
        deliverer = Deliverer(
            bot.store, client_of, worker, self.clock, Pace(0), seconds=self.seconds
        )
        return replace(bot, deliverer=deliverer)

    def tick_elsewhere(self) -> None:
        """The same in another replica."""
        other = self.another_bot()
        try:
            self.tick(other)
        finally:
            other.store.close()

    def content(self) -> Content:
        """Every row but inbox keys and answers."""
        return Ledger.of(self.bot.store).content()

    def die(self) -> None:
        """Kill the process, and start another one."""
        self.bot.store.close()
        self.bot = self.another_bot()

    def seconds(self) -> float:
        """A monotonic clock that knows of the time that is said to have passed."""
        return time.monotonic() + self._passed

    def pass_time(self, minutes: int) -> None:
        """Forward, or with negative minutes the wall clock is set back."""
        self.clock.move(minutes=minutes)
        self._passed += max(minutes, 0) * 60

    def tick(self, bot: Bot | None = None) -> None:
        """One pass of everything that runs by itself, until there is nothing to send."""
        bot = bot or self.bot
        bot.errands.run()
        bot.planner.run()
        while bot.deliverer.run():
            pass

    def die_posting(self, *, accepted: bool) -> None:
        """Kill the process at a post: before Slack has it, or before that is recorded."""
        mortal = self._with_deliverer(self.bot, _dying(self.bot.clients, accepted=accepted))
        with suppress(Killed):
            self.tick(mortal)
        # What a thread dies of is logged; a process that is killed says nothing more.
        self.errors.found.clear()
        self.die()

    def wait_until_quiet(self) -> None:
        """Slack is well again: what is owed arrives within minutes."""
        self.sandbox.faults.clear()
        for _ in range(12):
            self.pass_time(minutes=1)
            self.tick()

    def leave_channel(self, who: str) -> None:
        self.sandbox.leave(CHANNEL, who)
        self._hear(LEFT, who)

    def join_channel(self, who: str) -> None:
        self.sandbox.join(CHANNEL, who)
        self._hear(JOINED, who)

    def change_person(self, who: str, **changes: Any) -> None:
        """As `Sandbox.change_user`."""
        self.sandbox.change_user(who, **changes)
        self.travelled[who] = self.clock()
        self._hear(CHANGED, who)

    def _hear(self, name: str, who: str) -> None:
        """Nobody listens at the sandbox's door here: what it tells is handed in."""
        event = {"type": name, "user": who, "channel": CHANNEL}
        body = {"team_id": TEAM, "event_id": self._new("Ev"), "event": event}
        self.bot.roster.note(requests.from_event(body, self.clock()))

    # -- what people do -----------------------------------------------------------------------

    def type(self, who: str, command: str, text: str) -> None:
        body = {
            "command": command,
            "text": text,
            "channel_id": direct_message(who),
            "trigger_id": self._new("t"),
            "team_id": TEAM,
            "user_id": who,
        }
        self.handle(requests.from_command(body, self.clock()))

    def open_home(self, who: str) -> None:
        event = {"type": "app_home_opened", "user": who, "channel": "D", "tab": "home"}
        body = {"team_id": TEAM, "event_id": self._new("Ev"), "event": event}
        self.handle(requests.from_event(body, self.clock()))

    def shortcut(self, who: str, name: str, text: str) -> None:
        body = {
            **self._person(who),
            "callback_id": name,
            "channel": {"id": CHANNEL},
            "message": {"ts": "1.1", "text": text},
        }
        self.handle(requests.from_shortcut(body, self.clock()))

    def click(self, who: str, kind: int, which: int) -> None:
        """One of the buttons that this person sees; each sort of button is as likely."""
        seen: dict[str, list[Press]] = {}
        for screen in self._in_sight(who):
            for press in presses(screen):
                seen.setdefault(press.name, []).append(press)
        if not seen:
            return
        alike = seen[sorted(seen)[kind % len(seen)]]
        press = alike[which % len(alike)]
        note(f"{who} clicks {press.name}")
        screen = press.screen
        body = {
            **self._person(who),
            "actions": [press.action],
            "container": {
                "message_ts": screen.ts,
                "channel_id": screen.channel,
                "is_ephemeral": screen.surface is Surface.EPHEMERAL,
            },
        }
        if screen.view:
            body["view"] = screen.view
        self.handle(requests.from_action(body, self.clock()))

    def submit(self, who: str, which: int, seed: int) -> None:
        """Fill in one of the forms that are open, and send it."""
        forms = [screen for screen in self._screens.get(who, ()) if screen.is_form]
        if not forms:
            return
        form = forms[which % len(forms)]
        values = filled_in(
            form,
            Random(seed),
            self.clock().date(),
            PEOPLE,
            lambda name: self._search(who, name, form),
        )
        view = {**(form.view or {}), "state": {"values": values}}
        note(f"{who} sends {view.get('callback_id')}: {said_in(values)}")
        outcome = self.handle(
            requests.from_submission({**self._person(who), "view": view}, self.clock())
        )
        if outcome.is_done and form in self._screens[who]:
            self._screens[who].remove(form)

    def import_file(self, who: str, rows: Sequence[str]) -> None:
        content = "\n".join(("顧客名,担当者名,担当営業メール", *rows)).encode()
        file = self.sandbox.act_as(who).upload("customers.csv", content)
        values = {ids.IMPORT_FILE: {"f": {"type": "file_input", "files": [{"id": file.id}]}}}
        view = {"id": self._new("V"), "callback_id": ids.IMPORT_FORM, "state": {"values": values}}
        self.handle(requests.from_submission({**self._person(who), "view": view}, self.clock()))

    def repeat(self) -> None:
        """The same request comes once more within minutes, by the network or Slack's retry."""
        if self.last and abs(self.clock() - self.last.now) < timedelta(minutes=5):
            self.bot.dispatcher.handle(self.last)

    # -- inside ---------------------------------------------------------------------------------

    def handle(self, request: Request) -> Outcome:
        outcome = self.bot.dispatcher.handle(request)
        self.last = request
        screen = self._screen(request, outcome)
        if screen:
            kept = [screen, *self._screens.get(request.user_id, ())]
            self._screens[request.user_id] = kept[:_KEPT]
        return outcome

    def _screen(self, request: Request, outcome: Outcome) -> Screen | None:
        match outcome.answer:
            case ShowHome(view):
                body = {**view.to_dict(), "id": self._new("V")}
                return Screen(Surface.HOME, body["blocks"], view=body)
            case OpenView(view) | UpdateView(view):
                body = {**view.to_dict(), "id": self._new("V"), "hash": self._new("h")}
                if request.callback_id == ids.CUSTOMER_CARD:
                    body["external_id"] = f"{ids.CUSTOMER_CARD}:{request.private_metadata}:1"
                return Screen(Surface.MODAL, body["blocks"], view=body)
            case Say(message) | Replace(message) if request.surface is Surface.MODAL:
                body = {**as_modal(outcome.voice, message).to_dict(), "id": self._new("V")}
                return Screen(Surface.MODAL, body["blocks"], view=body)
            case Say(message) | Replace(message):
                blocks = message.payload().get("blocks", ())
                channel = direct_message(request.user_id)
                return Screen(Surface.EPHEMERAL, blocks, channel, "1.1")
        return None

    def _in_sight(self, who: str) -> Iterator[Screen]:
        yield from self._screens.get(who, ())
        reader = self.sandbox.act_as(who)
        for message in reversed(reader.dm()[-6:]):
            yield Screen(Surface.MESSAGE, message.blocks, message.channel, message.ts)

    def _search(self, who: str, name: str, form: Screen) -> Sequence[Json]:
        body = {**self._person(who), "action_id": name, "value": "", "view": form.view}
        outcome = self.bot.dispatcher.handle(requests.from_search(body, self.clock()))
        found = outcome.answer.options if isinstance(outcome.answer, Suggest) else ()
        return [option.to_dict() for option in found]

    def _person(self, who: str) -> Json:
        user = {"id": who, "team_id": TEAM}
        return {"user": user, "team": {"id": TEAM}, "trigger_id": self._new("t")}

    def _new(self, what: str) -> str:
        return f"{what}{next(self._numbers)}"


def _dying(client_of: Callable[[str], WebClient], *, accepted: bool) -> Callable[[str], WebClient]:
    """Clients whose next post is the last thing that their process does."""

    def dying(team_id: str) -> WebClient:
        client = client_of(team_id)
        mortal = WebClient(client.token, base_url=client.base_url, retry_handlers=[])

        def post(**message: Any) -> None:
            if accepted:
                client.chat_postMessage(**message)
            raise Killed

        mortal.chat_postMessage = post  # type: ignore[method-assign,assignment]
        return mortal

    return dying
