"""What the tests of customers' own words begin with."""

from bot.playbook.terms import Purpose, VoiceKind, VoiceUse
from bot.sandbox.messages import Message, words_in
from bot.views import ids
from storage import consents, voices
from storage.voices import Voice
from tests.house import SATO, TEAM, Stage

WORDS = "見積が半日で出せるようになりました。\n若手にも任せられます。"
PURPOSES = {VoiceKind.TESTIMONIAL: Purpose.VOICE, VoiceKind.WHY: Purpose.WHY}


def standing(live: Stage, contact_id: int, kind: VoiceKind = VoiceKind.TESTIMONIAL) -> Voice | None:
    """What the contact says, if anything."""
    with live.bot.store.read() as conn:
        return voices.current(conn, TEAM, contact_id, kind)


def uses(live: Stage, voice_id: int) -> set[VoiceUse]:
    """What it may be used for."""
    with live.bot.store.read() as conn:
        return set(voices.uses_of(conn, TEAM, voice_id))


def agreed_to(live: Stage, voice_id: int) -> dict[VoiceUse, str]:
    """The sentences that stood beside what is permitted now."""
    with live.bot.store.read() as conn:
        rows = [one for one in voices.permissions(conn, TEAM, voice_id) if not one.withdrawn_at]
        texts = {one.use: consents.text(conn, TEAM, one.consent_text_id) for one in rows}
    return {use: text.words for use, text in texts.items() if text}


def news(live: Stage, user: str = SATO) -> list[str]:
    """The messages about customers' words, as they stand now."""
    live.settle()
    about = [one for one in live.sandbox.act_as(user).dm() if _is_news(one)]
    return ["\n".join(words_in(one.blocks)) for one in about]


def _is_news(message: Message) -> bool:
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", "")).startswith("voice:") or ids.OPEN_VOICE_PAGES in str(
        message.blocks
    )
