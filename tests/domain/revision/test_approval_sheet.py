"""What a sheet says comes back as answers, row by row; what it cannot mean is said with its row."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Catalogue, Note
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.approval_sheet import (
    HEADS,
    SheetRow,
    already_answered,
    read_rows,
    row_of,
    sheet_rows,
)
from counter_assistant.domain.revision.revision import ItemRetired
from counter_assistant.domain.revision.statements import Part, Statement, open_statements
from counter_assistant.domain.revision.verdicts import Answer, Verdict, with_verdict
from counter_assistant.operations.program import program

TODAY = date(2026, 12, 5)
BASIS: dict[str, Any] = {"document": "临住金〔2026〕18号", "clause": "第五条", "day": "2026-12-03"}


@pytest.fixture
def catalogue(make: Any) -> Any:
    return make.catalogue(make.item(notes=(Note("额度", make.guide),)), make.item(id="T02"))


def row(catalogue: Catalogue, part: Part, **changes: Any) -> SheetRow:
    found = next(row for row in sheet_rows(catalogue, ()) if row.part == part.label)
    return replace(found, number=7, **changes)


def refusals(catalogue: Catalogue, *rows: SheetRow) -> list[str]:
    return [reading.refusal.code if reading.refusal else "" for reading in read_rows(rows, catalogue, TODAY)]


def test_every_open_sentence_is_a_row_and_an_empty_one_says_nothing(catalogue: Catalogue) -> None:
    rows = sheet_rows(catalogue, ())
    assert [each.id for each in rows] == [each.statement.id for each in open_statements(catalogue)]
    assert all(len(each.cells()) == len(HEADS) for each in rows)
    assert read_rows(rows, catalogue, TODAY) == []


def test_a_row_that_was_filled_in_is_an_answer(catalogue: Catalogue) -> None:
    change = row(catalogue, Part.CONDITION, answer="改", new=" 连续缴存满6个月 ", **BASIS)
    drop = row(catalogue, Part.NOTE, answer="不要", document="18号", day="2026年12月3日")
    first, second = read_rows([change, drop], catalogue, TODAY)
    assert first.verdict is not None
    assert (first.verdict.answer, first.verdict.words) == (Answer.CHANGE, "连续缴存满6个月")
    assert first.verdict.source == Source("centre", document=BASIS["document"], clause="第五条", day=date(2026, 12, 3))
    assert first.verdict.items == ("T01", "T02")
    assert second.verdict is not None
    assert (second.verdict.answer, second.verdict.source.clause) == (Answer.DROP, "")


def test_a_clause_reads_as_it_does_at_the_desk_and_is_known_again(catalogue: Catalogue) -> None:
    filled = row(catalogue, Part.CONDITION, answer="同意", **{**BASIS, "clause": "5"})
    (reading,) = read_rows([filled], catalogue, TODAY)
    assert reading.verdict is not None
    assert reading.verdict.source.clause == "第五条"
    assert already_answered([filled], [reading.verdict]) == []


def test_a_row_may_name_fewer_items(catalogue: Catalogue) -> None:
    (reading,) = read_rows([row(catalogue, Part.CONDITION, answer="同意", items="T02，", **BASIS)], catalogue, TODAY)
    assert reading.verdict is not None
    assert reading.verdict.items == ("T02",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": ""}, "answer-missing"), ({"answer": "可以"}, "answer-unknown"), ({"answer": "改"}, "words-missing"),
        ({"new": "别的话"}, "words-unasked"), ({"document": " "}, "source-missing"), ({"day": ""}, "source-missing"),
        ({"day": "2026-12-06"}, "source-missing"), ({"day": "明天"}, "bad-date"), ({"words": "别的一句"}, "row-unknown"),
        ({"id": "0123456789"}, "row-unknown"), ({"items": "T03"}, "row-items"), ({"items": ""}, "row-items"),
        ({"document": "号" * 51}, "text-too-long"), ({"answer": "改", "new": "话" * 501}, "text-too-long"),
        ({"clause": "第\u202e五条"}, "unprintable-text"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_meant_is_refused(catalogue: Catalogue, changes: dict[str, Any], code: str) -> None:
    good = row(catalogue, Part.CONDITION, answer="同意", **BASIS)
    assert refusals(catalogue, good) == [""]
    assert refusals(catalogue, replace(good, **changes)) == [code]


def test_a_line_of_a_file_is_a_row_column_by_column() -> None:
    cells = ("a1", "说明", "B08", "一句", "推定", "改", "另一句", "18号", "第五条", "2026-12-03")
    made = row_of(cells, 9)
    assert made.cells() == cells
    assert (made.id, made.part, made.items, made.words, made.origin) == cells[:5]
    assert (made.answer, made.new, made.document, made.clause, made.day, made.number) == (*cells[5:], 9)


def test_a_row_says_where_its_sentence_was_taken_from(make: Any) -> None:
    other = Source("guide", city="昆明", year=2026)
    sentences = make.item(notes=(Note("额度", make.guide),)), make.item(id="T02", notes=(Note("额度", other),))
    (found,) = (each for each in sheet_rows(make.catalogue(*sentences), ()) if each.part == "说明")
    assert found.cells() == (
        found.id,
        "说明",
        "T01、T02",
        "额度",
        "参照上海 2023 年指南；参照昆明 2026 年指南",
        "",
        "",
        "",
        "",
        "",
    )
    verdict = Verdict(
        Statement(Part.NOTE, "额度"), Answer.AGREE, Source("centre", document="18号", clause="第二条"), "", ("T02",)
    )
    told = sheet_rows(make.catalogue(), (verdict,))[0]
    assert told.cells() == (verdict.statement.id, "说明", "T02", "额度", "", "同意", "", "18号", "第二条", "")


def test_an_empty_row_between_others_ends_nothing_and_each_reading_names_its_row(catalogue: Catalogue) -> None:
    first, last = (row(catalogue, part, answer="同意", **BASIS) for part in (Part.CONDITION, Part.NOTE))
    empty = sheet_rows(catalogue, ())[2]
    found = read_rows([first, empty, last, replace(last, number=9)], catalogue, TODAY)
    assert [reading.row for reading in found] == [first, last, replace(last, number=9)]


@pytest.mark.parametrize(
    ("changes", "sentence", "remedy"),
    [
        ({"answer": ""}, "填了依据或者改为，没有填结论。", "结论请写同意、改、不要。"),
        ({"answer": "可以"}, "结论“可以”不认识。", "结论请写同意、改、不要。"),
        ({"new": "别的话"}, "结论是“同意”，却写了改为“别的话”。", "要改的，结论请写“改”。"),
        (
            {"document": " "},
            "没有写明依据的文号和日期。",
            "请填写批准的文号和日期，如 临住金〔2026〕18号，2026-12-03。",
        ),
        ({"day": "2026-12-06"}, "依据的日期 2026-12-06 还没有到。", "请核对日期。"),
        ({"words": "别的一句"}, "“别的一句”已经核过，或者文字改过了。", "请重新导出核定表，看这一句现在的写法。"),
        ({"words": "", "id": "0"}, "“0”已经核过，或者文字改过了。", "请重新导出核定表，看这一句现在的写法。"),
        ({"items": "T03、T04"}, "“T03、T04”不对：这一句用在T01、T02。", "用于只能从这些事项里删，不能改成别的。"),
        ({"items": "、"}, "“用于”不对：这一句用在T01、T02。", "用于只能从这些事项里删，不能改成别的。"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(
    catalogue: Catalogue, changes: dict[str, Any], sentence: str, remedy: str
) -> None:
    wrong = replace(row(catalogue, Part.CONDITION, answer="同意", **BASIS), **changes)
    (reading,) = read_rows([wrong], catalogue, TODAY)
    assert reading.refusal is not None
    assert (reading.refusal.sentence, reading.refusal.remedy) == (sentence, remedy)


def test_what_is_too_long_is_named_by_its_column(catalogue: Catalogue) -> None:
    good = row(catalogue, Part.CONDITION, answer="改", new="满6个月", **BASIS)
    columns: dict[str, dict[str, Any]] = {
        "改为": {"new": "话" * 501}, "文号": {"document": "号" * 51}, "条": {"clause": "条" * 51},
    }  # fmt: skip
    for column, changes in columns.items():
        (reading,) = read_rows([replace(good, **changes)], catalogue, TODAY)
        assert reading.refusal is not None
        assert reading.refusal.sentence.startswith(column)
    longest = replace(good, new="话" * 500, document="号" * 50, clause="条" * 50)
    assert refusals(catalogue, longest, good) == ["", "row-twice"]
    (_, second) = read_rows([longest, good], catalogue, TODAY)
    assert str(second.refusal) == f"编号 {good.id} 填了两次。请只留一行。"


def test_a_day_may_be_today_and_without_its_year(catalogue: Catalogue) -> None:
    good = row(catalogue, Part.CONDITION, answer="同意", items="T01,T02", **{**BASIS, "day": "12-05"})
    (reading,) = read_rows([good], catalogue, TODAY)
    assert reading.verdict is not None
    assert (reading.verdict.source.day, reading.verdict.items) == (TODAY, ("T01", "T02"))


def test_a_row_without_a_readable_day_is_known_by_what_stands_there(catalogue: Catalogue) -> None:
    undated = Verdict(Statement(Part.NOTE, "额度"), Answer.AGREE, Source("centre", document="18号"), "", ("T01",))
    (known,) = (each for each in sheet_rows(catalogue, (undated,)) if each.filled_in)
    assert already_answered([known, replace(known, day="昨天"), replace(known, day="前天")], (undated,)) == [
        replace(known, day="昨天"),
        replace(known, day="前天"),
    ]


MISTAKES: list[tuple[dict[str, Any], set[str]]] = [
    ({"answer": ""}, {"answer-missing"}), ({"answer": "同 意"}, {"answer-unknown"}), ({"answer": "Y"}, {"answer-unknown"}),
    ({"answer": "改"}, {"words-missing", "edit-in-item"}), ({"new": "多写的一句"}, {"words-unasked"}),
    ({"document": ""}, {"source-missing"}), ({"day": ""}, {"source-missing"}), ({"day": "2026-13-01"}, {"bad-date"}),
    ({"day": "2027-01-01"}, {"source-missing"}), ({"id": "ffffffffff"}, {"row-unknown"}), ({"items": "Z01"}, {"row-items"}),
    ({"document": "18\u202e号"}, {"unprintable-text"}), ({"answer": "改", "new": "（待核定）"}, {"words-missing", "edit-in-item"}),
]  # fmt: skip


def test_a_hundred_mistakes_in_a_sheet_are_each_found_at_its_row() -> None:
    """GIVEN the catalogue's own sheet, agreed to as a whole, with one mistake in a line drawn at random, a hundred times."""
    catalogue = program().catalogue
    chance = random.Random(11)
    rows = [replace(each, answer="同意", number=n, **BASIS) for n, each in enumerate(sheet_rows(catalogue, ()), 4)]
    for n in range(100):
        at = chance.randrange(len(rows))
        changes, codes = MISTAKES[n % len(MISTAKES)]
        others = chance.sample(range(len(rows)), 5)
        spoilt = [replace(rows[i], **changes) if i == at else rows[i] for i in sorted({at, *others})]
        found = [reading for reading in read_rows(spoilt, catalogue, TODAY) if reading.refusal]
        assert [reading.row.number for reading in found] == [rows[at].number]
        assert found[0].refusal is not None
        assert found[0].refusal.code in codes


