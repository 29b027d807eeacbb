"""A customer's results to print, and what a reader or a camera finds on the page."""

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pypdf
import zxingcpp
from PIL import Image

from bot.pictures.press import Press, Printed
from bot.pictures.summary import TEMPLATE, Member, Quote, Step, Summary, data_of
from bot.playbook.measures import Measure
from bot.playbook.summaries import Measured, Shown, choose
from bot.playbook.terms import Direction
from bot.texts.voice import Voice

ADDRESS = "https://harukaze.example/r/Zk3v9QpT0bJxY7uWm2LsAg"
PRESS = Press()


def measured(
    kpi: str,
    before: str,
    after: str,
    unit: str = "h",
    *,
    higher: bool = False,
    day: date = date(2026, 10, 28),
) -> Measured:
    direction = Direction.HIGHER if higher else Direction.LOWER
    values = Measure(Decimal(before), unit), Measure(Decimal(after), unit)
    return Measured(kpi, *values, direction, "", day)


def shown(kpi: str = "見積作成時間") -> Shown:
    """Four KPIs, one of them over half a year."""
    course: Iterable[Measured] = (
        measured(kpi, "4.2", after, day=date(2026, month, 10))
        for month, after in enumerate(("3.7", "3.1", "2.8", "2.4", "2.3", "2.2"), start=4)
    )
    return choose(
        [
            *course,
            measured("受注率", "21.8", "31.2", "%", higher=True),
            measured("月あたりの商談件数", "11", "17", "件", higher=True),
            measured("提出までの日数", "3.5", "1.2", "d"),
        ]
    )


def summary(text: str | None = None) -> Summary:
    """A full page; with `text` everything that a person types is that."""
    return Summary(
        seller=text or "株式会社ハルカゼ",
        customer=text or "株式会社髙﨑製作所",
        made_on=date(2026, 11, 21),
        shown=shown(text) if text else shown(),
        division=text or "営業本部",
        title=text or "見積作成の時間が半分に。担当者は提案に集中できるようになりました。",
        lead=text or "",
        since=date(2026, 4, 1),
        quote=Quote(
            text or "いまは商談の日のうちにお出しできます。",
            text or "吉野 真理",
            date(2026, 10, 28),
        ),
        members=[Member(text or "𠮷野 真理さま", text or "第一営業部 部長", is_ours=False)],
        steps=[Step(text or "12月上旬", text or "第二営業部へ展開", text or "𠮷野さま・佐藤")],
        address=ADDRESS,
    )


def printed(page: Summary, language: str = "ja") -> Printed:
    return PRESS.print(TEMPLATE, data_of(page, Voice(language, "Asia/Tokyo")))


def read(found: Printed) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(found.pdf))


def text_of(found: Printed) -> str:
    """Everything that can be selected on the page, without its line breaks."""
    return "".join(page.extract_text() for page in read(found).pages).replace("\n", "")


def codes_of(found: Printed) -> list[str]:
    """What a camera reads on the picture of the page."""
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(found.png)))]
