"""What a contact may have said to an ask: the same buttons wherever the ask is shown."""

from slack_sdk.models.blocks import ButtonElement

from bot.playbook.terms import AskAnswer
from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import button


def answer_buttons(
    voice: Voice,
    *,
    contact_id: int,
    ask_id: int,
    known: AskAnswer | None = None,
    leads: bool = True,
) -> list[ButtonElement]:
    """One click for each answer but the `known` one; the hoped-for `leads` unless a screen has a
    first button of its own."""
    answers = {
        AskAnswer.REFERRED: (ids.LOG_REFERRAL, f"{contact_id}:{ask_id}"),
        AskAnswer.LATER: (ids.ASK_LATER, str(ask_id)),
        AskAnswer.DECLINED: (ids.ASK_DECLINED, str(ask_id)),
    }
    return [
        button(
            voice.plain(f"ask.answer_{answer}"),
            action_id,
            value,
            style="primary" if answer is AskAnswer.REFERRED and leads and not known else None,
        )
        for answer, (action_id, value) in answers.items()
        if answer is not known
    ]
