"""What the surroundings tell Goen: tokens, database, address, defaults of a workspace."""

from zoneinfo import available_timezones

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.telemetry.logs import LogFormat, LogLevel
from bot.texts.catalogue import LANGUAGES, language_of


class Settings(BaseSettings):
    """Read once, in `cli.py`, and handed down. The variables are a stable contract."""

    # An empty line of .env is a variable that is not set.
    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
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

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @property
    def uses_socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def can_reach_slack(self) -> bool:
        """A bot token and one of the two ways in: an app token, or a signing secret."""
        return self.slack_bot_token is not None and (
            self.slack_app_token is not None or self.slack_signing_secret is not None
        )
