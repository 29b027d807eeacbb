"""What Goen asks of a workspace, equal to what manifest.yml asks."""

from typing import Final

SCOPES: Final = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "users:read",
        "users:read.email",
    }
)
"""What the bot's token must be allowed to do."""
OPTIONAL: Final = frozenset({"files:write"})
"""What a workspace may leave out: then nothing is printed for customers, and all else works."""
