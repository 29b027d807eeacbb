import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbook.lines import (
    Command,
    moment_readings,
    nearest_command,
    nps_readings,
    parse_ask,
    parse_goen,
    parse_moment,
    parse_nps,
)
from bot.playbook.problems import Field, Problem, ProblemCode
from bot.playbook.referral_line import parse_referral
from bot.playbook.result_line import parse_result


@pytest.mark.parametrize(
    ("text", "words", "score", "comment"),
    [
        pytest.param("山田製作所 9 対応が早い", ("山田製作所",), 9, "対応が早い", id="the example"),
        pytest.param(
            "山田製作所　９　対応が早い", ("山田製作所",), 9, "対応が早い", id="full width"
        ),
        pytest.param("山田製作所 0", ("山田製作所",), 0, "", id="zero"),
        pytest.param("山田製作所 10点", ("山田製作所",), 10, "", id="with a counter"),
        pytest.param("Acme Corp 9/10 fast", ("Acme", "Corp"), 9, "fast", id="out of ten"),
        pytest.param("山田製作所 吉野様 9", ("山田製作所", "吉野様"), 9, "", id="with a contact"),
        pytest.param('"Studio 54" 9 great', ("Studio 54",), 9, "great", id="quoted"),
        pytest.param("「山田 製作所」 9", ("山田 製作所",), 9, "", id="Japanese quotes"),
        pytest.param("9 山田製作所", ("山田製作所",), 9, "", id="the score first"),
        pytest.param("A&amp;B 9 &lt;3", ("A&B",), 9, "<3", id="escaped by the chat"),
        pytest.param('Acme" 9 a  b\nc', ('Acme"',), 9, "a  b\nc", id="an open quote, spaces kept"),
        pytest.param(
            "山田製作所 9 3 日で対応", ("山田製作所",), 9, "3 日で対応", id="later number"
        ),
    ],
)
def test_an_nps_line_is_understood(
    text: str, words: tuple[str, ...], score: int, comment: str
) -> None:
    line = parse_nps(text)
    assert (line.head.words, line.score, line.comment) == (words, score, comment)
    assert line.problems == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [(Field.CUSTOMER, ProblemCode.MISSING, ""), (Field.SCORE, ProblemCode.MISSING, "")]),
        ("山田製作所", [(Field.SCORE, ProblemCode.MISSING, "")]),
        ("9", [(Field.CUSTOMER, ProblemCode.MISSING, "")]),
        ("山田製作所 11 早い", [(Field.SCORE, ProblemCode.OUT_OF_RANGE, "11")]),
        ("山田製作所 -1 早い", [(Field.SCORE, ProblemCode.OUT_OF_RANGE, "-1")]),
        ("山田製作所 −１ 早い", [(Field.SCORE, ProblemCode.OUT_OF_RANGE, "−１")]),
        ("山田製作所 9.5 早い", [(Field.SCORE, ProblemCode.NOT_WHOLE, "9.5")]),
        ("山田製作所 1,000 早い", [(Field.SCORE, ProblemCode.NOT_WHOLE, "1,000")]),
        ("山田製作所 9 " + "長" * 3001, [(Field.COMMENT, ProblemCode.TOO_LONG, "長" * 3001)]),
        ("山" * 201 + " 9", [(Field.CUSTOMER, ProblemCode.TOO_LONG, "山" * 201)]),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_wrong_nps_line_says_what_is_wrong(
    text: str, problems: list[tuple[Field, ProblemCode, str]]
) -> None:
    assert list(parse_nps(text).problems) == [Problem(*problem) for problem in problems]


def test_a_wrong_score_keeps_the_customer_and_the_comment() -> None:
    line = parse_nps("山田製作所 11 対応が早い")
    assert (line.head.text, line.score, line.comment) == ("山田製作所", None, "対応が早い")


def test_a_number_in_a_name_has_its_own_reading() -> None:
    readings = [
        (line.head.text, line.score, line.comment) for line in nps_readings("Studio 7 9 ok")
    ]
    assert readings == [("Studio 7", 9, "ok"), ("Studio", 7, "9 ok")]
    readings = [(line.head.text, line.score, line.comment) for line in nps_readings("7 Eleven")]
    assert readings == [("7 Eleven", None, ""), ("Eleven", 7, "")]
    assert [line.head.text for line in nps_readings("山田製作所")] == ["山田製作所"]


def test_names_are_read_from_the_longest_customer_to_the_shortest() -> None:
    head = parse_nps("Acme Corp Jane 9").head
    assert head.splits() == (
        ("Acme Corp Jane", None),
        ("Acme Corp", "Jane"),
        ("Acme", "Corp Jane"),
    )
    assert parse_nps('"Acme Corp" Jane 9').head.splits() == (("Acme Corp", "Jane"),)
    assert parse_nps('Acme Corp "Jane D" 9').head.splits() == (("Acme Corp", "Jane D"),)
    assert ("山田製作所", None) in parse_nps("山田製作所様 9").head.splits()
    assert len(parse_nps("a " * 5000).head.splits()) == 8


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("山田製作所 吉野様", ("山田製作所", "吉野様")),
        ("山田製作所 吉野 様", ("山田製作所", "吉野 様")),
        ("Acme Corp Mr. Smith", ("Acme Corp", "Mr. Smith")),
        ("Acme Corp", ("Acme Corp", None)),
        ("山田製作所様", ("山田製作所様", None)),
        ("", ("", None)),
    ],
)
def test_an_honorific_makes_a_contact(text: str, likely: tuple[str, str | None]) -> None:
    assert parse_ask(text).head.likely() == likely
    assert parse_ask(text).problems == ()


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("", Command.HELP, ""),
        ("  ", Command.HELP, ""),
        ("nps 山田製作所 9", Command.NPS, "山田製作所 9"),
        ("ＮＰＳ　山田製作所 9", Command.NPS, "山田製作所 9"),
        ("/nps 山田製作所 9", Command.NPS, "山田製作所 9"),
        ("成果 山田 時間 4h 2h", Command.RESULT, "山田 時間 4h 2h"),
        ("紹介 山田 &gt; 鈴木", Command.REFERRAL, "山田 &gt; 鈴木"),
        ("依頼", Command.ASK, ""),
        ("フォロー", Command.FOLLOW_UPS, ""),
        ("Follow-ups", Command.FOLLOW_UPS, ""),
        ("ﾌｫﾛｰ", Command.FOLLOW_UPS, ""),
        ("ダッシュボード", Command.DASHBOARD, ""),
        ("設定", Command.SETTINGS, ""),
        ("取込", Command.IMPORT, ""),
        ("チーム", Command.TEAM, ""),
        ("ヘルプ", Command.HELP, ""),
    ],
)
def test_every_command_is_a_sub_command_in_both_languages(
    text: str, command: Command, rest: str
) -> None:
    line = parse_goen(text)
    assert (line.command, line.rest, line.problems) == (command, rest, ())


