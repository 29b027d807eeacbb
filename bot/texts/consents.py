"""The words of a consent. They name the team's company and nobody else, so that everybody who
agreed to a version agreed to the same."""

from bot.playbook.terms import ConsentTo
from bot.texts.voice import Voice


def words(voice: Voice, about: ConsentTo, company: str) -> str:
    """What is agreed to, as one sentence or two, in the language of whoever agrees."""
    return voice.plain(f"consent_text.{about}", company=company)
