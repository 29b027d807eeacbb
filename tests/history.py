"""A rich history: what a team of three does with Goen in ten days, through the local Slack.

Every table has rows afterwards. One contact, one referred person and one colleague have strings of
their own (`Person`), which stand wherever people and Goen write somebody's name.
"""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.messages import Message
from bot.sandbox.modals import View
from bot.sandbox.person import Person as Acting
from bot.sandbox.person import Reply
from bot.views import ids
from storage import customers, referrals
from storage.customers import Contact
from storage.referrals import Referral
from tests.house import CHANNEL, EMMA, MORI, ROOT, SATO, TEAM, Stage


@dataclass(frozen=True)
class Person:
    """Somebody whose traces can be looked for. `said` are words of theirs."""

    company: str
    name: str
    email: str
    said: tuple[str, ...] = ()


YOSHINO = Person(
    "山田製作所",
    "吉野 真理",
    "yoshino@yamada-mfg.example",
    ("見積の速さに感激しました", "おかげさまで残業が減りました", "吉野"),
)
"""A contact: scored, thanked, asked, and a referrer."""
ARISUGAWA = Person(
    "鈴木商事",
    "有栖川 蓮",
    "arisugawa@suzuki-shoji.example",
    ("有栖川さまは早朝の電話がよい", "有栖川", "有栖川さまは見積を待てない"),
)
"""A referred person: contacted, met, and won as a customer."""


def live_through(on: Stage) -> None:
    """Ten days, from the import of the customers to a win, a loss and second thoughts."""
    _set_up(on)
    _first_results(on)
    _a_referral(on)
    _second_thoughts(on)
    _days(on, 3)
    _an_ending(on)
    _days(on, 5)
    _what_lies_about(on)


def submit(who: Acting, **values: Any) -> None:
    """Fill in the form that is open, and close what its answer leaves open."""
    view = _open(who)
    outcome = who.submit(view, values)
    assert outcome.ok, outcome
    leave(who)


def leave(who: Acting) -> None:
    view = who.view()
    if view:
        who.close(view, everything=True)


def contact_of(on: Stage, who: Person) -> Contact:
    """The live contact of this name."""
    with on.bot.store.read() as conn:
        customer = customers.named(conn, TEAM, who.company)[0]
        return customers.contacts_named(conn, TEAM, customer.id, who.name)[0]


def referral_of(on: Stage, who: Person) -> Referral:
    """The first referral to the company of this person."""
    with on.bot.store.read() as conn:
        row = referrals.get(conn, TEAM, 1)
    assert row
    assert row.company == who.company
    return row


def _set_up(on: Stage) -> None:
    mori = on.sandbox.act_as(MORI)
    mori.command("/goen")
    mori.command("/goen", "import")
    file = mori.upload("customers.csv", (ROOT / "samples" / "customers.csv").read_bytes())
    submit(mori, **{ids.IMPORT_FILE: [file.id]})
    for user in (SATO, EMMA):
        on.sandbox.act_as(user).command("/goen")
    on.settle()
    mori.click(mori.command("/goen", "team"), ids.CHANGE_ROLE)
    submit(mori, **{ids.MEMBER: EMMA, ids.ROLE: "manager"})
    mori.command("/goen", "settings")
    submit(mori, nps_fresh_for=60)
    on.settle()


def _first_results(on: Stage) -> None:
    sato = on.sandbox.act_as(SATO)
    sato.command("/nps", f"山田製作所 9 {YOSHINO.said[0]}")
    sato.command("/nps", "あおば会計 4 請求書がわかりにくい")
    sato.command("/nps", "みなと物流 10")
    logged = sato.command("/result", "山田製作所 見積作成時間 4.2h 2.2h")
    sato.shortcut("log_thanks", sato.say(CHANNEL, f"{YOSHINO.name}様：{YOSHINO.said[1]}"))
    view = _open(sato)
    offered = sato.options(view, ids.CONTACT, "山田")
    submit(sato, **{ids.CONTACT: offered[0]["value"]})
    sato.click(logged, ids.SEND_ASK)
    on.settle()
    emma = on.sandbox.act_as(EMMA)
    emma.command("/nps", "「Calder Robotics」 9 quick answers")
    emma.command("/result", "「Calder Robotics」 「picking time」 40min 25min")
    emma.command("/goen", "renewal 「Calder Robotics」 two more years")
    on.settle()


