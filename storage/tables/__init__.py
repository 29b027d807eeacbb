"""Every table of Goen, as SQLAlchemy Core; one module for each part of the house."""

from storage.tables.accounts import contact, contact_state, customer
from storage.tables.base import metadata
from storage.tables.consent import benefit, consent_record, consent_text
from storage.tables.duties import channel_rest, delivery, errand, follow_up, shown_follow_up
from storage.tables.installations import departure, oauth_state, slack_bots, slack_installations
from storage.tables.programme import (
    ask,
    moment,
    nps,
    offer,
    referral,
    result,
    second_referrer,
    template,
)
from storage.tables.public import page_link, published_number
from storage.tables.signals import external_id, signal, signal_key, ticket
from storage.tables.summaries import summary
from storage.tables.team import audit, inbox, person, workspace
from storage.tables.voices import voice, voice_permission

__all__ = [
    "ask",
    "audit",
    "benefit",
    "channel_rest",
    "consent_record",
    "consent_text",
    "contact",
    "contact_state",
    "customer",
    "delivery",
    "departure",
    "errand",
    "external_id",
    "follow_up",
    "inbox",
    "metadata",
    "moment",
    "nps",
    "oauth_state",
    "offer",
    "page_link",
    "person",
    "published_number",
    "referral",
    "result",
    "second_referrer",
    "shown_follow_up",
    "signal",
    "signal_key",
    "slack_bots",
    "slack_installations",
    "summary",
    "template",
    "ticket",
    "voice",
    "voice_permission",
    "workspace",
]
