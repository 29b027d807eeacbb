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
from storage.tables.public import page_link
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
    "follow_up",
    "inbox",
    "metadata",
    "moment",
    "nps",
    "oauth_state",
    "offer",
    "page_link",
    "person",
    "referral",
    "result",
    "second_referrer",
    "shown_follow_up",
    "slack_bots",
    "slack_installations",
    "template",
    "voice",
    "voice_permission",
    "workspace",
]
