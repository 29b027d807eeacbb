"""A local Slack for the demo and the tests. Bound to the loopback address; imports nothing else
of the bot."""

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.interactions import Outcome, Submission
from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person, Reply
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.tenant import Tenant
from bot.sandbox.workspace import (
    APP_ID,
    BOT_ID,
    BOT_USER_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    Channel,
    Command,
    Shortcut,
    User,
    Workspace,
)

__all__ = [
    "APP_ID",
    "BOT_ID",
    "BOT_USER_ID",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "Channel",
    "Command",
    "Fault",
    "Faults",
    "Message",
    "Outcome",
    "Person",
    "Reply",
    "Sandbox",
    "Shortcut",
    "Submission",
    "Tenant",
    "User",
    "View",
    "Workspace",
]
