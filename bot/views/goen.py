"""The screens of `/goen`: help with examples, the kind answer to an unknown word, the welcome."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.playbook.lines import Command
from bot.playbook.terms import Role
from bot.texts.voice import Markup, Voice, mention
from bot.views import blocks, ids
from bot.views.blocks import Message, actions, context, divider, header, section

LOGGING = (Command.RESULT, Command.NPS, Command.THANKS, Command.REFERRAL, Command.ASK)
"""What a rep does every day; all but thanks are slash commands of their own too."""
LOOKING = (
    Command.CUSTOMER,
    Command.FOLLOW_UPS,
    Command.VOICES,
    Command.HANDBOOK,
    Command.DASHBOARD,
    Command.TEAM,
)
MANAGING = (Command.IMPORT, Command.SETTINGS)


def action_id(command: Command) -> str:
    """Of the button that does what `/goen <command>` does."""
    return f"{ids.GOEN_WORD}{command}"


def button(voice: Voice, command: Command, *, primary: bool = False) -> ButtonElement:
    """Do what `/goen <command>` does, without typing it."""
    return blocks.button(
        voice.plain(f"goen.do_{command}"),
        action_id(command),
        style="primary" if primary else None,
    )


def help_message(voice: Voice, role: Role) -> Message:
    """What to type, with an example and a button each; managing is shown to those who may."""
    examples = [voice.markup(f"goen.example_{command}") for command in LOGGING]
    said: list[Block] = [
        header(voice.plain("goen.help_title")),
        section(voice.markup("goen.help")),
        section(Markup("\n".join(examples))),
        actions(*(button(voice, command) for command in LOGGING)),
        divider(),
        section(
            Markup(f"{voice.markup('goen.help_look')}\n{voice.markup('goen.example_customer')}")
        ),
        actions(*(button(voice, command) for command in LOOKING)),
    ]
    if role is not Role.REP:
        said += [
            section(voice.markup("goen.help_manage")),
            actions(*(button(voice, command) for command in MANAGING)),
        ]
    said.append(context(voice.markup("goen.help_more")))
    return Message(voice.plain("goen.help_title"), said)


def unknown(voice: Voice, typed: str, word: str, nearest: Command | None) -> Message:
    """The word is not one of ours: the nearest one, and the line as it was typed."""
    said: list[Block] = [section(voice.markup("goen.unknown", word=word))]
    if nearest:
        said.append(section(voice.markup("goen.nearest", command=nearest.value)))
    offered = [command for command in (nearest, Command.HELP) if command]
    said += [
        # Help may be the nearest; Slack refuses one button twice.
        actions(*(button(voice, command) for command in dict.fromkeys(offered))),
        context(voice.markup("answer.typed", typed=typed)),
    ]
    return Message(voice.plain("goen.unknown", word=word), said)


def first_admin(voice: Voice, user_id: str, *, has_channel: bool) -> Message:
    """Whoever starts Goen up is its admin; what comes next."""
    said: list[Block] = [
        header(voice.plain("goen.welcome_title")),
        section(voice.markup("goen.first_admin", who=mention(user_id))),
        section(voice.markup("goen.steps_import" if has_channel else "goen.steps_channel")),
    ]
    buttons = [blocks.button(voice.plain("goen.set_up"), ids.SET_UP, style="primary")]
    if has_channel:
        buttons = [
            button(voice, Command.IMPORT, primary=True),
            blocks.button(voice.plain("goen.do_settings"), ids.SET_UP),
        ]
    said.append(actions(*buttons, button(voice, Command.HELP)))
    return Message(voice.plain("goen.welcome_title"), said)
