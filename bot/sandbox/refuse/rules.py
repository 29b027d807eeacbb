"""The small language in which Slack's rules are written down here.

A *check* takes a value and its JSON pointer and yields a `Problem` for everything that Slack would
refuse. The wording follows Slack's own `response_metadata.messages`, so that a developer who reads
a refusal of the sandbox recognises it in the real Slack, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Any
Check = Callable[[Json, str], Iterator["Problem"]]


@dataclass(frozen=True)
class Problem:
    """One thing that Slack refuses, and where (a JSON pointer such as `/blocks/0/text`)."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def anything(_value: Json, _at: str) -> Iterator[Problem]:
    """For what another check judges."""
    return iter(())


def string(most: int | None = None, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif len(value) < least:
            yield Problem(f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            yield Problem(f"must be less than {most + 1} characters", at)

    return check


def matching(pattern: Callable[[str], bool], what: str, most: int | None = None) -> Check:
    """A string that `pattern` accepts; `what` names the expected form in the refusal."""
    is_string = string(most)

    def check(value: Json, at: str) -> Iterator[Problem]:
        problems = list(is_string(value, at))
        yield from problems
        if not problems and not pattern(value):
            yield Problem(what, at)

    return check


def boolean(value: Json, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield Problem("must provide a boolean", at)


def integer(least: int, most: int) -> Check:
    def check(value: Json, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem("must provide a number", at)
        elif value < least:
            yield Problem(f"must be greater than or equal to {least}", at)
        elif value > most:
            yield Problem(f"must be less than or equal to {most}", at)

    return check


def one_of(*allowed: Json) -> Check:
    def check(value: Json, at: str) -> Iterator[Problem]:
        if value not in allowed or (isinstance(value, bool) and True not in allowed):
            yield Problem("must be a valid enum value", at)

    return check


def array(of: Check, *, least: int = 1, most: int | None = None) -> Check:
    """A list of `least` to `most` items, each passing `of`."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("must provide an array", at)
            return
        if len(value) < least:
            yield Problem(f"no fewer than {least} items allowed", at)
        if most is not None and len(value) > most:
            yield Problem(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from of(item, f"{at}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with exactly these keys. An explicit null counts as a missing key."""
    optional = optional or {}

    def check(value: Json, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        for key in required:
            if value.get(key) is None:
                yield Problem(f"missing required field: {key}", at)
        for key, inner in value.items():
            rule = required.get(key) or optional.get(key)
            if rule is None:
                yield Problem(f"invalid additional property: {key}", at)
            elif inner is not None:
                yield from rule(inner, f"{at}/{key}")

    return check


def by_type(table: Mapping[str, Check], allowed: Collection[str] | None = None) -> Check:
    """An object whose `type` chooses its check, limited to the `allowed` types of this place."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        kind = value.get("type")
        if kind is None:
            yield Problem("missing required field: type", at)
        elif (
            not isinstance(kind, str)
            or kind not in table
            or (allowed is not None and kind not in allowed)
        ):
            yield Problem(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from table[kind](value, at)

    return check


def all_of(*checks: Check) -> Check:
    """Every check; the later ones only run on what the earlier ones accept."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        for inner in checks:
            problems = list(inner(value, at))
            yield from problems
            if problems:
                return

    return check
