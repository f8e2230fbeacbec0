"""Lines: what must not be torn stays whole, marks stay in their places, and nothing is lost at any width."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.font_fallback import GETA, FontFallback
from counter_assistant.paper.line_breaking import NOT_FIRST, NOT_LAST, SCRIPT_GAP, Line, LineBreaker
from counter_assistant.paper.truetype import CLOSING, full_form
from tests.places import FONTS

BREAKER = LineBreaker(FontFallback(FONTS))
WHOLE = (
    "530902199001011234",
    "53090219900101123X",
    "13800000000",
    "138****0461",
    "0883-2160001",
    "2026年11月23日",
    "2026-11-23",
    "11月23日",
    "〔2026〕128号",
    "1,234.56",
    "3.5%",
    "Housing",
    "10:42",
    "14:30–17:30",
    "1~3",
    "10～12",
    "2026—2027",
    "原件1",
    "复印件12",
    "（示例）",
    "（窗口核实）",
    "款＊",
)
WIDEST = 12_000  # no token above is wider, with a mark on either side
HAN = st.text("临沧市住房公积金管理中心提取申请材料", min_size=0, max_size=12)
MARKS = st.sampled_from(["，", "。", "、", "；", "（", "）", "《", "》", "”，", "）（", " ", "　", ""])


def set_text(text: str, width: float, *, justified: bool = True) -> tuple[Line, ...]:
    """The lines of a plain text."""
    return BREAKER.lines((Run(text),), width, justified)


def drawn(line: Line) -> str:
    """The characters that the spans of a line draw."""
    return "".join(full_form(char) for span in line.spans for text, _ in span.parts for char in text)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Running text with tokens in it."""
    pieces = draw(st.lists(st.tuples(HAN, MARKS, st.sampled_from(WHOLE), MARKS), min_size=1, max_size=8))
    return "之".join("".join(piece) for piece in pieces)


@given(text=texts(), width=st.integers(WIDEST, 60_000), justified=st.booleans())
def test_tokens_are_never_torn(text: str, width: int, justified: bool) -> None:
    """GIVEN tokens amid text WHEN it is broken THEN each stands whole on one line; in running text a date may give way."""
    lines = [line.text for line in set_text(text, width, justified=justified)]
    for token in (token for token in WHOLE if not (justified and token.endswith("日"))):
        alone = re.compile(rf"(?<![0-9A-Za-z]){re.escape(token)}(?![0-9A-Za-z])")
        assert sum(len(alone.findall(line)) for line in lines) == len(alone.findall(text))


@pytest.mark.parametrize("token", WHOLE)
def test_a_token_is_whole_wherever_it_falls(token: str) -> None:
    """GIVEN a token after any number of ideographs THEN one line holds all of it."""
    for before in range(1, 24):
        lines = set_text("临" * before + token + "，临沧", WIDEST, justified=False)
        assert [line for line in lines if token in line.text]


def test_a_date_in_brackets_is_whole_where_only_the_date_fits() -> None:
    """GIVEN a cell too narrow for the brackets THEN they give way, and the date is not torn."""
    lines = [line.text for line in set_text("于（2026年11月23日）前", 8_050, justified=False)]
    assert any("2026年11月23日" in line for line in lines)
    assert len(lines) > 2


@given(text=texts(), width=st.integers(WIDEST + 6_000, 60_000))
def test_marks_stay_in_their_places(text: str, width: int) -> None:
    """GIVEN room for a token and its marks THEN no line starts with a closing mark or ends with an opening one."""
    assume(not re.search(r"[，。、；）》”（《]{3}", text))
    lines = [line.text for line in set_text(text, width)]
    assert not [line for line in lines[1:] if line and line[0] in NOT_FIRST]
    assert not [line for line in lines[:-1] if line and line[-1] in NOT_LAST]


@given(text=st.text("临沧，。（《0aB ¥—…\n　<&{𠅤·", max_size=60), width=st.integers(1, 40_000))
def test_every_character_is_drawn_once_and_in_order(text: str, width: int) -> None:
    """GIVEN any text at any width, even none that holds a character, THEN only spaces at the ends of lines go."""
    lines = set_text(text, width)
    assert re.sub(r"[\s]", "", "".join(line.text for line in lines)) == re.sub(r"\s", "", text)
    assert all(drawn(line) == line.text for line in lines)


