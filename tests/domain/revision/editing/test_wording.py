"""一句话的字、别名、依据、代码，行的次序与增减."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import Handling, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import moved, removed
from counter_assistant.domain.revision.editing.wording import (
    LABELS,
    LONGEST,
    centre_source,
    made_code,
    said,
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


def test_what_the_centre_changes_names_its_document() -> None:
    source = centre_source(" 临公积金〔2026〕9号 ", "第五条", date(2026, 12, 3))
    assert source == Source("centre", clause="第五条", document="临公积金〔2026〕9号", day=date(2026, 12, 3))
    assert centre_source("9号", "5", None).clause == "第五条"
    assert refused(centre_source, " ", "第五条", None) == "source-missing"


def test_a_code_is_made_from_how_a_name_is_read() -> None:
    letters = {"结": "j", "婚": "h", "证": "z", "身": "s", "份": "f"}

    def read(character: str) -> str:
        return letters.get(character, "")

    assert made_code("结婚证", read, []) == "own-jhz"
    assert made_code("结婚证", read, ["own-jhz", "own-jhz-2"]) == "own-jhz-3"
    assert made_code("身份证", read, []) == "own-sfz-id-card"
    assert made_code("身份证", read, ["own-sfz-id-card"]) == "own-sfz-2-id-card"
    assert made_code("？", read, ["own"], joint="_") == "own_2"


def test_a_row_moves_up_and_down_and_stays_at_the_ends(make: Make) -> None:
    item = make.item(notes=(), materials=(make.rule("a"), make.rule("b"), make.rule("c")))

    def ids(text: ServiceItem) -> str:
        return "".join(rule.material.id for rule in text.materials)

    assert ids(moved(item, "materials", 0, 1)) == "bac"
    assert ids(moved(item, "materials", 2, -1)) == "acb"
    assert moved(item, "materials", 0, -1) == item
    assert moved(item, "materials", 2, 1) == item


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("steps", "last-of-its-kind"),
        ("conditions", "last-of-its-kind"),
        ("handling", "last-of-its-kind"),
        ("basis", "basis-missing"),
    ],
)
def test_the_last_of_what_a_notice_needs_stays(make: Make, field: str, code: str) -> None:
    assert refused(removed, make.item(), field, 0) == code


def test_what_a_notice_can_do_without_goes(make: Make) -> None:
    assert removed(make.item(), "never_ask", 0).never_ask == ()
    assert removed(make.item(basis_note="据此"), "basis", 0).basis == ()
    assert len(removed(make.item(), "materials", 1).materials) == 1
    rows = ((Answered("who", ("other",)), Handling.PROMISE), (Always(), Handling.DIRECT))
    assert removed(make.item(handling=rows), "handling", 0).handling == rows[1:]
