"""What could not be understood of a typed line, said above the form that keeps what was."""

from collections.abc import Sequence

from bot.playbook.problems import Problem
from bot.texts.voice import Markup, Voice


def say_problems(
    voice: Voice, problems: Sequence[Problem], typed: str, unclear: Markup | None = None
) -> Markup | None:
    """What is unclear about the names first, one line a problem, and the line as it was typed;
    None when nothing was typed."""
    if not typed:
        return None
    said = [unclear] if unclear else []
    said += [
        voice.markup(f"problem.{problem.field}.{problem.code}", text=problem.text)
        for problem in problems
    ]
    return Markup("\n".join([*said, voice.markup("answer.typed", typed=typed)]))
