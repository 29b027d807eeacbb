"""What was measured as one table, in the language of whichever README it stands in."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.bench.measure import Compared, Spread

LANGUAGES = ("en", "ja")
_BEGIN, _END = "<!-- bench -->", "<!-- /bench -->"
_HEAD = {
    "en": ("What", "On", "Floor", "Goen", "Ratio", "Goal", ""),
    "ja": ("項目", "環境", "下限", "Goen", "比", "目標", ""),
}
_WHAT = {
    "recorded": (
        "signed command that records, at 8 connections; floor: bare Bolt app, same statements",
        "記録する署名付きコマンド、8 接続。下限は同じ SQL を実行するだけの Bolt アプリ",
    ),
    "answered": (
        "the same, answered with a letter to send",
        "同上、送れる依頼文つきで答える場合",
    ),
    "processor": ("… processor time of one", "… 1 件あたりの CPU 時間"),
    "paced": (
        "… 99 of 100 answered within, at 200 a second",
        "… 毎秒 200 件での 99 パーセンタイル",
    ),
    "whom": (
        "whom to ask now, {n} contacts; floor: raw walk of one index",
        "今お願いできる相手、担当者 {n} 人。下限は索引を 1 本たどるだけの SQL",
    ),
    "claims": (
        "claim due reminders and mark them done, {n} due; floor: APScheduler's SQL job store",
        "期限の来た通知 {n} 件の確保と完了。下限は APScheduler の SQL ジョブストア",
    ),
    "figures": (
        "the dashboard's figures, {n} customers; floor: one row by its key",
        "ダッシュボードの数字、顧客 {n} 社。下限は主キーで 1 行読むだけ",
    ),
    "reminders": (
        "{n} reminders at 1/s per channel; floor: the least time",
        "チャンネルごとに毎秒 1 件で {n} 件。下限は理論上の最短時間",
    ),
    "start": (
        "start to connected; floor: importing slack_bolt and sqlalchemy",
        "起動から接続まで。下限は slack_bolt と sqlalchemy の読み込みだけ",
    ),
    "summary": (
        "one-page summary as PDF and picture; floor: typst compiling the bare template",
        "成果サマリー 1 枚の PDF と画像。下限は typst でテンプレートを組むだけ",
    ),
    "beside": (
        "99 of 100 commands answered within, at 40 a second, while {n} summaries are made",
        "サマリー {n} 枚の作成中に毎秒 40 件のコマンド、99 パーセンタイル",
    ),
    "memory": ("memory after the load (RSS)", "負荷をかけた後のメモリ（RSS）"),
}
_MADE = {
    "en": "`make bench`, {day}, {machine}. Medians; in brackets the rounds' extremes.",
    "ja": "`make bench`、{day}、{machine}。中央値、括弧内は各回の最小と最大。",
}


@dataclass(frozen=True)
class Line:
    """One row. `goal` limits the ratio, or `ours` where it has a unit of its own."""

    key: str
    on: str
    ours: str
    floor: str = ""
    ratio: str = ""
    goal: str = ""
    is_met: bool | None = None
    n: int | None = None


def rate(key: str, on: str, found: Compared, least: float, n: int | None = None) -> Line:
    """A row where more is better: so many a second."""
    return Line(
        key,
        on,
        f"{found.ours.median:,.0f}/s",
        f"{found.floor.median:,.0f}/s",
        _ratio(found.ratio),
        f"≥ {least:g} ×",
        found.ratio.median >= least,
        n,
    )


def seconds(key: str, on: str, found: Compared, most: float | None, n: int | None = None) -> Line:
    """A row where less is better; without a goal when it has none of its own."""
    return Line(
        key,
        on,
        said(found.ours.median),
        said(found.floor.median),
        _ratio(found.ratio),
        f"≤ {most:g} ×" if most else "",
        found.ratio.median <= most if most else None,
        n,
    )


def said(duration: float) -> str:
    """A duration in the unit that suits it."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if duration * factor >= 1:
            return f"{duration * factor:.3g} {unit}"
    return f"{duration * 1e6:.0f} µs"


def markdown(lines: Iterable[Line], language: str, day: date) -> str:
    place = LANGUAGES.index(language)
    rows = [_HEAD[language], tuple("---" for _ in _HEAD[language])]
    for line in lines:
        what = _WHAT[line.key][place].format(n=f"{line.n:,}" if line.n else "")
        mark = {True: "✓", False: "✗", None: ""}[line.is_met]
        rows.append((what, line.on, line.floor, line.ours, line.ratio, line.goal, mark))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{table}\n\n{_MADE[language].format(day=day.isoformat(), machine=machine())}"


def write_into(readme: Path, table: str) -> None:
    """Put the table between the marks of a README."""
    text = readme.read_text()
    whole = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if not whole.search(text):
        raise ValueError(f"{readme.name} has no place for the table: {_BEGIN} … {_END}")
    readme.write_text(whole.sub(lambda _: f"{_BEGIN}\n{table}\n{_END}", text))


def machine() -> str:
    """The machine, as far as it matters for the numbers."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = os.cpu_count() or 1
    version = platform.python_version()
    return f"{_processor()}, {cores} vCPU, {memory:.0f} GB, Python {version}, {platform.system()}"


def _processor() -> str:
    try:
        known = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"model name\s*:\s*(.+)", known)
    return found[1].strip() if found else platform.machine()


def _ratio(ratio: Spread) -> str:
    if ratio.least == ratio.most:
        return f"{ratio.median:.2f}"
    return f"{ratio.median:.3g} ({ratio.least:.3g}–{ratio.most:.3g})"
