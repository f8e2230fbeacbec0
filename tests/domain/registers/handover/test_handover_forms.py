"""What is typed at a handover and at a return: days, people, seals."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.entries import Reason
from counter_assistant.domain.registers.handover.handover_forms import (
    HANDOVER_FORM,
    RETURN_FORM,
    Leaving,
    Returning,
    read_leaving,
    read_returning,
)
from counter_assistant.domain.registers.handover.seals import Seal, read_seals, seals_in_words

TODAY = date(2026, 11, 23)
TYPED = {"until": "12-1", "reason": " 培训 ", "witness": "0003", "seals": "业务专用章1枚 编号03；受理章 2"}
THINGS = {"seals": "业务专用章 1 枚 编号 03；受理章 2 枚", "keys": "", "slips": "", "papers": ""}


def leaving(**changes: str) -> Leaving:
    return read_leaving({**TYPED, **changes}, TODAY, lambda who: who, "0001")


def refused(**changes: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        leaving(**changes)
    assert refusal.value.remedy
    return refusal.value


def test_the_last_day_and_who_sees_it_are_enough() -> None:
    required = [field.name for field in HANDOVER_FORM if field.required]
    assert required == ["until", "witness"]
    assert leaving() == Leaving("0001", TODAY, date(2026, 12, 1), "training", "", "0003", THINGS, "")


def test_everything_can_be_said() -> None:
    said = leaving(
        who="0004",
        since="+1",
        receiver="0002",
        keys="UKey 1 个",
        slips="告 21—40 号",
        papers="卷 3 件",
        remarks="岩某周三来",
    )
    assert said == Leaving(
        "0004", date(2026, 11, 24), date(2026, 12, 1), "training", "0002", "0003",
        THINGS | {"keys": "UKey 1 个", "slips": "告 21—40 号", "papers": "卷 3 件"}, "岩某周三来",
    )  # fmt: skip


def test_the_days_are_in_their_order_and_not_past() -> None:
    assert refused(since="12-2").code == "handover-turned-round"
    assert leaving(since="12-1").since == leaving().until  # one whole day
    assert refused(since="11-18", until="11-22").code == "handover-over"
    assert leaving(since="11-18", until="11-23").since == date(
        2026, 11, 18
    )  # written down after somebody left in haste
    assert leaving(until="2027-11-24").until == date(2027, 11, 24)
    assert refused(until="2027-11-25").code == "handover-too-long"


def test_what_is_missing_is_named() -> None:
    assert "到哪天" in refused(until="").sentence
    assert "监交人" in refused(witness=" ").sentence
    assert refused(reason="生病").code == "unknown-value"
    assert leaving(reason="").reason == Reason.JOURNEY
    assert refused(seal="章").code == "unknown-field"


def test_a_return_is_not_recorded_beforehand() -> None:
    typed = {"witness": "0003", "seals": "受理章 1", "odd": "打印机坏了", "came": "来电 2 次"}
    things = {"seals": "受理章 1 枚", "keys": "", "slips": "", "papers": ""}
    assert read_returning(typed, TODAY, str) == Returning(TODAY, "0003", things, "来电 2 次", "打印机坏了")
    assert read_returning(typed | {"day": "11-20"}, TODAY, str).day == date(2026, 11, 20)
    with pytest.raises(Refusal) as refusal:
        read_returning(typed | {"day": "11-24"}, TODAY, str)
    assert refusal.value.code == "register-later"
    assert [field.name for field in RETURN_FORM if field.required] == ["witness"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        (" ； ", ()),
        ("业务专用章 1枚 编号 03", (Seal("业务专用章", 1, "03"),)),
        ("业务专用章1", (Seal("业务专用章", 1),)),
        ("2号受理章 12 个；公章 1 枚 临01", (Seal("2号受理章", 12), Seal("公章", 1, "临01"))),
        ("受理章 99 枚, 公章 1", (Seal("受理章", 99), Seal("公章", 1))),
    ],
)
def test_seals_are_read_as_they_are_said(typed: str, read: tuple[Seal, ...]) -> None:
    if "," in typed:
        typed = typed.replace(",", ";")
    assert read_seals(typed) == read
    assert read_seals(seals_in_words(read)) == read


@pytest.mark.parametrize("typed", ["业务专用章", "公章 0 枚", "公章 100 枚", "3", "公章 一枚"])
def test_a_seal_without_its_number_of_pieces_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_seals(f"受理章 1；{typed}")
    assert refusal.value.code == "seal-unclear"
    assert typed in refusal.value.sentence


def test_of_a_long_text_as_much_is_repeated_as_tells_which_it_is() -> None:
    with pytest.raises(Refusal) as refusal:
        read_seals("长" * 30)
    assert refusal.value.sentence.count("长") == 20


def test_every_reason_has_its_words_and_none_says_what_ails_anybody() -> None:
    assert [reason.label for reason in Reason] == ["出差", "培训", "休假", "请假", "其他"]
