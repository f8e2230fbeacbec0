"""Ratings: of nobody, once for a paper, a bad one until it is put right and told, and who takes one back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.rating import RatingChannel
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.book_rows import in_words
from counter_assistant.operations.registers.ratings import rate
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from tests.decision_rows import ROWS
from tests.hand_entries import MENDED
from tests.make import NOW, a_request, an_office
from tests.roles import Counter


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


def rated(office: Office, level: str = "满意", **typed: str) -> RegisterLine:
    entry = keeping.record(office, RegisterKind.RATING, {"level": level, **typed})
    return keeping.line_of(office, RegisterKind.RATING, entry.seq)


def a_paper(office: Office, row: str = "11-promise") -> str:
    issued = issue_slip(office, a_request(**ROWS[row][0], request_id=row))
    assert issued.slip is not None
    return issued.slip.number


def refusal(do: Any) -> str:
    with pytest.raises(Refusal) as refused:
        do()
    assert refused.value.remedy
    return refused.value.code


def test_a_rating_says_what_was_done_and_when_and_nobody_s_name(office: Office) -> None:
    line = rated(office, item="B08", text="很快", contact="13955556666")
    assert (line.clerk, line.waits, line.line.split("　")[0]) == ("", False, "满意")
    entry = office.book.at([line.seq])[line.seq]
    assert entry.payload["item_name"] == line.line.split("　")[1] != ""
    said = json.dumps(entry.payload, ensure_ascii=False)
    assert not any(who.name in said or who.staff_number in said for who in office.profile.clerks)
    cells = dict(in_words(office, line))
    assert (cells["渠道"], cells["评价"], cells["写了什么"]) == ("评价条", "满意", "很快")
    assert cells["联系方式"] == "139****6666", "nothing waits, so nobody needs the number"
    assert not set(cells) & {"经办人", "记录人", "整改期限", "怎样整改的"}


def test_nobody_is_rated_by_who_types_nothing(office: Office) -> None:
    assert refusal(lambda: keeping.record(office, RegisterKind.RATING, {"text": "好"})) == "register-field-missing"
    assert refusal(lambda: rated(office, day="2026-11-24")) == "register-later"
    assert refusal(lambda: rated(office, channel="screen")) == "unknown-field"


def test_a_bad_one_waits_fifteen_working_days_and_is_looked_into_put_right_and_told(office: Office) -> None:
    bad = rated(office, "非常不满意", item="B08", contact="13955556666")
    assert (bad.waits, bad.due) == (True, date(2026, 12, 14))
    lines = keeping.lines_of(office)
    assert (lines.overdue(date(2026, 12, 14)), lines.overdue(date(2026, 12, 15))) == (0, 1)
    assert refusal(lambda: keeping.settle(office, bad, {**MENDED, "told": ""})) == "telling-missing"
    assert refusal(lambda: keeping.settle(office, bad, {**MENDED, "verified": " "})) == "register-field-missing"
    assert refusal(lambda: keeping.settle(office, bad, {**MENDED, "to": "x"})) == "unknown-field"
    assert refusal(lambda: keeping.settle(office, bad, {**MENDED, "outcome": "gone"})) == "unknown-value"
    done = keeping.settle(office, bad, {**MENDED, "outcome": "难以整改", "text": "窗口  只有一个，明年增设"})
    assert (done.in_words, lines.overdue(date(2026, 12, 15))) == ("已办结", 0)
    cells = dict(in_words(office, done))
    assert (cells["结果"], cells["怎样整改的"], cells["整改期限"]) == (
        "难以整改", "窗口 只有一个，明年增设", "2026-12-14",
    )  # fmt: skip
    assert refusal(lambda: keeping.settle(office, done, MENDED)) == "register-settled"
    assert office.book.check().problems == []
    assert keeping.take_back(office, done, "还没有告知").waits


def test_a_day_that_depends_on_holidays_nobody_published_yet_says_so(office: Office) -> None:
    office.clock = lambda: datetime(2026, 12, 21, 9, 0, tzinfo=NOW.tzinfo)
    bad = rated(office, "不满意")
    assert dict(in_words(office, bad))["整改期限"] == f"{bad.due}（预计）"


def test_without_a_contact_nobody_has_to_be_told(office: Office) -> None:
    assert keeping.settle(office, rated(office, "不满意"), {**MENDED, "told": ""}).state is State.DONE


def test_a_paper_gives_its_item_and_is_rated_once(office: Office) -> None:
    number = a_paper(office)
    other = a_paper(office, "6-not-eligible")
    first = rated(office, number=number)
    paper = office.archive.show(number).row
    assert office.book.at([first.seq])[first.seq].payload["item_name"] == paper.item_name
    assert refusal(lambda: rated(office, "基本满意", number=paper.qr)) == "rated-already"
    assert rated(office, number=other).state is State.NOTED
    assert keeping.lines_of(office).found(RegisterQuery((RegisterKind.RATING,), text=number)) == [first]
    office.at_window.who = "0002"
    office.reread()
    keeping.take_back(office, first, "记成别人的了")
    assert rated(office, "不满意", number=number).waits


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ({"number": "没有这份"}, "paper-not-clear", "没有找到"),
        ({"number": "罗𠅤克"}, "paper-not-clear", "没有找到"),
        ({"number": "1"}, "paper-not-clear", "不止一份"),
        ({"item": "没有这个事项"}, "item-not-clear", "没有找到"),
        ({"item": "提取"}, "item-not-clear", "可以是"),
    ],
)
def test_what_is_not_clear_is_asked_again(office: Office, typed: dict[str, str], code: str, says: str) -> None:
    a_paper(office)
    a_paper(office, "6-not-eligible")
    with pytest.raises(Refusal) as refused:
        rated(office, **typed)
    assert (refused.value.code, says in refused.value.sentence) == (code, True)


def test_the_same_press_is_one_rating_and_the_screen_is_a_channel_of_its_own(office: Office) -> None:
    number = a_paper(office)
    typed = {"level": "very_satisfied", "number": number}
    first = rate(office, typed, RatingChannel.SCREEN, key="one")
    assert rate(office, typed, RatingChannel.SCREEN, key="one").seq == first.seq
    line = keeping.line_of(office, RegisterKind.RATING, first.seq)
    assert dict(in_words(office, line))["渠道"] == "窗口屏幕"


def test_whom_a_rating_is_about_does_not_take_it_back_and_what_was_taken_back_is_seen(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    office = counter.office
    with closing(office):
        number = a_paper(office)
        line, free = rated(office, "不满意", number=number), rated(office, "不满意")
        counter.give(Role.CLERK)
        assert refusal(lambda: keeping.take_back(office, line, "不实")) == "not-permitted"
        counter.give(Role.SUPERVISOR)
        assert refusal(lambda: keeping.take_back(office, line, "不实")) == "own-rating"
        assert keeping.take_back(office, free, "打错了").state is State.WITHDRAWN
        office.act_as("0002")
        gone = keeping.take_back(office, line, "重复登记")
        assert (gone.state, gone.line) == (State.WITHDRAWN, line.line)
        assert keeping.lines_of(office).of(RegisterKind.RATING, line.seq) == gone
        assert office.book.check().problems == []