def test_an_unknown_sub_command_keeps_everything() -> None:
    line = parse_goen("山田製作所 9")
    assert (line.command, line.rest) == (None, "山田製作所 9")
    assert line.problems == (Problem(Field.COMMAND, ProblemCode.UNKNOWN, "山田製作所"),)


piece = st.sampled_from(
    [
        *(
            "山田製作所",
            "Acme",
            "Corp",
            "吉野様",
            "Mr.",
            "9",
            "11",
            "4.2h",
            "2.2h",
            "10月",
            "2026-10",
        ),
        *(
            "→",
            "->",
            ">",
            "&gt;",
            '"',
            "「",
            "」",
            "“",
            "<@U1|山 田>",
            "\u3000",
            " ",
            "\n",
            "9.5",
            "h",
        ),
    ]
)
line_text = st.text() | st.lists(piece).map(" ".join) | st.lists(piece).map("".join)
MARKS = str.maketrans("", "", '"“”「」『』→⇒➡➜➔＞>-=\ufe0f')


def letters(text: str) -> str:
    return "".join(text.translate(MARKS).split())


@given(line_text)
def test_nothing_typed_is_lost_from_any_reading_of_an_nps_line(text: str) -> None:
    for line in (parse_nps(text), *nps_readings(text)):
        kept = line.head.text + line.score_text + line.comment
        assert sorted(letters(kept)) == sorted(letters(line.typed))


@given(line_text)
def test_nothing_typed_is_lost_from_a_result_line(text: str) -> None:
    line = parse_result(text)
    kept = line.head.text + line.before_text + line.after_text + (line.period or "") + line.note
    assert sorted(letters(kept)) == sorted(letters(line.typed))
    for reading in line.splits():
        parts = reading.customer + (reading.contact or "") + reading.kpi
        assert len(letters(parts)) <= len(letters(line.head.text))


@given(line_text)
def test_nothing_typed_is_lost_from_a_referral_line(text: str) -> None:
    line = parse_referral(text)
    kept = line.head.text + line.company + line.person + line.need
    assert sorted(letters(kept)) == sorted(letters(line.typed))


@given(line_text)
def test_any_text_has_a_sub_command_or_a_problem(text: str) -> None:
    line = parse_goen(text)
    assert (line.command is None) == bool(line.problems)
    assert parse_ask(text).head.text == parse_ask(text).head.text.strip()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("hlep", Command.HELP),
        ("/Imprt", Command.IMPORT),
        ("ｒｅｆｅｒａｌ", Command.REFERRAL),
        ("フォーロ", Command.FOLLOW_UPS),
        ("設定する", Command.SETTINGS),
        ("xyzzy", None),
        ("", None),
        ("x" * 10_000, None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_mistyped_word_finds_what_is_nearest(word: str, meant: Command | None) -> None:
    assert nearest_command(word) is meant


@pytest.mark.parametrize(
    ("text", "head", "note"),
    [
        ("山田製作所 吉野様 喜ばれた", ("山田製作所", "吉野様"), "喜ばれた"),
        ("山田製作所 喜ばれた", ("山田製作所",), "喜ばれた"),
        ("Acme Corp. loved the  help", ("Acme", "Corp."), "loved the  help"),
        ("「山田 製作所」 喜ばれた", ("山田 製作所",), "喜ばれた"),
        ("Acme Mr. Hart was glad", ("Acme", "Mr.", "Hart"), "was glad"),
        ("山田製作所", ("山田製作所",), ""),
        ("", (), ""),
    ],
    ids=str,
)
def test_a_moment_line_is_read_by_its_looks(text: str, head: tuple[str, ...], note: str) -> None:
    line = parse_moment(text)
    assert (line.head.words, line.note) == (head, note)


def test_a_moment_line_is_offered_from_the_longest_head_to_the_shortest() -> None:
    lines = moment_readings("山田製作所 吉野 喜ばれた")
    assert [(len(line.head.words), line.note) for line in lines] == [
        (3, ""),
        (2, "喜ばれた"),
        (1, "吉野 喜ばれた"),
    ]


@given(st.text(max_size=200))
def test_a_moment_line_loses_no_word(text: str) -> None:
    for line in (parse_moment(text), *moment_readings(text)):
        kept = "".join((*line.head.words, line.note))
        assert set("".join(kept.split())) <= set(line.typed)
        assert len(line.note) <= len(line.typed)
