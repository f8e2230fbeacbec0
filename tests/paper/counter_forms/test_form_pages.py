"""Every form that ships, with the shortest and with the longest data: nothing is cut off, nothing runs into another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pypdfium2 as pdfium
import pytest

from counter_assistant import paths
from counter_assistant.domain.counter_forms.asked import AskedValue, ValueKind
from counter_assistant.domain.counter_forms.filling import CaseValues, FilledForm, fill
from counter_assistant.domain.counter_forms.form import CounterForm, Origin
from counter_assistant.domain.counter_forms.frame_words import FrameWords
from counter_assistant.domain.counter_forms.known import KNOWN
from counter_assistant.domain.counter_forms.registers import Row, printed_row, read_rows, totals_of
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.program import program
from counter_assistant.paper.counter_forms.measures import UPRIGHT, WIDE
from counter_assistant.storage.counter_forms.form_files import read_forms
from tests.make import text_of
from tests.paper.reading import glyphs_of, overlaps, sizes_of

READ = read_forms(paths.forms() / "tables")
WORDS = FrameWords(
    "临沧市住房公积金管理中心　耿马傣族佤族自治县管理部",
    ("编号：临公积金耿一告〔2026〕1号", "综合窗口 1", "填制日期：2026年11月23日"),
    (
        "P-01　2026-1版",
        "以本中心公布的表样为准",
        "本表由窗口预填，请核对后签名",
        "2026年11月23日 10:42 打印　工号 0001",
    ),
)
NAME_60 = "阿" + "卜杜热合曼·" * 9 + "买买提江吾"
TEXT_400 = "因住房租赁合同到期后续签、地址变更等情况需要说明，" * 16
LONGEST = {
    ValueKind.TEXT: TEXT_400[:400], ValueKind.NAME: NAME_60, ValueKind.AMOUNT: "9999999999999", ValueKind.PERCENT: "100",
    ValueKind.COUNT: "9999999", ValueKind.DAY: "2026-12-31", ValueKind.MONTH: "202612", ValueKind.ACCOUNT: "530900" * 5,
    ValueKind.CARD: "6" * 21, ValueKind.ID_NUMBER: "E" * 30, ValueKind.PHONE: "0883-2123456-801",
}  # fmt: skip
PEOPLE = 13
IN_PRACTICE = {
    **LONGEST, ValueKind.NAME: "召存信罕", ValueKind.AMOUNT: "1234567890", ValueKind.ID_NUMBER: "11010519491231002X",
    ValueKind.ACCOUNT: "530900001234",
    ValueKind.TEXT: "临沧市耿马傣族佤族自治县耿马镇白马路18号某某小区3栋2单元501室",
}  # fmt: skip


def value_of(one: AskedValue, longest: dict[ValueKind, str]) -> str:
    return one.options[-1].codes[0] if one.options else longest[one.kind]


def case_of(form: CounterForm, longest: dict[ValueKind, str]) -> CaseValues:
    known = dict.fromkeys(KNOWN, longest[ValueKind.NAME]) | {
        "item.id": "B08",
        "answer.marital": "married",
        "answer.lease": "guaranteed",
    }
    item = form.items[0] if form.items else "B08"
    values = {key: value_of(one, longest) for key, one in READ.asked.items()}
    return CaseValues(item, known, {}, values, {form.number: rows_of(form, longest)} if form.table else {})


def rows_of(form: CounterForm, longest: dict[ValueKind, str]) -> list[Row]:
    """Thirteen people, each with data as long as a cell may hold."""
    assert form.table is not None
    held = {**longest, ValueKind.AMOUNT: "9,999,999.99", ValueKind.NAME: longest[ValueKind.NAME][:50]}
    held |= {} if longest is LONGEST else {ValueKind.TEXT: "账户设立"}
    cells = [held[ValueKind(column.kind)][:60] for column in form.table.typed]
    sides = [word for _, words in form.table.sides for word in words]
    lines = ["\t".join([sides[at % len(sides)], *cells[1:]] if sides else cells) for at in range(PEOPLE)]
    rows, faults = read_rows(form.table, "\n".join(lines), date(2026, 11, 23))
    assert faults == []
    return rows


def papers() -> Iterator[tuple[str, FilledForm]]:
    for number, form in READ.forms.items():
        yield f"{number} blank", fill(form, READ.asked, CaseValues("B08"))
        yield f"{number} in practice", fill(form, READ.asked, case_of(form, IN_PRACTICE))
        yield f"{number} longest", fill(form, READ.asked, case_of(form, LONGEST))


ALL = dict(papers())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.nightly("form_pages", by_day=30)
@pytest.mark.slow
@pytest.mark.parametrize("which", ALL)
def test_a_form_is_whole(which: str) -> None:
    """Every text is on the paper, within its margins, and nothing runs into another."""
    paper = ALL[which]
    pdf = program().typesetter.form(paper, WORDS)
    text = text_of(pdf)
    for cell in paper.cells():
        assert squeezed(cell.text) in text, cell.field.label
        assert squeezed(cell.field.label) in text
        for at, option in enumerate(cell.field.options):
            assert f"{'☑' if at in cell.ticked else '□'}{squeezed(option.label)}" in text
    for declared in paper.declarations:
        assert all(squeezed(paragraph) in text for paragraph in declared.paragraphs)
        assert all(squeezed(who) in text for who in declared.signed_by)
    for row in paper.rows:
        assert paper.form.table is not None
        assert all(squeezed(cell) in text for cell in printed_row(paper.form.table, row))
    m = WIDE if paper.form.table else UPRIGHT
    for page in glyphs_of(pdf):
        assert all(glyph.left >= m.margin - 1 for glyph in page)
        assert all(glyph.right <= m.margin + m.width + 1 for glyph in page)
        assert all(m.page[1] - m.bottom - 2 <= glyph.bottom for glyph in page)
        assert list(overlaps(page)) == []
    assert set(sizes_of(pdf)) == ({(297, 210)} if paper.form.table else {(210, 297)})


@pytest.mark.parametrize("number", READ.forms)
def test_as_it_is_in_practice_a_form_is_one_page_for_each_copy(number: str) -> None:
    """A register of thirteen people is two."""
    form = READ.forms[number]
    for how in ("blank", "in practice"):
        pages = 2 if form.table and how == "in practice" else 1
        assert len(sizes_of(program().typesetter.form(ALL[f"{number} {how}"], WORDS))) == pages * len(form.copies)


REGISTERS = [number for number, form in READ.forms.items() if form.table]


def test_the_lists_of_people_are_registers() -> None:
    assert REGISTERS == ["G-03", "G-04", "G-06", "G-07", "G-09", "G-09-1", "G-09-2"]


@pytest.mark.parametrize("number", REGISTERS)
def test_a_register_has_ten_rows_a_page_and_says_what_each_page_and_all_come_to(number: str) -> None:
    paper = ALL[f"{number} in practice"]
    table = paper.form.table
    assert table is not None
    document = pdfium.PdfDocument(program().typesetter.form(paper, WORDS))
    first, second = (squeezed(document[at].get_textpage().get_text_bounded()) for at in (0, 1))
    assert ("第1页共2页" in first, "第2页共2页" in second) == (True, True)
    for page, rows in ((first, paper.rows[:10]), (second, paper.rows[10:])):
        for held in (rows, paper.rows):
            totals = totals_of(table, held)
            for _, count, sums in totals.sides:
                assert all(f"{count}人，{cents / 100:,.2f}元" in page for cents in sums.values())
            if not table.sides:
                assert f"{totals.count}人" in page
                assert all(f"{cents / 100:,.2f}" in page for cents in totals.sums.values())
    assert "本页小计" in first
    assert "合计" in first
    assert "单位（公章）" in second
    assert "单位（公章）" not in first
    assert "20" in second, "empty rows fill the page"


def test_where_nothing_more_fits_what_is_declared_has_a_page_of_its_own() -> None:
    """GIVEN ten people whose names need three lines each WHEN their register is set THEN nothing is left out."""
    form = READ.forms["G-09"]
    assert form.table is not None
    row = dict(rows_of(form, LONGEST)[0]) | {"why": "因" * 60}
    paper = fill(form, READ.asked, CaseValues("A06", rows={"G-09": [row] * 10}))
    text = text_of(program().typesetter.form(paper, WORDS))
    assert text.count("因" * 60) == 10 * len(form.copies)
    assert text.count("单位（公章）：") == len(form.copies)


def test_copies_differ_by_their_label_alone() -> None:
    pdf = program().typesetter.form(ALL["P-08 blank"], WORDS)
    first, second = (sorted(glyph.char for glyph in page) for page in glyphs_of(pdf))
    assert "".join(first).replace("一", "") != "".join(second)
    text = text_of(pdf)
    assert text.count("第一联中心") == 3  # its label, and at the foot of both
    assert text.count("第二联借款人") == 3


def test_a_form_of_more_than_a_page_names_its_pages() -> None:
    pdf = program().typesetter.form(ALL["P-01 longest"], WORDS)
    text = text_of(pdf)
    pages = len(sizes_of(pdf))
    assert pages > 1
    assert f"第1页共{pages}页" in text
    assert "住房公积金提取申请表（续）" in text


def test_the_same_form_gives_the_same_bytes() -> None:
    paper = ALL["P-01 in practice"]
    assert program().typesetter.form(paper, WORDS) == program().typesetter.form(paper, WORDS)


def test_what_no_font_draws_is_refused() -> None:
    form = READ.forms["P-02"]
    paper = fill(form, READ.asked, CaseValues("B08", {"applicant.name": "\ue000"}))
    with pytest.raises(Refusal, match="字库中没有"):
        program().typesetter.form(paper, WORDS)


def test_fields_by_hand_stay_empty_whatever_the_case_holds() -> None:
    for number in READ.forms:
        by_hand = [cell for cell in ALL[f"{number} longest"].cells() if cell.field.origin is Origin.BY_HAND]
        assert all(cell.empty for cell in by_hand)
