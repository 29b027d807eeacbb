"""A case, or several, for every command, sub-command, button, menu, shortcut, search and event."""

from dataclasses import replace

from bot.playbook.lines import Command
from bot.playbook.terms import Snooze, Stage, VoiceKind, VoiceUse
from bot.texts.catalogue import LANGUAGES
from bot.views import customers, ids, referrals
from bot.views.follow_ups import STRIKE_OFF
from bot.views.goen import action_id
from handlers.request import Entry
from handlers.slack import DEPARTURE_EVENTS, PERSON_EVENTS
from tests.faults.rights_case import Case, Right, chosen
from tests.faults.rights_forms import FORMS

_SCREENS = {
    Command.NPS: Right.MEMBER,
    Command.RESULT: Right.MEMBER,
    Command.REFERRAL: Right.MEMBER,
    Command.ASK: Right.MEMBER,
    Command.THANKS: Right.MEMBER,
    Command.UPSELL: Right.MEMBER,
    Command.RENEWAL: Right.MEMBER,
    Command.CONTRACT: Right.MEMBER,
    Command.CUSTOMER: Right.MEMBER,
    Command.FOLLOW_UPS: Right.MEMBER,
    Command.DASHBOARD: Right.MEMBER,
    Command.TEAM: Right.MEMBER,
    Command.VOICES: Right.MEMBER,
    Command.HANDBOOK: Right.MEMBER,
    Command.ERASE: Right.MEMBER,
    Command.HELP: Right.MEMBER,
    Command.IMPORT: Right.MANAGER,
    # Managers get the part of the settings that is theirs: the catalogue.
    Command.SETTINGS: Right.MANAGER,
}
"""Who may open what `/goen <word>` opens with nothing behind it."""

_LINES = {
    Command.NPS: "<id> 9 よかった",
    Command.RESULT: "<id> 見積時間 4.2h 2.2h",
    Command.REFERRAL: "<id> > 新星商会 鈴木様",
    Command.ASK: "<id>",
    Command.THANKS: "<id> ありがとう",
    Command.UPSELL: "<id> 追加",
    Command.RENEWAL: "<id> 更新",
    Command.CONTRACT: "<id> 契約",
    Command.CUSTOMER: "<id>",
    Command.VOICES: "<id>",
    Command.HANDBOOK: "<id>",
}
"""Lines that name a customer, which is the record of their cases."""
_SHOWN_ONLY = (Command.ASK, Command.CUSTOMER, Command.VOICES, Command.HANDBOOK)
_OWN = {
    Command.NPS: ids.NPS_COMMAND,
    Command.RESULT: ids.RESULT_COMMAND,
    Command.REFERRAL: ids.REFERRAL_COMMAND,
    Command.ASK: ids.ASK_COMMAND,
}


def _commands() -> list[Case]:
    made = []
    for command, right in _SCREENS.items():
        made.append(Case(Entry.COMMAND, ids.GOEN_COMMAND, right, value=command, only_shows=True))
        made.append(Case(Entry.ACTION, action_id(command), right, only_shows=True))
    for command, line in _LINES.items():
        shows = command in _SHOWN_ONLY
        made.append(
            Case(
                Entry.COMMAND,
                ids.GOEN_COMMAND,
                Right.OWNER,
                "name",
                f"{command} {line}",
                variant=f"{command} …",
                only_shows=shows,
            )
        )
        if command in _OWN:
            name = _OWN[command]
            made.append(Case(Entry.COMMAND, name, Right.OWNER, "name", line, only_shows=shows))
            made.append(Case(Entry.COMMAND, name, Right.MEMBER, variant="alone", only_shows=True))
            made.append(
                Case(
                    Entry.COMMAND,
                    name,
                    Right.OWNER,
                    "name",
                    "<id>",
                    variant="incomplete",
                    only_shows=True,
                )
            )
    made.append(Case(Entry.COMMAND, ids.GOEN_COMMAND, Right.MEMBER, only_shows=True))
    made.append(
        Case(Entry.COMMAND, ids.REFERRAL_COMMAND, Right.MEMBER, value="list", only_shows=True)
    )
    return made


