"""Keeping the registers: what is typed, what came of it, what is taken back, and what the books say of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Stage, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import BY_HAND, RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.book_rows import columns_of, in_words, rows_of
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from tests.decision_rows import FURTHER, ROWS
from tests.hand_entries import TYPED
from tests.make import NOW, a_request, an_office

K = RegisterKind


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


def act(office: Office, name: str, **changes: Any) -> None:
    issue_slip(
        office, a_request(**{**(ROWS[name][0] if name in ROWS else FURTHER[name]), "request_id": name, **changes})
    )


def newest(office: Office, kind: RegisterKind) -> RegisterLine:
    return keeping.lines_of(office).found(RegisterQuery((kind,)))[0]


def typed(office: Office, kind: RegisterKind, **changes: str) -> RegisterLine:
    keeping.record(office, kind, {**TYPED[kind], **changes})
    return newest(office, kind)


def refusal(do: Any) -> str:
    with pytest.raises(Refusal) as refused:
        do()
    assert refused.value.remedy
    return refused.value.code


def test_each_register_that_is_typed_takes_a_line_and_the_same_act_is_one(office: Office) -> None:
    for kind in BY_HAND:
        first = keeping.record(office, kind, TYPED[kind], key=kind.value)
        assert keeping.record(office, kind, TYPED[kind], key=kind.value).seq == first.seq
        assert newest(office, kind).clerk == ("" if kind is K.RATING else "0001")
    for kind in set(K) - set(BY_HAND):
        assert refusal(lambda kind=kind: keeping.record(office, kind, {"text": "x"})) == "arises-by-itself"


def test_a_suggestion_is_handled_and_answered_and_that_can_be_taken_back(office: Office) -> None:
    line = typed(office, K.OPINION)
    assert (line.waits, line.in_words) == (True, "待办")
    done = keeping.answer(office, line, " 已加装  扶手 ", to="办公室", posted="11-20")
    assert (done.waits, done.in_words) == (False, "已办结")
    assert refusal(lambda: keeping.answer(office, done, "又答")) == "register-settled"
    cells = dict(in_words(office, done))
    assert (cells["转办科室"], cells["答复"], cells["公示日期"]) == ("办公室", "已加装 扶手", "2026-11-20")
    again = keeping.take_back(office, done, "还没有装")
    assert again.waits
    gone = keeping.take_back(office, again, "记错了")
    assert (gone.state, gone.in_words) == (State.WITHDRAWN, "已撤销")
    assert refusal(lambda: keeping.take_back(office, gone, "再撤")) == "register-not-withdrawn"
    assert office.book.check().problems == []


def test_an_inquiry_is_answered_within_three_working_days_and_without_a_caller_is_not_taken(office: Office) -> None:
    assert refusal(lambda: note_call(office, "问额度", waits=True)) == "caller-missing"
    line = typed(office, K.INQUIRY)
    assert (line.due, line.waits) == (date(2026, 11, 26), True)
    answered = keeping.answer(office, line, "最多 3 万元，已电话答复")
    assert dict(in_words(office, answered))["答复情况"] == "最多 3 万元，已电话答复"
    at_once = typed(office, K.INQUIRY, wait="当即答复", caller="")
    assert (at_once.waits, dict(in_words(office, at_once))["答复情况"]) == (False, "当即答复")


def test_what_waits_for_a_case_ends_with_a_step_of_it(office: Office) -> None:
    act(office, "4-unclear")
    assert refusal(lambda: keeping.answer(office, newest(office, K.INQUIRY), " ")) == "answer-missing"
    answered = keeping.answer(office, newest(office, K.INQUIRY), "可以提两次")
    assert (answered.stage, answered.waits) == (Stage.ANSWERED, False)
    act(office, "2-custody")
    done = keeping.answer(office, newest(office, K.REFERRAL), "材料已交贷款岗")
    assert (done.stage, done.waits) == (Stage.DONE, False)
    assert refusal(lambda: keeping.take_back(office, done, "错了")) == "register-not-withdrawn"


def test_the_body_that_the_leader_named_and_the_result_that_is_filed(office: Office) -> None:
    reported = typed(office, K.REPORTED_UPWARD)
    named = keeping.answer(office, reported, "", to="省住房城乡建设厅信息中心")
    assert dict(in_words(office, named))["指定的承办机构"] == "省住房城乡建设厅信息中心"
    act(office, "10-referral")
    line = newest(office, K.RESULT_FILED)
    assert refusal(lambda: keeping.answer(office, line, "同意")) == "register-settled"
    take_step(office, "10-referral", Step.DONE)
    filed = keeping.answer(office, newest(office, K.RESULT_FILED), "同意降低", document="临公积金批〔2026〕1号")
    cells = dict(in_words(office, filed))
    assert (cells["办理结果"], cells["文号"], cells["备案时间"]) == ("同意降低", "临公积金批〔2026〕1号", "2026-11-23")
    assert keeping.take_back(office, filed, "文号写错").waits


def test_who_came_back_is_noted_with_the_absence(office: Office) -> None:
    away = typed(office, K.ABSENCE)
    back = keeping.answer(office, away, "15:40 返岗")
    assert (back.in_words, dict(in_words(office, back))["返岗情况"]) == ("已办结", "15:40 返岗")


def test_taking_back_needs_a_reason_and_later_another_permission(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = typed(office, K.OVERTIME)
    assert refusal(lambda: keeping.take_back(office, line, " ")) == "reason-missing"
    asked: list[str] = []
    permit = office.permit

    def ask(permission: Permission, clerk: str = "") -> Clerk:
        asked.append(permission.value)
        return permit(permission, clerk)

    monkeypatch.setattr(office, "permit", ask)
    office.clock = lambda: NOW + timedelta(days=1)
    keeping.take_back(office, line, "记错了人")
    assert asked == ["take_back_later"]


def test_a_line_that_is_not_there_is_named(office: Office) -> None:
    assert refusal(lambda: keeping.line_of(office, K.OPINION, 1)) == "register-unknown"


def test_every_line_has_a_cell_under_each_head(office: Office) -> None:
    for name in ROWS:
        act(office, name)
    act(office, "2-custody")
    for kind in BY_HAND:
        keeping.record(office, kind, TYPED[kind])
    for kind in K:
        lines = keeping.lines_of(office).found(RegisterQuery((kind,)))
        rows = rows_of(office, kind, lines, first=5)
        columns = columns_of(kind)
        assert [row[0] for row in rows] == list(range(5, 5 + len(lines)))
        for row in rows:
            assert len(row) == len(columns)
            assert [type(cell) is int for cell in row[1:]] == [column.adds for column in columns[1:]]


def test_a_first_contact_says_who_was_asked_and_who_goes_on(office: Office) -> None:
    act(office, "2-custody")
    cells = dict(in_words(office, newest(office, K.FIRST_CONTACT)))
    assert (cells["方式"], cells["首问责任人"], cells["是否本岗"], cells["件数"]) == ("窗口", "李某", "否", "2")
    assert cells["所收材料"].startswith("申请人身份证") or "身份证" in cells["所收材料"]
    assert cells["电话"].count("*") == 4
    keeping.record(office, K.INQUIRY, TYPED[K.INQUIRY])
    of_call = dict(in_words(office, newest(office, K.FIRST_CONTACT)))
    assert (of_call["方式"], of_call["来办（问）的人"]) == ("电话", "玉罕 139****2222")


def test_a_number_that_was_typed_is_masked_in_lists_and_books_and_is_there_for_who_answers(office: Office) -> None:
    line = typed(office, K.INQUIRY)
    assert line.line.startswith("玉罕 139****2222")
    assert rows_of(office, K.INQUIRY, [line])[0][3] == "玉罕 139****2222"
    assert dict(in_words(office, line))["咨询的人"] == "玉罕 13900002222"
    line = keeping.answer(office, line, "可以提两次")
    assert dict(in_words(office, line))["咨询的人"] == "玉罕 139****2222", "nobody waits any more"
    assert keeping.lines_of(office).found(RegisterQuery((K.INQUIRY,), text="13900002222")) == [line]
    act(office, "11-promise")
    first = newest(office, K.FIRST_CONTACT)
    assert office.profile.clerk("").phone in str(rows_of(office, K.FIRST_CONTACT, [first])[0])


def test_of_an_erased_slip_no_cell_says_anything(office: Office) -> None:
    act(office, "11-promise")
    line = newest(office, K.FIRST_CONTACT)
    seq = line.seq
    entry = office.book.at([seq])[seq]
    kept = {"issue": entry.payload["issue"], "card": {"number": entry.payload["card"]["number"]}}
    office.book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid=f"erase:{seq}")
    office.database.handle.execute_sql(f"DELETE FROM payload WHERE seq = {seq}")
    (row,) = rows_of(office, K.FIRST_CONTACT, [line])
    assert set(row[2:-1]) == {"", 0}
