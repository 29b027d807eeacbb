"""One thing that the doctor looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """`code` names its sentence in the catalogue `doctor`: what is fine, or wrong and how to mend
    it. What `stops` makes looking any deeper useless."""

    code: str
    is_wrong: bool = False
    stops: bool = False
    values: Mapping[str, str | int] = field(default_factory=dict)


def fine(code: str, **values: str | int) -> Finding:
    return Finding(code, values=values)


def wrong(code: str, **values: str | int) -> Finding:
    return Finding(code, is_wrong=True, values=values)


def fatal(code: str, **values: str | int) -> Finding:
    return Finding(code, is_wrong=True, stops=True, values=values)
