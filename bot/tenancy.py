"""How a process comes to its workspaces: one by the bot token in the settings, or any number that
install Goen by OAuth (`bot.installed`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import App as BoltApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.routing import BaseRoute

from bot.clients import Clients, MakeClient, OneWorkspace
from bot.settings import Settings
from bot.texts.catalogue import LANGUAGES
from bot.texts.voice import Voice
from handlers.welcome import Defaults, ensure_workspace
from storage.engine import Store

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Tenancy:
    """The workspaces of a process. `team_id` is that of the only one, `installing` what the web
    server serves to those who install, and `is_well` asks Slack whether it takes what we have."""

    clients: Clients
    bolt: BoltApp
    fallback: Voice
    is_well: Callable[[], bool]
    team_id: str | None = None
    installing: Sequence[BaseRoute] = ()


def tenancy_of(settings: Settings, store: Store, make_client: MakeClient, clock: Clock) -> Tenancy:
    """What the settings ask for.

    Raises:
        SlackApiError: the bot token is not valid.
        ValueError: `settings.problem` is not solved.
    """
    if settings.slack_bot_token:
        return _of_token(settings, store, make_client, clock)
    if settings.problem:
        raise ValueError(settings.problem)
    # Imported here because a single workspace needs neither encryption nor slack_sdk's store.
    from bot.installed import of_installations  # noqa: PLC0415

    return of_installations(settings, store, make_client, clock)


def defaults_of(settings: Settings) -> Defaults:
    """What the settings say of a workspace that is new."""
    return Defaults(
        channel_id=settings.channel,
        locale=settings.locale,
        timezone=settings.timezone,
        country=settings.country,
        currency=settings.currency,
    )


def answers(call: Callable[[], object]) -> bool:
    """Whether Slack takes a call."""
    try:
        call()
    except SlackApiError:
        return False
    return True


def bolt_app(
    settings: Settings, client: WebClient, authorize: Authorize, flow: OAuthFlow | None = None
) -> BoltApp:
    """Bolt, which asks `authorize` for the token of each request's workspace."""
    secret = settings.slack_signing_secret
    gone = "\n".join(Voice(language, "UTC").plain("install.gone") for language in LANGUAGES)
    return BoltApp(
        client=client,
        signing_secret=secret.get_secret_value() if secret else "",
        # Commit, then ack: a click that Slack takes for done is done, whatever dies next.
        process_before_response=True,
        request_verification_enabled=not settings.uses_socket_mode,
        # Bolt takes it as it is, though its signature speaks of functions only.
        authorize=authorize,  # type: ignore[arg-type]
        oauth_flow=flow,
        user_facing_authorize_error_message=gone,
    )


def _of_token(settings: Settings, store: Store, make_client: MakeClient, clock: Clock) -> Tenancy:
    token = settings.slack_bot_token
    client = make_client(token.get_secret_value() if token else None)
    workspace = ensure_workspace(store, client, defaults_of(settings), clock())
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=workspace.team_id,
        bot_user_id=workspace.bot_user_id,
        bot_token=client.token,
    )
    return Tenancy(
        clients=OneWorkspace(client, workspace.team_id),
        bolt=bolt_app(settings, make_client(None), _ByToken(result)),
        fallback=Voice(workspace.locale, workspace.timezone),
        is_well=lambda: answers(client.auth_test),
        team_id=workspace.team_id,
    )


class _ByToken(Authorize):
    """One token for everything that comes: Slack sends no other workspace's requests here."""

    def __init__(self, result: AuthorizeResult) -> None:
        self._result = result

    def __call__(self, **_: object) -> AuthorizeResult:
        return self._result
