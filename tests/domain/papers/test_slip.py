"""A slip is stored as plain values and comes back the same; only the time of issue is filled in later."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import (
    TIME_HOLE,
    BlankBelow,
    Draft,
    Field,
    Fields,
    Heading,
    Paragraph,
    Run,
    SignatureLine,
    Signatures,
    Slip,
    Summary,
    Table,
)

TEXT = st.text(max_size=12)


def several(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


RUNS = st.builds(Run, TEXT, st.booleans())
FIELDS = st.builds(
    Fields, several(several(st.builds(Field, TEXT, TEXT, st.booleans(), st.sampled_from(("", TIME_HOLE)))))
)
ELEMENTS = st.one_of(
    FIELDS,
    st.builds(Heading, TEXT, TEXT),
    st.builds(Paragraph, several(RUNS)),
    st.builds(Table, TEXT, several(TEXT), several(several(RUNS))),
    st.builds(Summary, several(several(RUNS))),
    st.builds(BlankBelow, TEXT),
)
LINES = several(st.builds(SignatureLine, TEXT, st.booleans()))
DRAFTS = st.builds(
    Draft, st.sampled_from(list(SlipKind)), TEXT, TEXT, TEXT, TEXT, several(ELEMENTS), st.builds(Signatures, LINES, LINES),
    several(TEXT),
)  # fmt: skip

DRAFT = Draft(
    SlipKind.RECEIPT, "某中心", "某管理部", "收件回执", "示例",
    (
        Fields(((Field("编号", "", hole="number"), Field("告知时间", "", True, TIME_HOLE)),)),
        Heading("一", "材料"),
        Paragraph((Run("请在"), Run("当天", True))),
        Table("materials", ("材料",), ((Run("结婚证", True),),)),
        Summary(((Run("要带："), Run("结婚证", True)), (Run("问谁：李某"),))),
        BlankBelow("以下空白"),
    ),
    Signatures((SignatureLine("经办人", True),), (SignatureLine("当事人", True),), "窗口扫码用"),
    ("第1页",),
)  # fmt: skip


@given(DRAFTS)
def test_a_slip_reads_back_from_json_as_it_was(draft: Draft) -> None:
    assert Draft.from_payload(json.loads(json.dumps(draft.to_payload(), ensure_ascii=False))) == draft


@given(DRAFTS, TEXT)
def test_the_time_fills_its_holes_and_nothing_else(draft: Draft, time: str) -> None:
    told = draft.told_at(time)
    before, after = fields_of(draft), fields_of(told)
    assert [field.text for field in after if field.hole == TIME_HOLE] == [time] * sum(
        f.hole == TIME_HOLE for f in before
    )
    assert [field for field in after if field.hole != TIME_HOLE] == [
        field for field in before if field.hole != TIME_HOLE
    ]
    assert [e for e in told.body if not isinstance(e, Fields)] == [e for e in draft.body if not isinstance(e, Fields)]


def test_a_slip_of_before_has_no_caption_beside_its_code() -> None:
    before = replace(DRAFT, signatures=replace(DRAFT.signatures, caption=""))
    assert "caption" not in before.to_payload()["signatures"]
    assert Draft.from_payload(before.to_payload()) == before


def test_a_slip_says_by_which_layout_it_was_issued_and_one_of_before_is_of_the_first() -> None:
    issued = Slip(DRAFT, "1号", datetime(2026, 11, 23, 9, 5, tzinfo=UTC), "7f3a91c2d04e", "1", layout=7)
    payload = json.loads(json.dumps(issued.to_payload()))
    assert (payload["layout"], Slip.from_payload(payload, issued.check_code)) == (7, issued)
    del payload["layout"]
    assert Slip.from_payload(payload, issued.check_code) == replace(issued, layout=1)


def fields_of(draft: Draft) -> list[Field]:
    return [field for element in draft.body if isinstance(element, Fields) for row in element.rows for field in row]


def test_every_string_that_will_be_drawn_is_listed_in_order() -> None:
    assert DRAFT.told_at("2026年11月23日 9:05").texts() == [
        "某中心", "某管理部", "收件回执", "示例", "编号", "", "告知时间", "2026年11月23日 9:05", "一", "材料", "请在", "当天",
        "材料", "结婚证", "要带：", "结婚证", "问谁：李某", "以下空白", "经办人", "当事人", "窗口扫码用", "第1页",
    ]  # fmt: skip


@given(DRAFTS)
def test_no_string_of_the_record_is_left_out_of_the_check_of_glyphs(draft: Draft) -> None:
    texts = draft.texts()
    for element in draft.body:
        for text in strings(draft.to_payload()["body"][draft.body.index(element)]):
            assert text in texts or text in (TIME_HOLE, getattr(element, "layout", ""))


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return strings(list(value.values())) if isinstance(value, dict) else []


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("notification_slip", "一次性告知单"), ("receipt", "收件回执"), ("promise_notice", "承诺通知书"),
        ("supplement_notice", "补办件通知书"), ("referral_notice", "承诺件通知书"), ("return_notice", "窗口退回通知书"),
        ("introduction", "转办单"), ("guidance", "指引单"), ("custody_record", "材料代收记录"), ("delay_notice", "延期告知单"),
    ],
)  # fmt: skip
def test_a_kind_prints_its_title(kind: str, title: str) -> None:
    assert SlipKind(kind).in_words == title
