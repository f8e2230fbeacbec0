"""In which formats a paper may be printed, and which an office has chosen."""

from __future__ import annotations

import pytest

from counter_assistant.domain.papers.formats import (
    FORMATS,
    OF_KIND,
    PaperFormat,
    check_formats,
    does_not_fit,
    format_chosen,
)
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal


def test_every_format_and_every_kind_is_in_the_tables() -> None:
    assert set(FORMATS) == set(PaperFormat)
    assert set(OF_KIND) == set(SlipKind)


def test_every_kind_can_be_printed_on_a4_and_in_large_print() -> None:
    assert all({PaperFormat.A4, PaperFormat.LARGE} <= set(formats) for formats in OF_KIND.values())


def test_large_print_has_15_points_and_nothing_less_than_9() -> None:
    assert FORMATS[PaperFormat.LARGE].text_pt == 15
    assert min(row.text_pt for row in FORMATS.values()) == 9


def test_an_office_that_has_not_chosen_prints_on_a4() -> None:
    chosen = {"receipt": "a5", "guidance": "a4_halves", "return_notice": "b5", "custody_record": ""}
    assert format_chosen(chosen, SlipKind.RECEIPT) is PaperFormat.A5
    assert format_chosen(chosen, SlipKind.GUIDANCE) is PaperFormat.HALVES
    for kind in (SlipKind.RETURN_NOTICE, SlipKind.CUSTODY_RECORD, SlipKind.INTRODUCTION):
        assert format_chosen(chosen, kind) is PaperFormat.A4


@pytest.mark.parametrize("chosen", [{"receipt": "b5"}, {"receipt": ""}, {"letter": "a4"}])
def test_a_format_that_there_is_not_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refusal:
        check_formats(chosen)
    (wanted,) = chosen.values()
    assert str(refusal.value.sentence) == f"文书的纸型“{wanted}”不对。"
    assert (refusal.value.code, refusal.value.remedy) == ("bad-paper-format", "请在设置的“本单位”里重新选。")
    with pytest.raises(Refusal):
        check_formats({"guidance": "a5", **chosen})


def test_a_format_of_each_kind_passes() -> None:
    check_formats({})
    check_formats({"receipt": "continuous", "guidance": "large_print"})


@pytest.mark.parametrize(
    ("code", "label", "short"),
    [
        ("a4", "A4，每联一张", "A4"),
        ("a4_halves", "A4 对半，两联一张", "A4 对半"),
        ("a5", "A5，每联一张", "A5"),
        ("continuous", "241×140 两联连续纸", "241×140 两联连续纸"),
        ("large_print", "大字，A4 每联一张", "大字"),
    ],
)
def test_a_format_is_called_by_what_it_is(code: str, label: str, short: str) -> None:
    assert (PaperFormat(code).label, PaperFormat(code).short) == (label, short)
    assert does_not_fit(PaperFormat(code)) == f"内容较多，{short}放不下，改用 A4，每联一张。"


def test_what_does_not_fit_is_said_with_what_happens_instead() -> None:
    assert does_not_fit(PaperFormat.HALVES) == "内容较多，A4 对半放不下，改用 A4，每联一张。"
