"""What is typed into a register: each field in its one form, and what the service code wants said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_entries import Absence, BoxOpened, Opinion, Overtime, Source
from counter_assistant.domain.registers.hand_forms import FORMS, FieldSort, Waiting, entry_of, read_values
from counter_assistant.domain.registers.register_kind import BY_HAND, RegisterKind
from tests.hand_entries import TYPED

TODAY = date(2026, 11, 23)


def staff(who: str) -> str:
    return {"": "0001", "李某": "0001", "玉罕": "0002"}.get(who, who)


def read(kind: RegisterKind, **changes: str) -> Any:
    values = read_values(kind, {**TYPED[kind], **changes}, TODAY, staff)
    return values if kind is RegisterKind.INQUIRY else entry_of(kind, values, "0001", TODAY)


def refusal(kind: RegisterKind, **changes: str) -> str:
    with pytest.raises(Refusal) as refused:
        read(kind, **changes)
    assert refused.value.remedy
    return refused.value.code


def test_there_is_a_form_for_whatever_is_typed_and_no_other() -> None:
    assert set(FORMS) == set(BY_HAND) == set(TYPED)
    for form in FORMS.values():
        assert all((field.words is not None) is (field.sort is FieldSort.CHOICE) for field in form)
        assert len({field.name for field in form}) == len(form)


def test_what_is_left_out_is_as_usual() -> None:
    opinion = read(RegisterKind.OPINION, source="", sort="")
    assert opinion == Opinion("2026-11-23", "box", "opinion", "门口台阶请装扶手", "岩温", "", "0001")
    box = read(RegisterKind.BOX_OPENED)
    assert box == BoxOpened("2026-11-23", "意见箱", "0001", "0002", 3, "0001")
    absence = read(RegisterKind.ABSENCE)
    assert absence == Absence("2026-11-23", "left", "0001", "14:00", "", "送材料到银行", "0002", "", "0001")


def test_each_field_takes_its_one_form() -> None:
    typed = read(RegisterKind.OVERTIME, day="11-20", until="17点50分", visitors="２", sort="延时服务")
    assert typed == Overtime("2026-11-20", "served", "17:50", 2, "办完两件提取", "0001")
    assert read(RegisterKind.OPINION, source="来信", text=" 门口  台阶 ").source == Source.LETTER
    assert read(RegisterKind.OPINION, text=" 门口  台阶 ").text == "门口 台阶"
    assert read(RegisterKind.BOX_OPENED, second="玉罕", count="0").count == 0
    assert read(RegisterKind.INQUIRY)["wait"] == Waiting.WAITS


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        (RegisterKind.OPINION, {"text": "  "}, "register-field-missing"),
        (RegisterKind.OPINION, {"name": "x"}, "unknown-field"),
        (RegisterKind.OPINION, {"source": "drone"}, "unknown-value"),
        (RegisterKind.OPINION, {"day": "2026-11-24"}, "register-later"),
        (RegisterKind.OPINION, {"day": "昨日"}, "bad-date"),
        (RegisterKind.OPINION, {"text": "a\u202eb"}, "unprintable-text"),
        (RegisterKind.BOX_OPENED, {"count": "三"}, "bad-count"),
        (RegisterKind.BOX_OPENED, {"count": "10000"}, "bad-count"),
        (RegisterKind.BOX_OPENED, {"second": "李某"}, "two-openers"),
        (RegisterKind.OVERTIME, {"until": ""}, "until-needed"),
        (RegisterKind.OVERTIME, {"sort": "explained", "text": ""}, "register-field-missing"),
        (RegisterKind.ABSENCE, {"deputy": ""}, "deputy-needed"),
        (RegisterKind.ABSENCE, {"deputy": "李某"}, "own-deputy"),
        (RegisterKind.ABSENCE, {"back": "13:00"}, "back-before-leaving"),
        (RegisterKind.ABSENCE, {"since": "25:00"}, "bad-time"),
    ],
)
def test_what_is_wrong_is_named(kind: RegisterKind, changes: dict[str, str], code: str) -> None:
    assert refusal(kind, **changes) == code


def test_who_is_away_may_be_noted_before_and_nobody_on_duty_is_told_to_the_public() -> None:
    away = read(RegisterKind.ABSENCE, day="2026-11-24", deputy="", notice="窗口留言", back="15:30", who="玉罕")
    assert (away.day, away.notice, away.back, away.who) == ("2026-11-24", "窗口留言", "15:30", "0002")
    explained = read(RegisterKind.OVERTIME, sort="explained", until="", visitors="")
    assert (explained.until, explained.visitors) == ("", 0)
