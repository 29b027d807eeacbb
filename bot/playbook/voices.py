"""What a customer says in their own words, and where it may be used (P3).

Sending the form is what permits the team to read it. Everything that strangers would see is
permitted by itself, and permitted to one text: other words are permitted anew.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.playbook.policy import Policy
from bot.playbook.reasons import Reason, ReasonCode, reason
from bot.playbook.terms import ConsentTo, Credit, VoiceUse

MOST_WORDS: Final = 1000
"""Letters of an answer: more than anybody reads on a page."""
PUBLIC: Final = (VoiceUse.WEBSITE, VoiceUse.CASE_STUDY)
"""Where strangers read it."""
CONSENTS: Final[Mapping[VoiceUse, ConsentTo]] = MappingProxyType(
    {
        VoiceUse.INTERNAL: ConsentTo.VOICE_INTERNAL,
        VoiceUse.WEBSITE: ConsentTo.VOICE_WEBSITE,
        VoiceUse.CASE_STUDY: ConsentTo.VOICE_CASE_STUDY,
    }
)
"""To what somebody agrees who permits a use."""
_CLOSEDNESS: Final = {credit: rank for rank, credit in enumerate(Credit)}
_BLANK_LINES: Final = re.compile(r"\n{3,}")


class VoiceField(StrEnum):
    """The questions that are answered in words."""

    WORDS = "words"
    HESITATION = "hesitation"


class VoiceProblem(StrEnum):
    """What keeps an answer from being taken."""

    MISSING = "missing"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Given:
    """One answer to the form. `hesitation`, what made them hesitate, is never published."""

    words: str
    hesitation: str
    credit: Credit
    uses: frozenset[VoiceUse]

    @property
    def problems(self) -> Mapping[VoiceField, VoiceProblem]:
        """What has to be mended, by question; empty when it can be taken."""
        found: dict[VoiceField, VoiceProblem] = {}
        for asked, answer in (
            (VoiceField.WORDS, self.words),
            (VoiceField.HESITATION, self.hesitation),
        ):
            if len(answer) > MOST_WORDS:
                found[asked] = VoiceProblem.TOO_LONG
        if not self.words:
            found[VoiceField.WORDS] = VoiceProblem.MISSING
        return found


class VoiceChange(StrEnum):
    """What an answer means to whoever looks after the customer."""

    GIVEN = "given"
    CHANGED = "changed"
    NARROWED = "narrowed"
    """Something that may be public has to be taken down or signed otherwise."""
    WITHDRAWN = "withdrawn"


def tidied(text: str) -> str:
    """What was typed without the space around it, at the ends of lines and between paragraphs."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip()


def change_of(before: Given | None, after: Given) -> VoiceChange | None:
    """What is new about an answer; None when it says what the last one said."""
    if before is None:
        return VoiceChange.GIVEN
    if before == after:
        return None
    return VoiceChange.NARROWED if _is_narrower(before, after) else VoiceChange.CHANGED


def _is_narrower(before: Given, after: Given) -> bool:
    was_public = before.uses & frozenset(PUBLIC)
    is_signed_less = _CLOSEDNESS[after.credit] > _CLOSEDNESS[before.credit]
    return bool(was_public - after.uses) or (bool(was_public) and is_signed_less)


def withdrawn_uses(before: Given, after: Given) -> frozenset[VoiceUse]:
    """The permissions that end: those taken back, and all of them when the words are others."""
    return before.uses - after.uses if before.words == after.words else before.uses


def granted_uses(before: Given | None, after: Given) -> frozenset[VoiceUse]:
    """The permissions that begin, each with the words and the time of this answer."""
    if before is None or before.words != after.words:
        return after.uses
    return after.uses - before.uses


def against_asking(
    *, has_opted_out: bool, has_complaint: bool, score: int | None, policy: Policy
) -> tuple[Reason, ...]:
    """Why a contact had better not be asked for their words: what is wrong is mended first (M3)."""
    against: list[Reason] = []
    if has_opted_out:
        against.append(reason(ReasonCode.OPTED_OUT))
    if has_complaint:
        against.append(reason(ReasonCode.OPEN_COMPLAINT))
    if score is not None and score < policy.promoter_threshold:
        threshold = policy.promoter_threshold
        against.append(reason(ReasonCode.BELOW_THRESHOLD, score=score, threshold=threshold))
    return tuple(against)