def _click(
    name: str, right: Right, about: str = "", value: str = "<id>", variant: str = ""
) -> Case:
    return Case(Entry.ACTION, name, right, about, value, variant=variant)


def _look(name: str, right: Right, about: str = "", value: str = "<id>", variant: str = "") -> Case:
    return Case(Entry.ACTION, name, right, about, value, variant=variant, only_shows=True)


_CHOICE = "<id>:0:0:0"

_ACCOUNTS = [
    _look(ids.ADD_CONTACT, Right.OWNER, "customer"),
    _look(ids.EDIT_CUSTOMER, Right.OWNER, "customer"),
    _look(ids.EDIT_CONTACT, Right.OWNER, "contact"),
    _click(ids.DELETE_CUSTOMER, Right.OWNER, "idle_customer"),
    _click(ids.RESTORE_CUSTOMER, Right.OWNER, "gone_customer"),
    _click(ids.RESTORE_CONTACT, Right.OWNER, "gone_contact"),
    _look(ids.OPEN_ERASE, Right.OWNER, "idle_contact"),
    *(
        _look(ids.CONTACT_MENU, Right.OWNER, "idle_contact", f"{verb}:<id>", verb)
        for verb in customers.MENU
    ),
    Case(
        Entry.ACTION,
        ids.OPEN_CUSTOMER,
        Right.OWNER,
        "customer",
        "customer:<id>",
        answers={ids.CUSTOMER: chosen("customer:<id>")},
        only_shows=True,
    ),
]
_RECORDS = [
    _look(ids.LOG_NPS, Right.OWNER, "contact"),
    _look(ids.CORRECT_NPS, Right.OWNER, "nps"),
    _click(ids.DELETE_NPS, Right.OWNER, "nps"),
    _look(ids.LOG_RESULT, Right.OWNER, "contact"),
    _look(ids.CORRECT_RESULT, Right.OWNER, "result"),
    _click(ids.DELETE_RESULT, Right.OWNER, "result"),
    _click(ids.MAKE_SUMMARY, Right.OWNER, "contact"),
    _look(ids.MATERIAL_SUMMARY, Right.OWNER, "contact"),
    _look(ids.LOG_MOMENT, Right.OWNER, "contact"),
    _look(ids.CORRECT_MOMENT, Right.OWNER, "moment"),
    _click(ids.DELETE_MOMENT, Right.OWNER, "moment"),
]
_ASKS = [
    _look(ids.SHOW_ASK_LIST, Right.MEMBER, value=""),
    _look(ids.PREPARE_ASK, Right.OWNER, "contact"),
    _look(ids.SHORT_ASK, Right.OWNER, "contact", _CHOICE),
    _look(ids.CHOOSE_ASK, Right.OWNER, "contact", _CHOICE),
    _look(ids.OVERRIDE_ASK, Right.MANAGER, "idle_contact", _CHOICE),
    _click(ids.SEND_ASK, Right.OWNER, "contact", _CHOICE),
    _look(ids.REVIEW_MAIL, Right.OWNER, "contact", _CHOICE),
    _click(ids.PUT_OFF_ASK, Right.OWNER, "contact", _CHOICE),
    _click(ids.ASK_LATER, Right.OWNER, "ask"),
    _click(ids.ASK_DECLINED, Right.OWNER, "ask"),
    _click(ids.CANCEL_ASK, Right.OWNER, "ask"),
    _click(ids.UNDO_ASK, Right.OWNER, "answered_ask"),
]
_REFERRALS = [
    _look(ids.LOG_REFERRAL, Right.OWNER, "contact"),
    replace(_look(ids.SHOW_REFERRALS, Right.MEMBER, value=""), on="home"),
    _look(ids.OPEN_REFERRAL, Right.OWNER, "referral"),
    _click(ids.REFERRAL_CONTACTED, Right.OWNER, "agreed"),
    _click(ids.REFERRAL_MEETING, Right.OWNER, "contacted"),
    _look(ids.REFERRAL_WON, Right.OWNER, "contacted"),
    _look(ids.REFERRAL_LOST, Right.OWNER, "contacted"),
    _look(ids.REFERRAL_NOT_A_FIT, Right.OWNER, "contacted"),
    _click(ids.REFERRAL_REOPEN, Right.OWNER, "cancelled"),
    _look(ids.REFERRAL_EDIT, Right.OWNER, "referral"),
    _look(ids.REFERRAL_CONSENT, Right.OWNER, "referral"),
    _look(ids.REFERRAL_NEWS, Right.OWNER, "contacted"),
    _look(ids.REFERRAL_REASSIGN, Right.OWNER, "referral"),
    *(
        _look(ids.REFERRAL_MENU, Right.OWNER, "contacted", f"{verb}:<id>", verb)
        for verb in (referrals.CANCEL, referrals.DELETE, referrals.ERASE)
    ),
    _click(
        ids.REFERRAL_MENU,
        Right.OWNER,
        "contacted",
        f"{referrals.BACK}-{Stage.RECEIVED}:<id>",
        referrals.BACK,
    ),
    _click(ids.REFERRAL_RESTORE, Right.OWNER, "gone_referral"),
    _look(ids.ERASE_REFERRED, Right.OWNER, "referral"),
    _look(ids.REFERRED_PAGES, Right.OWNER, "agreed"),
    _click(ids.RENEW_OWN_DATA, Right.OWNER, "agreed"),
    _look(ids.EDIT_BENEFIT, Right.OWNER, "agreed"),
    _click(ids.USE_BENEFIT, Right.OWNER, "benefit"),
    _click(ids.UNUSE_BENEFIT, Right.OWNER, "used_benefit"),
    _click(ids.WITHDRAW_BENEFIT, Right.OWNER, "benefit"),
    _click(ids.REFERRAL_SPLIT, Right.OWNER, "contact", "<referral>:<id>"),
]
_CATALOGUE = [
    _look(ids.OPEN_CATALOGUE, Right.MEMBER, value=""),
    _look(ids.BACK_TO_CATALOGUE, Right.MEMBER, value=""),
    _click(ids.REVIEW_OFFERS, Right.MANAGER, value=""),
    _look(ids.ADD_OFFER, Right.MANAGER, value=""),
    _look(ids.EDIT_OFFER, Right.MANAGER, "offer"),
    _click(ids.DELETE_OFFER, Right.MANAGER, "offer"),
    _look(ids.ADD_TEMPLATE, Right.MANAGER, value=""),
    _look(ids.EDIT_TEMPLATE, Right.MANAGER, "template"),
    _click(ids.DELETE_TEMPLATE, Right.MANAGER, "template"),
    _look(ids.EDIT_IDEAL_CUSTOMER, Right.MANAGER, value=""),
    _look(ids.SET_UP, Right.MANAGER, value=""),
    _look(ids.CHANGE_ROLE, Right.ADMIN, value=""),
    _look(ids.OPEN_SIGNALS, Right.ADMIN, value=""),
    _click(ids.MAKE_SIGNAL_KEY, Right.ADMIN, value=""),
    _click(ids.REVOKE_SIGNAL_KEY, Right.ADMIN, value=""),
]
_FOLLOW_UPS = [
    _look(ids.SHOW_FOLLOW_UPS, Right.MEMBER, value="mine"),
    _look(ids.SHOW_FOLLOW_UPS, Right.MEMBER, value="team", variant="of the team"),
    _look(ids.SWITCH_FOLLOW_UPS, Right.MEMBER, value="team"),
    *(
        case
        for about in ("follow_up", "lent")
        for case in (
            _click(ids.FOLLOW_UP_DONE, Right.OWES, about, "<id>:alone", about),
            _look(ids.FOLLOW_UP_DRAFT, Right.OWES, about, "<id>:alone", about),
            _look(ids.FOLLOW_UP_HAND_OVER, Right.OWNER, about, "<id>:alone", about),
            *(
                _click(
                    ids.FOLLOW_UP_LATER,
                    Right.OWES,
                    about,
                    f"{choice}:<id>:alone",
                    f"{about} {choice}",
                )
                for choice in (Snooze.HOUR, Snooze.TOMORROW, Snooze.MONDAY, STRIKE_OFF)
            ),
        )
    ),
    _look(ids.FOLLOW_UP_LATER, Right.OWES, "follow_up", f"{Snooze.DATE}:<id>:alone", Snooze.DATE),
    _click(ids.FOLLOW_UP_UNDO, Right.OWES, "settled", "<id>:mine"),
]
_HANDBOOK = [
    _look(ids.MATERIAL_HANDBOOK, Right.OWNER, "contact"),
    # The browser opens the page; Slack only tells of it.
    _click(ids.OPEN_HANDBOOK, Right.SLACK, value=""),
    # Nothing of it is open where customers can't reach Goen.
    _look(ids.RENEW_HANDBOOK, Right.MANAGER, value=""),
    _look(ids.REVOKE_HANDBOOK, Right.MANAGER, value=""),
    *(_click(f"{ids.PRINT_HANDBOOK}{one}", Right.MEMBER, value="") for one in LANGUAGES),
]
_PAGES = [
    _look(ids.MATERIAL_PAGE, Right.OWNER, "contact"),
    _look(ids.RENEW_PAGE, Right.OWNER, "contact"),
    _look(ids.REVOKE_PAGE, Right.OWNER, "contact"),
    # Nobody was referred twice.
    _look(ids.REFERRAL_JOIN, Right.OWNER, "referral", "<id>:<id>"),
]
_VOICES = [
    # No page is made of it where customers can't reach Goen.
    _look(ids.MATERIAL_VOICE, Right.OWNER, "contact"),
    _look(ids.OPEN_VOICE_PAGES, Right.OWNER, "contact"),
    _click(ids.RENEW_VOICE_PAGE, Right.OWNER, "contact", f"{VoiceKind.TESTIMONIAL}:<id>"),
    _click(ids.DELETE_VOICE, Right.OWNER, "voice"),
    _look(ids.SHOW_VOICES, Right.OWNER, "contact"),
    *(_look(ids.FILTER_VOICES, Right.MEMBER, value=use, variant=use) for use in VoiceUse),
]
_STUCK = [
    replace(_click(name, Right.MANAGER, "stuck"), on="home")
    for name in (ids.STUCK_ARRIVED, ids.STUCK_AGAIN, ids.STUCK_DROP)
]
_OTHER_DOORS = [
    *(
        Case(Entry.SHORTCUT, name, Right.MEMBER, only_shows=True)
        for name in (
            ids.LOG_REFERRAL_SHORTCUT,
            ids.LOG_THANKS_SHORTCUT,
            ids.WHOM_TO_ASK_SHORTCUT,
        )
    ),
    *(
        Case(Entry.SEARCH, name, Right.MEMBER, value=text, variant=text, only_shows=True)
        for name in (
            ids.FIND_CONTACT,
            ids.FIND_CUSTOMER,
            ids.FIND_ERASABLE,
            ids.OPEN_CUSTOMER,
            ids.FIND_TIMEZONE,
            ids.FIND_COUNTRY,
            ids.FIND_CURRENCY,
        )
        for text in ("", "商事", "a")
    ),
    Case(Entry.EVENT, "app_home_opened", Right.MEMBER, only_shows=True),
    *(Case(Entry.EVENT, name, Right.SLACK, touches="person") for name in PERSON_EVENTS),
    # They delete a workspace, and no row of another one.
    *(Case(Entry.EVENT, name, Right.SLACK) for name in DEPARTURE_EVENTS),
]

CASES = [
    *_commands(),
    *_ACCOUNTS,
    *_RECORDS,
    *_ASKS,
    *_REFERRALS,
    *_CATALOGUE,
    *_FOLLOW_UPS,
    *_HANDBOOK,
    *_PAGES,
    *_VOICES,
    *_STUCK,
    *_OTHER_DOORS,
    *FORMS,
]

WITH_PAGES = (
    _click(ids.MATERIAL_PAGE, Right.OWNER, "contact"),
    _click(ids.RENEW_PAGE, Right.OWNER, "contact"),
    _click(ids.RENEW_VOICE_PAGE, Right.OWNER, "contact", f"{VoiceKind.TESTIMONIAL}:<id>"),
    _click(ids.RENEW_HANDBOOK, Right.MANAGER, value=""),
)
"""What more is done where customers can reach Goen."""
