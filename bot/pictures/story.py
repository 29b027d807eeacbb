"""The same results in words: for the customer's internal newsletter, and for a chat (A5)."""

from collections.abc import Iterator

from bot.pictures.summary import MOST_TYPED, Step, Summary, lead_of, title_of
from bot.playbook.summaries import Kpi
from bot.texts.measures import before_and_after, headline
from bot.texts.voice import Voice

_IN_A_CHAT = 2
"""Figures of the chat's one line."""


def newsletter(summary: Summary, voice: Voice) -> str:
    """A short article that the contact can hand in as it is: what got better, by how much, in whose
    words, and what comes next."""
    return "\n\n".join(_paragraphs(summary, voice))


def chat(summary: Summary, voice: Voice) -> str:
    """Three lines: what happened, the figures, where to read more."""
    figures = [_said(kpi, voice) for kpi in summary.shown.figures[:_IN_A_CHAT]]
    return "\n".join(
        (_title(summary, voice), voice.list(figures), voice.plain("summary.chat_more"))
    )


def _paragraphs(summary: Summary, voice: Voice) -> Iterator[str]:
    yield _title(summary, voice)
    yield voice.plain(
        "summary.news_lead", seller=summary.seller[:MOST_TYPED], lead=lead_of(summary, voice)
    )
    yield "\n".join(
        voice.plain("summary.news_line", figure=_said(kpi, voice)) for kpi in summary.shown.bars
    )
    quote = summary.quote
    if quote:
        said, by = quote.text[:MOST_TYPED], quote.by[:MOST_TYPED]
        yield voice.plain("summary.news_quote", text=said, name=by)
    if summary.steps:
        yield "\n".join(
            (
                voice.plain("summary.news_next"),
                *(
                    voice.plain("summary.news_line", figure=_step(step, voice))
                    for step in summary.steps
                ),
            )
        )


def _step(step: Step, voice: Voice) -> str:
    what = step.what[:MOST_TYPED]
    return voice.plain("summary.news_step", when=step.when, what=what) if step.when else what


def _title(summary: Summary, voice: Voice) -> str:
    return (summary.title or title_of(summary.shown, voice))[:MOST_TYPED]


def _said(kpi: Kpi, voice: Voice) -> str:
    before, after = before_and_after(voice, kpi.before, kpi.after, kpi.change)
    return voice.plain(
        "summary.figure",
        kpi=kpi.name[:MOST_TYPED],
        before=before,
        after=after,
        change=headline(voice, kpi.change),
    )
