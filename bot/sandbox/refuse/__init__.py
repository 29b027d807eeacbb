"""What Slack refuses, as pure functions: payload in, problems out. Nothing here knows of HTTP."""

from bot.sandbox.refuse.acks import problems_in_options, problems_in_submission_ack
from bot.sandbox.refuse.blocks import Surface, elements_of, problems_in_blocks
from bot.sandbox.refuse.elements import STATEFUL
from bot.sandbox.refuse.messages import (
    problems_in_message,
    problems_in_metadata,
    problems_in_response,
)
from bot.sandbox.refuse.rules import Problem
from bot.sandbox.refuse.views import problems_in_view

__all__ = [
    "STATEFUL",
    "Problem",
    "Surface",
    "elements_of",
    "problems_in_blocks",
    "problems_in_message",
    "problems_in_metadata",
    "problems_in_options",
    "problems_in_response",
    "problems_in_submission_ack",
    "problems_in_view",
]
