"""Every form that ships, with the shortest and with the longest data: nothing is cut off, nothing runs into another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter_assistant import paths
from counter_assistant.domain.counter_forms.asked import AskedValue, ValueKind
from counter_assistant.domain.counter_forms.filling import CaseValues, FilledForm, fill
from counter_assistant.domain.counter_forms.form import CounterForm, Origin
from counter_assistant.domain.counter_forms.frame_words import FrameWords
from counter_assistant.domain.counter_forms.known import KNOWN
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.program import program
from counter_assistant.paper.counter_forms.measures import UPRIGHT
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
    return CaseValues(item, known, {}, {key: value_of(one, longest) for key, one in READ.asked.items()})


def papers() -> Iterator[tuple[str, FilledForm]]:
    for number, form in READ.forms.items():
        yield f"{number} blank", fill(form, READ.asked, CaseValues("B08"))
        yield f"{number} in practice", fill(form, READ.asked, case_of(form, IN_PRACTICE))
        yield f"{number} longest", fill(form, READ.asked, case_of(form, LONGEST))


ALL = dict(papers())


def squeezed(text: str) -> str:
    return "".join(text.split())


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
    for page in glyphs_of(pdf):
        assert all(glyph.left >= UPRIGHT.margin - 1 for glyph in page)
        assert all(glyph.right <= UPRIGHT.margin + UPRIGHT.width + 1 for glyph in page)
        assert all(UPRIGHT.page[1] - UPRIGHT.bottom - 2 <= glyph.bottom for glyph in page)
        assert list(overlaps(page)) == []
    assert set(sizes_of(pdf)) == {(210, 297)}


@pytest.mark.parametrize("number", READ.forms)
def test_as_it_is_in_practice_a_form_is_one_page_for_each_copy(number: str) -> None:
    copies = len(READ.forms[number].copies)
    for how in ("blank", "in practice"):
        assert len(sizes_of(program().typesetter.form(ALL[f"{number} {how}"], WORDS))) == copies


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
    paper = fill(form, READ.asked, CaseValues("B08", {"applicant.name": "\U000323af"}))
    with pytest.raises(Refusal, match="字库中没有"):
        program().typesetter.form(paper, WORDS)


def test_fields_by_hand_stay_empty_whatever_the_case_holds() -> None:
    for number in READ.forms:
        by_hand = [cell for cell in ALL[f"{number} longest"].cells() if cell.field.origin is Origin.BY_HAND]
        assert all(cell.empty for cell in by_hand)
