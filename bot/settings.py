"""What the surroundings tell Goen: tokens, database, address, defaults of a workspace."""

import re
from base64 import urlsafe_b64decode
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from zoneinfo import available_timezones

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.mail.server import MailServer, read_server
from bot.telemetry.logs import LogFormat, LogLevel
from bot.texts.catalogue import LANGUAGES, language_of

Network = IPv4Network | IPv6Network
_KEY_BYTES = 32
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(?:/[A-Za-z0-9._~\-/]*)?")
"""What a longer address can begin with, on paper and in a QR code too."""


class Problem(StrEnum):
    """What is missing or contradictory; names a sentence of the catalogue `doctor`."""

    NO_TOKENS = "no_tokens"
    ONE_OR_MANY = "one_or_many"
    HALF_CLIENT = "half_client"
    NO_WAY_IN = "no_way_in"
    NO_KEYS = "no_keys"
    NO_PUBLIC_URL = "no_public_url"
    CHANNEL_OF_ONE = "channel_of_one"
    MAIL_OF_ONE = "mail_of_one"


class Settings(BaseSettings):
    """Read once, in `cli.py`, and handed down. The variables are a stable contract."""

    # An empty line of .env is a variable that is not set.
    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    encryption_keys: SecretStr | None = Field(default=None, alias="GOEN_ENCRYPTION_KEYS")
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///goen.db"
    host: str = Field(default="127.0.0.1", alias="GOEN_HOST")
    port: int = Field(default=3000, alias="GOEN_PORT", ge=0, le=65535)
    public_url: AnyHttpUrl | None = Field(default=None, alias="GOEN_PUBLIC_URL")
    channel: str | None = Field(default=None, alias="GOEN_CHANNEL")
    locale: str = Field(default="ja", alias="GOEN_LOCALE")
    timezone: str = Field(default="Asia/Tokyo", alias="GOEN_TIMEZONE")
    country: str = Field(default="JP", alias="GOEN_COUNTRY", pattern="^[A-Z]{2}$")
    currency: str = Field(default="JPY", alias="GOEN_CURRENCY", pattern="^[A-Z]{3}$")
    log_format: LogFormat | None = Field(default=None, alias="GOEN_LOG_FORMAT")
    log_level: LogLevel = Field(default=LogLevel.INFO, alias="GOEN_LOG_LEVEL")
    metrics_token: SecretStr | None = Field(default=None, alias="GOEN_METRICS_TOKEN")
    smtp_url: SecretStr | None = Field(default=None, alias="GOEN_SMTP_URL")
    trusted_proxies: str = Field(default="", alias="GOEN_TRUSTED_PROXIES")

    @field_validator("locale")
    @classmethod
    def _has_a_catalogue(cls, value: str) -> str:
        language = language_of(value)
        if language is None:
            raise ValueError(f"GOEN_LOCALE must be one of {', '.join(LANGUAGES)}")
        return language

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("GOEN_TIMEZONE must be an IANA zone such as Asia/Tokyo")
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        given = value.get_secret_value().split(",") if value else []
        if not all(_is_key(one.strip()) for one in given if one.strip()):
            raise ValueError("make each key with: python -m bot new-key")
        return value

    @field_validator("public_url")
    @classmethod
    def _can_be_built_on(cls, value: AnyHttpUrl | None) -> AnyHttpUrl | None:
        if value and not _PLAIN_ADDRESS.fullmatch(str(value)):
            raise ValueError("GOEN_PUBLIC_URL must be a host and perhaps a path, and nothing else")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError as error:
            raise ValueError("GOEN_TRUSTED_PROXIES must be addresses or networks") from error
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            read_server(value.get_secret_value())
        return value

    @field_validator("database_url")
    @classmethod
    def _is_kept(cls, value: str) -> str:
        if value in ("sqlite://", "sqlite:///:memory:"):
            raise ValueError("DATABASE_URL must name a file: in memory everything ends with Goen")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @property
    def uses_socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def has_many_workspaces(self) -> bool:
        """Whether workspaces install Goen by OAuth; otherwise there is one, that of the token."""
        return self.slack_client_id is not None or self.slack_client_secret is not None

    @property
    def keys(self) -> tuple[str, ...]:
        """What tokens at rest are encrypted with; the first encrypts, all decrypt."""
        given = self.encryption_keys.get_secret_value() if self.encryption_keys else ""
        return tuple(key for one in given.split(",") if (key := one.strip()))

    @property
    def proxies(self) -> tuple[Network, ...]:
        """Our own proxies, whose word on where a request came from is believed."""
        return _networks(self.trusted_proxies)

    @property
    def mail_server(self) -> MailServer | None:
        """What takes mail to contacts; None where people send it themselves."""
        return read_server(self.smtp_url.get_secret_value()) if self.smtp_url else None

    @property
    def public_base(self) -> str:
        """`GOEN_PUBLIC_URL` as what addresses begin with; empty when it is not set."""
        return str(self.public_url or "").rstrip("/")

    @property
    def problem(self) -> Problem | None:
        """What keeps these settings from reaching Slack, the first thing to mend."""
        if self.has_many_workspaces:
            return self._problem_of_many()
        if self.slack_bot_token is None or not self._has_a_way_in:
            return Problem.NO_TOKENS
        return None

    @property
    def _has_a_way_in(self) -> bool:
        return self.slack_app_token is not None or self.slack_signing_secret is not None

    def _problem_of_many(self) -> Problem | None:
        wrong = (
            (self.slack_bot_token is not None, Problem.ONE_OR_MANY),
            (self.slack_client_id is None or self.slack_client_secret is None, Problem.HALF_CLIENT),
            (not self._has_a_way_in, Problem.NO_WAY_IN),
            (not self.keys, Problem.NO_KEYS),
            (self.public_url is None, Problem.NO_PUBLIC_URL),
            (self.channel is not None, Problem.CHANNEL_OF_ONE),
            # Whoever installs Goen says in their Slack whose address is whose.
            (self.smtp_url is not None, Problem.MAIL_OF_ONE),
        )
        return next((problem for is_so, problem in wrong if is_so), None)


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def _is_key(text: str) -> bool:
    """32 bytes in URL-safe Base64, as Fernet has them; asked here without its slow import."""
    try:
        return len(urlsafe_b64decode(text)) == _KEY_BYTES
    except ValueError:
        return False