def _a_referral(on: Stage) -> None:
    sato = on.sandbox.act_as(SATO)
    sato.click(_latest(sato, ids.LOG_REFERRAL), ids.LOG_REFERRAL)
    submit(
        sato,
        company=ARISUGAWA.company,
        person=f"{ARISUGAWA.name}様",
        email=ARISUGAWA.email,
        need=ARISUGAWA.said[2],
    )
    on.settle()
    tick_off(on, sato, "ご紹介のお礼を伝える")
    sato.click(_card(sato), ids.REFERRAL_CONSENT)
    submit(sato, consent="agreed", consent_how=f"{YOSHINO.name}様からのメール")
    on.settle()
    tick_off(on, sato, "初回の連絡をする")
    sato.click(_card(sato), ids.REFERRAL_NEWS)
    submit(sato, news=ARISUGAWA.said[0])
    sato.command("/referral", f"みなと物流 > {ARISUGAWA.company} 「{ARISUGAWA.name}」様")
    submit(sato)
    on.settle()
    emma = on.sandbox.act_as(EMMA)
    emma.command("/referral", "「Calder Robotics」 > 「Hudson Ltd」 「Kim」様 faster picking")
    on.settle()


def _second_thoughts(on: Stage) -> None:
    """Corrections, deletions and their undoing."""
    mori = on.sandbox.act_as(MORI)
    card = _view(mori.command("/goen", "customer 北斗建設"))
    mori.click(card, ids.DELETE_CUSTOMER)
    mori.click(_open(mori), ids.RESTORE_CUSTOMER)
    leave(mori)
    card = _view(mori.command("/goen", "customer 山田製作所"))
    mori.click(card, ids.ADD_CONTACT)
    submit(mori, name="小野 豊", email="ono@yamada-mfg.example")
    sato = on.sandbox.act_as(SATO)
    said = sato.command("/nps", "北斗建設 3")
    sato.click(said, ids.CORRECT_NPS)
    submit(sato, score="7")
    on.settle()


def _an_ending(on: Stage) -> None:
    sato = on.sandbox.act_as(SATO)
    sato.click(_card(sato), ids.REFERRAL_MEETING)
    leave(sato)
    on.settle()
    tick_off(on, sato, "商談のお礼")
    sato.click(_card(sato), ids.REFERRAL_WON)
    submit(sato, why=f"{ARISUGAWA.name}さまのご決断", amount="120万")
    on.settle()
    sato.command("/nps", f"{ARISUGAWA.company} 10 早くて助かる")
    emma = on.sandbox.act_as(EMMA)
    emma.click(_card(emma), ids.REFERRAL_LOST)
    submit(emma, why="bad timing")
    on.settle()


def _what_lies_about(on: Stage) -> None:
    """A message that is not sent yet, and an errand that is not done."""
    on.sandbox.act_as(SATO).command("/referral", "山田製作所 吉野様 > 東邦商会 江口様 見積")
    mori = on.sandbox.act_as(MORI)
    mori.command("/goen", "settings")
    submit(mori, ask_again_after=45)


def tick_off(on: Stage, who: Acting, words: str) -> None:
    """Done, in the message that reminded of it."""
    message = _latest(who, ids.FOLLOW_UP_DONE, words)
    seen = False
    for block in message.blocks:
        seen = seen or words in str(block)
        if seen and ids.FOLLOW_UP_DONE in str(block):
            who.click(message, ids.FOLLOW_UP_DONE, block_id=str(block["block_id"]))
            on.settle()
            return
    raise AssertionError(f"no {words!r} in {message.words}")


def _days(on: Stage, days: int) -> None:
    """Mornings with their digests and routines, in Tokyo and in London."""
    for _ in range(days):
        for _ in range(2):
            on.clock.move(hours=12)
            on.settle()


def _latest(who: Acting, action_id: str, words: str = "") -> Message:
    found = [m for m in who.dm() if f"'{action_id}'" in str(m.blocks) and words in m.words]
    assert found, (action_id, words)
    return found[-1]


def _card(who: Acting) -> View:
    home = who.home()
    assert home
    return _view(who.click(home, ids.OPEN_REFERRAL))


def _view(reply: Reply) -> View:
    assert reply.view, reply.words
    return reply.view


def _open(who: Acting) -> View:
    view = who.view()
    assert view
    return view
