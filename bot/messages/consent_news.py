"""What a referred person did on their page, told to the rep who looks after them (P2)."""

from datetime import datetime, timedelta
from enum import StrEnum

from slack_sdk.models.blocks import InteractiveElement
from sqlalchemy import Connection

from bot.messages import referral_card
from bot.messages.letter import voice_for
from bot.playbook.terms import Consent
from bot.texts.voice import Voice
from bot.views import ids
from bot.views.blocks import Message, actions, button, section
from bot.views.referrals import CardFacts, Name, named
from storage import deliveries
from storage.deliveries import NewDelivery
from storage.workspaces import Workspace

_WORTH_TELLING_FOR = timedelta(days=7)


class News(StrEnum):
    """What happened."""

    AGREED = Consent.AGREED
    REFUSED = Consent.REFUSED
    OPTED_OUT = Consent.OPTED_OUT
    ERASED = "erased"
    ERASURE_ASKED = "erasure_asked"


def tell(
    conn: Connection,
    workspace: Workspace,
    referral_id: int,
    news: News,
    now: datetime,
    cause: str,
) -> None:
    """Owe the owner a message about it."""
    card = referral_card.load(conn, workspace, referral_id)
    if card is None:
        raise LookupError(f"no referral {referral_id}")
    voice = voice_for(conn, workspace, card.owner_id)
    deliveries.enqueue(
        conn,
        NewDelivery(
            team_id=workspace.team_id,
            dedup_key=f"consent_news:{referral_id}:{cause}"[:255],
            kind="consent_news",
            channel=card.owner_id,
            payload=_message(voice, card, news).payload(),
            due_at=now,
            expires_at=now + _WORTH_TELLING_FOR,
        ),
    )


def _message(voice: Voice, card: CardFacts, news: News) -> Message:
    # Who is erased is not named: this message, too, would be a trace.
    referred = Name(card.referred.company) if news is News.ERASED else card.referred
    said = voice.markup(
        f"consent_news.{news}",
        referred=named(voice, referred),
        referrer=named(voice, card.referrer),
        company=card.referred.company,
        contact_by=voice.moment(card.contact_by) if card.contact_by else "",
    )
    buttons: list[InteractiveElement] = [
        button(voice.plain("referral.open"), ids.OPEN_REFERRAL, card.referral_id)
    ]
    if news is News.ERASURE_ASKED:
        erase = voice.plain("consent_news.erase")
        buttons.append(button(erase, ids.ERASE_REFERRED, card.referral_id, style="danger"))
    return Message(said, [section(said), actions(*buttons)])