@given(text=texts(), width=st.integers(WIDEST, 60_000), justified=st.booleans())
def test_lines_stay_within_the_measure(text: str, width: int, justified: bool) -> None:
    """Only the empty half of a closing mark may hang over the edge."""
    for line in set_text(text, width, justified=justified):
        assert line.width <= width + (500 if line.text[-1:] in tuple(CLOSING) else 0) + 0.01


def test_a_justified_line_ends_at_the_edge() -> None:
    """GIVEN a line one word short THEN its ideographs are spaced out, and its number is not."""
    line = set_text("住房公积金提取申请材料共有12份应当在窗口办理时出示并核验后当场退还给本人", 20_200)[0]
    assert line.width == pytest.approx(20_200)
    assert [span.spacing for span in line.spans if "12" in drawn(line._replace(spans=(span,)))] == [0]


def test_a_line_that_would_need_wide_gaps_is_left_ragged() -> None:
    """Gaps as wide as a space would come out as spaces when the text is copied."""
    line = set_text("身份证号码530902199001011234", 14_000)[0]
    assert line.text == "身份证号码"
    assert {span.spacing for span in line.spans} == {0}


def test_adjoining_marks_share_one_em() -> None:
    """》（ and 。） take one em and a half, as compositors set them."""
    (line,) = set_text("条例》（修订。）", 60_000)
    assert line.width == 8_000 - 2 * 500


def test_an_opening_mark_starts_flush() -> None:
    """The empty half of 《 is left out where a line starts."""
    (line,) = set_text("《条例》", 60_000)
    assert line.width == 3_500


def test_marks_are_narrowed_to_take_one_more_word_in() -> None:
    """GIVEN a text half an em too long THEN its comma gives way instead of a character standing alone."""
    text = "与身份证件姓名一致，用于转账"
    assert [line.text for line in set_text(text, 13_600)] == [text]
    assert len(set_text(text, 12_400)) == 2


def test_a_date_gives_way_rather_than_leave_a_line_much_too_short() -> None:
    """GIVEN running text WHEN the date would leave two ems and more empty THEN the line ends within it, after 年 or 月."""
    text = "自受理之日起一个工作日内办结，最迟2026年11月26日作出决定"
    assert [line.text for line in set_text(text, 22_000)] == [text[: text.index("11月")], text[text.index("11月") :]]
    assert set_text(text, 22_000, justified=False)[1].text.startswith("2026年11月26日")
    assert set_text(text, 17_500)[1].text.startswith("2026年"), "less than two ems stay empty"


def test_marks_are_narrowed_alike() -> None:
    """GIVEN a line that takes one more word in THEN each of its marks gives the same, and the line ends at the edge."""
    text = "甲，乙、丙；丁：戊己庚辛壬癸。"
    (line,) = set_text(text, 14_000)
    gaps = [gap for span in line.spans for _, gap in span.parts if gap]
    assert len(set(gaps)) == 1
    assert len(gaps) == 4
    assert line.width == pytest.approx(14_000 + 500)


def test_a_breath_between_ideographs_and_letters() -> None:
    """The gap stays under a tenth of an em, from where text extraction sees a space."""
    (line,) = set_text("共3份", 60_000)
    assert line.spans[0].parts == (("共", SCRIPT_GAP), ("3", SCRIPT_GAP), ("份", 0))
    assert SCRIPT_GAP < 100


def test_strong_and_rare_characters_come_from_their_own_files() -> None:
    """GIVEN two weights and a character outside the body font THEN each span names its file."""
    (line,) = BREAKER.lines((Run("罗\U0002ceb0克"), Run("缺", strong=True)), 60_000)
    files = [span.file for span in line.spans]
    assert files[0] == files[2] == "NotoSerifSC-Regular-body.ttf"
    assert files[1].startswith("RareHan")
    assert files[3] == "NotoSerifSC-Bold-body.ttf"


def test_a_character_without_a_glyph_is_shown_as_missing() -> None:
    """The preview shows 〓, never an empty box or nothing."""
    assert set_text("甲\ue000乙", 60_000)[0].text == f"甲{GETA}乙"


def test_an_empty_text_is_one_empty_line() -> None:
    """A new line starts a new line, also at the end and twice."""
    assert [line.text for line in set_text("", 1_000)] == [""]
    assert [line.text for line in set_text("甲\n\n乙\n", 9_000)] == ["甲", "", "乙", ""]
