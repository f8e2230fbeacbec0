"""一句话的字、别名、依据、代码，行的次序与增减."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.wording import (
    LABELS,
    LONGEST,
    clause_in_words,
    made_code,
    said,
    typed_source,
    with_names,
    with_words,
)
from tests.domain.conftest import Make


def refused(act: object, *given: object, **named: object) -> str:
    """The code by which an act refuses."""
    with pytest.raises(Refusal) as refusal:
        act(*given, **named)  # type: ignore[operator]
    assert refusal.value.sentence.endswith("。")
    assert refusal.value.remedy.endswith("。")
    return refusal.value.code


@pytest.mark.parametrize("field", LABELS)
def test_every_sentence_of_a_text_can_be_written_anew(make: Make, field: str) -> None:
    made = with_words(make.item(), field, " 新的一句（待核定）\n 接着写 ")
    assert getattr(made, field) == "新的一句接着写"
    assert replace(made, **{field: getattr(make.item(), field)}) == make.item()


@pytest.mark.parametrize("field", [field for field in LABELS if field != "basis_note"])
def test_none_of_them_may_be_empty(make: Make, field: str) -> None:
    assert refused(with_words, make.item(), field, " （待核定） ") == "words-missing"


def test_the_note_of_the_basis_may_be_empty_where_an_article_is_cited(make: Make) -> None:
    assert with_words(make.item(basis_note="据此"), "basis_note", "").basis_note == ""
    assert refused(with_words, make.item(basis=(), basis_note="据此"), "basis_note", " ") == "basis-missing"


def test_a_full_stop_is_the_forms(make: Make) -> None:
    assert with_words(make.item(), "procedure", "窗口申请。").procedure == "窗口申请"
    assert with_words(make.item(), "remedy", "补齐后再来。").remedy == "补齐后再来。"


def test_a_sentence_has_an_end(make: Make) -> None:
    assert refused(with_words, make.item(), "flow", "字" * (LONGEST + 1)) == "words-too-long"
    assert said("字" * LONGEST, "流程") == "字" * LONGEST


def test_other_names_are_written_in_one_line(make: Make) -> None:
    made = with_names(make.item(), "租房提取、提公积金交房租，租房提取；某项提取 、")
    assert made.also_called == ("租房提取", "提公积金交房租")
    assert with_names(made, " ").also_called == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("7", "第七条"), ("七", "第七条"), ("十二", "第十二条"), (" 第七条 ", "第七条"), ("五(二)", "五(二)"), ("", "")],
)
def test_an_article_is_written_as_documents_write_it(typed: str, words: str) -> None:
    assert clause_in_words(typed) == words


TODAY = date(2026, 11, 23)


def test_an_answer_rests_on_a_document_with_its_day() -> None:
    source = typed_source(" 临住金〔2026〕18号 ", "5", "11-20", TODAY)
    assert source == Source("centre", clause="第五条", document="临住金〔2026〕18号", day=date(2026, 11, 20))


def test_a_change_rests_on_a_document_of_today_where_no_day_is_typed() -> None:
    """One that is typed without its year is the nearest in both: a document was made before it carries anything."""
    assert typed_source("9号", "第五条", " ", TODAY, undated=TODAY).day == TODAY
    assert typed_source("9号", "", "11-20", TODAY, undated=TODAY).day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("document", "day", "code"), [("", "11-20", "source-missing"), ("9号", "", "bad-date"), ("9号", "xx", "bad-date")]
)
def test_what_is_missing_is_refused(document: str, day: str, code: str) -> None:
    assert refused(typed_source, document, "", day, TODAY) == code


def test_what_is_refused_is_said_with_the_name_of_the_field(make: Make) -> None:
    refusals: list[tuple[Any, str]] = [
        (lambda: with_words(make.item(), "flow", " "), "办事流程没有写。请写出办事流程。"),
        (lambda: said("字" * 501, "流程"), "流程写了 501 个字，超过 500 个。请写短，或者分成几句。"),
        (lambda: typed_source(" ", "", "", TODAY), "没有写明依据哪份文件。请在依据一栏填文号，如 临公积金〔2026〕9号；以后照用。"),
        (lambda: with_words(make.item(basis=()), "basis_note", ""), "没有引用条文，依据的说明就不能空着。请先加一条政策依据。"),
    ]  # fmt: skip
    for act, words in refusals:
        with pytest.raises(Refusal) as refusal:
            act()
        assert str(refusal.value) == words


@pytest.mark.parametrize("field", LABELS)
def test_whole_sentences_keep_their_stop_and_headings_lose_it(make: Make, field: str) -> None:
    kept = field in ("remedy", "redress", "refusal", "basis_note")
    assert getattr(with_words(make.item(), field, "X一句。；"), field) == ("X一句。；" if kept else "X一句")


def test_a_code_is_made_from_how_a_name_is_read() -> None:
    letters = {"结": "j", "婚": "h", "证": "z", "身": "s", "份": "f"}

    def read(character: str) -> str:
        return letters.get(character, "")

    assert made_code("结婚证", read, []) == "own-jhz"
    assert made_code("结" * 30, lambda _: "jx", []) == "own-" + "j" * 24
    assert made_code("AB", lambda character: character, []) == "own-ab"
    assert made_code("结婚证", read, ["own-jhz", "own-jhz-2"]) == "own-jhz-3"
    assert made_code("身份证", read, []) == "own-sfz-id-card"
    assert made_code("身份证", read, ["own-sfz-id-card"]) == "own-sfz-2-id-card"
    assert made_code("？", read, ["own"], joint="_") == "own_2"