def test_one_sentence_is_answered_once(catalogue: Catalogue) -> None:
    good = row(catalogue, Part.CONDITION, answer="同意", **BASIS)
    assert refusals(catalogue, good, good) == ["", "row-twice"]


def test_what_was_answered_meanwhile_is_unknown(catalogue: Catalogue) -> None:
    good = row(catalogue, Part.CONDITION, answer="同意", **BASIS)
    (reading,) = read_rows([good], catalogue, TODAY)
    assert reading.verdict is not None
    assert refusals(with_verdict(catalogue, reading.verdict), good) == ["row-unknown"]


def test_a_sheet_that_comes_back_carries_what_was_answered_along(catalogue: Catalogue) -> None:
    (reading,) = read_rows([row(catalogue, Part.CONDITION, answer="改", new="满6个月", **BASIS)], catalogue, TODAY)
    assert reading.verdict is not None
    acts = (reading.verdict, replace(reading.verdict, source=Source("centre", document="无日期")), ItemRetired("T01"))
    rows = sheet_rows(with_verdict(catalogue, reading.verdict), acts)
    told = [each for each in rows if each.filled_in]
    assert [(each.answer, each.new, each.day) for each in told] == [
        ("改", "满6个月", "2026-12-03"),
        ("改", "满6个月", ""),
    ]
    assert already_answered(rows, acts) == [each for each in rows if not each.filled_in]


def test_a_sheet_that_was_taken_may_be_filled_in_further_and_come_back(catalogue: Catalogue) -> None:
    """GIVEN a row that was taken THEN it is known again in the same sheet, however its day and its items are written."""
    filled = row(catalogue, Part.NOTE, answer="同意", **BASIS)
    (reading,) = read_rows([filled], catalogue, TODAY)
    assert reading.verdict is not None
    same = [filled, replace(filled, day="2026年12月3日"), replace(filled, answer=" 同意 ", items=filled.items + "、")]
    other = [replace(filled, day="昨天"), replace(filled, answer="不要"), replace(filled, clause="第六条")]
    assert already_answered([*same, *other], [reading.verdict]) == other


def test_all_readings_together_are_what_they_are_one_by_one(catalogue: Catalogue) -> None:
    rows = [replace(each, answer="同意", **BASIS) for each in sheet_rows(catalogue, ())]
    made = catalogue
    for reading in read_rows(rows, catalogue, TODAY):
        assert isinstance(reading.verdict, Verdict)
        made = with_verdict(made, reading.verdict)
    assert open_statements(made) == []
