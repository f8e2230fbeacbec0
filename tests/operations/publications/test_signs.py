"""柜台标识：what is proposed, which day a time belongs to, and what is not printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.signs import plan_sign, proposed, proposed_return, sign_pdf
from counter_assistant.paper.blocks import Image
from tests.make import BEIJING, an_office, text_of
from tests.paper.displays.pictures import a_jpeg


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def at(office: Office, day: int, hour: int, minute: int) -> Office:
    """November 2026: the 23rd is a Monday, the 27th a Friday."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)
    office.clock = lambda: moment
    return office


def test_what_the_office_knows_is_proposed(office: Office) -> None:
    assert proposed(office, SignKind.SUSPENDED) == {
        "window": "综合窗口 1", "reason": "", "returns": "11:00", "instead": "", "phone": "0883-0000001", "second": "",
    }  # fmt: skip
    assert proposed(office, SignKind.AWAY)["clerk"] == "李某"
    assert proposed(office, SignKind.MODEL_POST) == {
        "window": "综合窗口 1", "clerk": "李某　综合受理岗", "phone": "0883-0000009", "second": "",
    }  # fmt: skip
    assert set(proposed(office, SignKind.LEADER_ON_DUTY).values()) == {"综合窗口 1", ""}


def test_without_a_clerk_the_names_stay_open(office: Office) -> None:
    office.__dict__["profile"] = replace(office.profile, clerks=(), current_clerk="")
    assert proposed(office, SignKind.AWAY)["clerk"] == ""
    assert proposed(office, SignKind.MODEL_POST)["clerk"] == ""


@pytest.mark.parametrize(
    ("day", "hour", "minute", "returns"),
    [
        (23, 10, 42, "11:00"), (23, 10, 50, "11:00"), (23, 10, 51, "11:30"), (23, 9, 20, "9:30"), (23, 17, 20, "17:30"),
        (23, 17, 21, ""), (23, 23, 59, ""), (28, 10, 0, ""),
    ],
)  # fmt: skip
def test_the_next_half_hour_of_working_time_is_proposed(
    office: Office, day: int, hour: int, minute: int, returns: str
) -> None:
    assert proposed_return(at(office, day, hour, minute)) == returns


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ((23, 10, 42), "14:30", None),
        ((23, 17, 0), "9:00", date(2026, 11, 24)),
        ((23, 10, 42), "10:42", date(2026, 11, 24)),
        ((27, 16, 0), "900", date(2026, 11, 30)),
        ((28, 8, 0), "9:00", date(2026, 11, 30)),
        ((27, 16, 0), "", None),
    ],
)
def test_a_time_that_is_past_is_that_of_the_next_working_day(
    office: Office, now: tuple[int, int, int], typed: str, day: date | None
) -> None:
    assert plan_sign(at(office, *now), SignKind.SUSPENDED, {"returns": typed}).day == day


def test_what_is_typed_is_tidied_and_foreign_fields_are_passed_over(office: Office) -> None:
    sign = plan_sign(office, SignKind.AWAY, {"instead": " 5 ", "reason": " 开会 ", "returns": "1500", "other": "x"})
    assert (sign.instead, sign.reason, sign.returns) == ("5号窗口", "开会", "15:00")
    assert plan_sign(office, SignKind.MODEL_POST, {"returns": "99", "instead": "5"}).instead == ""


def test_a_sign_is_printed_with_the_office_at_its_foot(office: Office) -> None:
    sign = plan_sign(office, SignKind.SUSPENDED, {"window": "综合窗口 1", "returns": "1430", "instead": "5"})
    before = len(list(office.book.entries()))
    assert text_of(sign_pdf(office, sign)) == (
        "本窗口暂停服务预计14:30恢复服务请到5号窗口办理临沧市住房公积金管理中心示例管理部综合窗口1"
    )
    assert len(list(office.book.entries())) == before


def test_training_is_marked(tmp_path: Path) -> None:
    office = an_office(tmp_path / "training", training=True)
    assert text_of(sign_pdf(office, plan_sign(office, SignKind.AWAY, {}))).startswith("样本")
    office.close()


def test_forbidden_wording_is_refused_by_the_field(office: Office) -> None:
    sign = plan_sign(office, SignKind.AWAY, {"reason": "急什么，没看见我在忙吗"})
    with pytest.raises(Refusal) as refused:
        sign_pdf(office, sign)
    assert refused.value.code == "forbidden-wording"
    assert "离开原因" in str(refused.value)


def test_a_picture_stands_in_the_place_of_words_that_no_font_draws(office: Office) -> None:
    sign = plan_sign(office, SignKind.MODEL_POST, {"second": "\u0f40"})
    with pytest.raises(Refusal, match="字库中没有“\u0f40”"):
        sign_pdf(office, sign)
    pdf = sign_pdf(office, sign, Image(900, 100, a_jpeg(900, 100)))
    assert b"/DCTDecode" in pdf
    assert "\u0f40" not in text_of(pdf)
