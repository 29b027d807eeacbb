"""What Goen asks of a workspace, equal to what manifest.yml asks."""

SCOPES = frozenset(
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
