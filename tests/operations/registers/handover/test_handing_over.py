"""Handing over and back: what is listed by itself, what the registers, the papers and the cases say meanwhile, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.entries import HandedBack, HandedCase, Handover
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.kit.printing import print_kit, void_blanks
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.on_duty import away_in_words, on_duty
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.book_rows import columns_of, in_words, rows_of
from counter_assistant.operations.registers.handover.handover_book import handover_book, handovers_listed, one_handover
from counter_assistant.operations.registers.handover.recording import (
    hand_back,
    hand_over,
    newest_sheet,
    proposed,
    proposed_return,
)
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from tests.decision_rows import FURTHER, ROWS
from tests.hand_entries import TYPED
from tests.make import NOW, a_request, administrators, confirmed, text_of

K = RegisterKind
LEAVING = {"until": "+1", "reason": "培训", "witness": "0003", "seals": "业务专用章 1枚 编号 03"}


class Desk:
    """An office whose day turns."""

    def __init__(self, folder: Path) -> None:
        self.now: datetime = NOW
        self.office: Office = open_office(folder, lambda: self.now)

    def act(self, name: str, **changes: Any) -> Any:
        wanted = ROWS[name][0] if name in ROWS else FURTHER[name]
        return issue_slip(self.office, a_request(**{**wanted, "request_id": name, **changes}))

    def leave(self, **changes: str) -> int:
        return hand_over(self.office, {**LEAVING, **changes}).seq

    def come_back(self, seq: int, **changes: str) -> int:
        said = self.said(seq)
        assert isinstance(said, Handover)
        return hand_back(self.office, seq, {**proposed_return(self.office, said), **changes}).seq

    def said(self, seq: int) -> Any:
        return content_of(self.office.book.at([seq])[seq])

    def line(self, seq: int) -> RegisterLine:
        return keeping.line_of(self.office, K.ABSENCE, seq)

    def days_later(self, days: int) -> None:
        self.now = NOW + timedelta(days=days)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    with closing(made.office):
        yield made


def refused(do: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        do()
    assert refusal.value.remedy
    return refusal.value


class TestWhatIsListed:
    def test_the_open_cases_of_who_leaves_with_the_next_step_and_the_promised_day(self, desk: Desk) -> None:
        number = desk.act("11-promise").slip.number
        desk.act("4-unclear")
        desk.act("12-on-the-spot")  # done, so nobody's any more
        desk.act("13-not-on-the-spot", clerk="0002")  # another's
        cases = desk.said(desk.leave()).cases
        assert cases == (
            HandedCase(
                "11-promise", number, "购买新建商品住房提取", "罗**", "已受理", "登记办结", "2026-11-24", "2026-11-24"
            ),
            HandedCase("4-unclear", "", "租赁市场住房提取", "罗**", "待答复", "登记答复", "2026-11-26", ""),
        )

    def test_what_waits_in_the_registers_and_belongs_to_no_case(self, desk: Desk) -> None:
        desk.act("4-unclear")
        keeping.record(desk.office, K.INQUIRY, TYPED[K.INQUIRY])
        keeping.record(desk.office, K.OPINION, TYPED[K.OPINION])
        keeping.record(desk.office, K.MISUNDERSTANDING, TYPED[K.MISUNDERSTANDING])  # waits for nothing
        keeping.record(desk.office, K.ABSENCE, TYPED[K.ABSENCE])
        keeping.record(desk.office, K.OPINION, TYPED[K.OPINION], clerk="0002")
        lines = desk.said(desk.leave()).lines
        assert [(line.sort, line.due) for line in lines] == [("咨询", "2026-11-26"), ("意见", "")]
        assert lines[0].text == "玉罕 139****2222　问租房提取额度怎样算"

    def test_visitors_put_aside_by_who_leaves_without_their_names(self, desk: Desk) -> None:
        body = {"name": "岩温罕", "item_name": "租赁市场住房提取"}
        desk.office.drafts.save("draft-1", body, clerk="0001")
        desk.office.drafts.save("draft-2", body, clerk="0002")
        desk.office.drafts.save("draft-3", {}, clerk="0001")
        lines = desk.said(desk.leave()).lines
        assert sorted((line.sort, line.text) for line in lines) == [
            ("放下的", "岩**　租赁市场住房提取"),
            ("放下的", "未留姓名"),
        ]

    def test_blanks_for_when_the_power_is_out_by_their_numbers(self, desk: Desk) -> None:
        assert desk.said(desk.leave()).blanks == ""
        kit = print_kit(desk.office, 1)
        numbers = [blank.number for blank in kit.printed.blanks]
        void_blanks(desk.office, [numbers[1]], "弄脏了")
        blanks = desk.said(desk.leave(who="0003", receiver="0004", witness="0005")).blanks
        assert blanks == f"停电备用单 {len(numbers) - 1} 份：{numbers[0]}；{numbers[2]}至{numbers[-1]}。"

    def test_who_stands_in_hands_over_the_work_of_both(self, desk: Desk) -> None:
        desk.act("11-promise")
        desk.leave()
        assert [case.case for case in desk.said(desk.leave(who="0002", receiver="0004", witness="0005")).cases] == [
            "11-promise"
        ]
        assert on_duty(desk.office).acting == {"0001": "0004", "0002": "0004"}


class TestTheAbsence:
    def test_is_in_its_register_without_being_typed_again(self, desk: Desk) -> None:
        seq = desk.leave()
        line = desk.line(seq)
        assert (line.waits, line.due) == (True, date(2026, 11, 25))
        assert keeping.lines_of(desk.office).count(RegisterQuery((K.ABSENCE,))) == 1
        cells = dict(in_words(desk.office, line))
        assert (cells["情形"], cells["谁"], cells["值班人"]) == ("工作交接", "李某", "王某")
        assert cells["怎样告知"] == "交接：在办件 0 件，印章 业务专用章 1 枚 编号 03"

    def test_is_ended_by_the_return_and_not_by_a_line(self, desk: Desk) -> None:
        seq = desk.leave()
        refusal = refused(lambda: keeping.answer(desk.office, desk.line(seq), "回来了"))
        assert refusal.code == "handed-over"
        back = desk.come_back(seq, odd="打印机坏了")
        line = desk.line(seq)
        assert (line.state, line.settled) == (State.DONE, back)
        assert dict(in_words(desk.office, line))["返岗情况"] == "2026-11-23 返岗交回，异常：打印机坏了"
        (row,) = rows_of(desk.office, K.ABSENCE, [line])
        assert len(row) == len(columns_of(K.ABSENCE))

    def test_a_short_absence_stays_a_line_that_is_ended_by_a_line(self, desk: Desk) -> None:
        keeping.record(desk.office, K.ABSENCE, TYPED[K.ABSENCE])
        line = keeping.lines_of(desk.office).found(RegisterQuery((K.ABSENCE,)))[0]
        assert keeping.answer(desk.office, line, "15:40 返岗").state is State.DONE
        assert away_in_words(desk.office) == ""

    def test_both_can_be_taken_back(self, desk: Desk) -> None:
        seq = desk.leave()
        desk.come_back(seq)
        assert keeping.take_back(desk.office, desk.line(seq), "还没有回来").waits
        assert away_in_words(desk.office) == "李某（王某代）"
        assert keeping.take_back(desk.office, desk.line(seq), "不走了").state is State.WITHDRAWN
        assert away_in_words(desk.office) == ""
        assert desk.office.book.check().problems == []

    def test_the_view_is_what_the_entries_say(self, desk: Desk) -> None:
        seq = desk.leave()
        desk.come_back(seq)
        before = desk.line(seq)
        desk.office.book.rebuild()
        assert desk.line(seq) == before
        assert desk.office.book.check().problems == []


class TestWhoStandsIn:
    def test_is_named_or_is_the_b_role(self, desk: Desk) -> None:
        assert desk.said(desk.leave(until="+3")).receiver == "0002"
        refusal = refused(lambda: desk.leave(who="0004", witness="0005"))
        assert (refusal.code, "赵某" in refusal.sentence) == ("no-deputy", True)
        posts = tuple(replace(post, deputy="0003") for post in desk.office.profile.posts)
        desk.office.decide_profile(replace(desk.office.profile, posts=posts))
        assert desk.said(desk.leave(who="0004", witness="0005")).receiver == "0003"

    def test_is_who_the_papers_name_until_the_return(self, desk: Desk) -> None:
        assert "张某" in paper(desk, "11-promise", "a")
        seq = desk.leave(who="0003", receiver="0004", witness="0005", since="11-24", until="11-25")
        assert "张某" in paper(desk, "11-promise", "b")  # not yet
        desk.days_later(1)
        away = paper(desk, "11-promise", "c")
        assert "赵某" in away
        assert "0883-0000004" in away
        assert "张某" not in away
        desk.days_later(4)  # longer than was planned
        assert "张某" not in paper(desk, "11-promise", "d")
        desk.come_back(seq)
        assert "张某" in paper(desk, "11-promise", "e")

    def test_is_whom_a_visitor_is_sent_to(self, desk: Desk) -> None:
        desk.leave(who="0003", receiver="0004", witness="0005")
        assert "赵某" in paper(desk, "2-colleague", "a")
        assert "张某" not in paper(desk, "2-colleague", "b", details={"colleague": "0003"})

    def test_is_who_answers_for_what_is_to_be_found_out(self, desk: Desk) -> None:
        held = {"slip": "notification_slip"}
        assert "由张某（0883-0000003）负责" in paper(desk, "3-held", "a", **held)
        desk.leave(who="0003", receiver="0004", witness="0005")
        assert "由赵某（0883-0000004）负责" in paper(desk, "3-held", "b", **held)
        own = {**held, "clerk": "0003"}
        assert "由张某（0883-0000003）负责" in paper(desk, "3-held", "c", **own), "who is at the window has not left"

    def test_is_in_the_row_of_the_first_contact(self, desk: Desk) -> None:
        desk.act("11-promise")
        line = keeping.lines_of(desk.office).found(RegisterQuery((K.FIRST_CONTACT,)))[0]
        assert dict(in_words(desk.office, line))["承办人、电话"] == "李某、0883-0000001"
        desk.leave(receiver="0004")
        cells = dict(in_words(desk.office, line))
        assert (cells["首问责任人"], cells["承办人、电话"]) == ("李某", "赵某、0883-0000004")

    def test_the_profile_itself_stays_as_it_was_decided(self, desk: Desk) -> None:
        desk.leave(who="0003", receiver="0004", witness="0005")
        assert [post.holder for post in desk.office.profile.posts].count("0003") == 3
        assert "0003" not in [post.holder for post in on_duty(desk.office).profile.posts]

    def test_another_window_sees_it_at_once(self, desk: Desk, tmp_path: Path) -> None:
        with closing(open_office(tmp_path, lambda: desk.now)) as other:
            assert away_in_words(other) == ""
            seq = desk.leave()
            assert away_in_words(other) == "李某（王某代）"
            desk.come_back(seq)
            assert away_in_words(other) == ""


def paper(desk: Desk, row: str, act: str, **changes: Any) -> str:
    """What stands on the paper of a visit, as a reader copies it out."""
    slip = desk.act(row, request_id=act, **changes).slip
    return text_of(desk.office.program.typesetter.pdf(slip))


class TestTheReturn:
    def test_says_how_the_cases_stand_now_and_which_are_new(self, desk: Desk) -> None:
        desk.act("11-promise")
        desk.act("4-unclear")
        seq = desk.leave()
        take_step(desk.office, "11-promise", Step.DONE)
        desk.act("13-not-on-the-spot")
        back = desk.said(desk.come_back(seq))
        assert [(case.case, case.state, case.next) for case in back.cases] == [
            ("11-promise", "办结", "—"), ("4-unclear", "待答复", "登记答复"), ("13-not-on-the-spot", "已受理", "登记办结"),
        ]  # fmt: skip
        assert [case.promised for case in back.cases] == ["", "", "2026-11-23"]

    def test_proposes_what_was_handed_over(self, desk: Desk) -> None:
        seq = desk.leave(keys="UKey 1 个")
        values = proposed_return(desk.office, desk.said(seq))
        assert values == {
            "day": "2026-11-23", "witness": "0003", "seals": "业务专用章 1 枚 编号 03", "keys": "UKey 1 个", "slips": "", "papers": "",
        }  # fmt: skip
        back = desk.said(desk.come_back(seq, seals="", papers="卷 1 件"))
        assert (back.seals, back.keys, back.papers, back.of) == ("", "UKey 1 个", "卷 1 件", seq)

    def test_is_refused_where_nobody_has_left(self, desk: Desk) -> None:
        typed = {"witness": "0003"}
        assert refused(lambda: hand_back(desk.office, 1, typed)).code == "not-away"
        seq = desk.leave(since="11-24", until="11-25")
        assert refused(lambda: hand_back(desk.office, seq, typed)).code == "not-left-yet"
        desk.days_later(2)
        assert refused(lambda: hand_back(desk.office, seq, {**typed, "day": "11-23"})).code == "not-left-yet"
        hand_back(desk.office, seq, typed)
        assert refused(lambda: hand_back(desk.office, seq, typed)).code == "not-away"


class TestWhatIsRefused:
    def test_a_second_absence_and_who_is_away(self, desk: Desk) -> None:
        desk.leave()
        assert refused(desk.leave).code == "handover-overlaps"
        assert refused(lambda: desk.leave(who="0003", receiver="0001", witness="0005")).code == "receiver-away"
        assert refused(lambda: desk.leave(who="0003", receiver="0003", witness="0005")).code == "own-receiver"
        assert refused(lambda: desk.leave(who="0004", receiver="0005", witness="0005")).code == "own-witness"
        assert refused(lambda: desk.leave(who="某人")).code == "unknown-clerk"
        assert keeping.lines_of(desk.office).count(RegisterQuery((K.ABSENCE,))) == 1

    def test_the_b_role_that_is_away_is_named(self, desk: Desk) -> None:
        desk.leave(who="0002", receiver="0004", witness="0005")
        refusal = refused(desk.leave)
        assert (refusal.code, refusal.sentence) == (
            "receiver-away",
            "王某 2026-11-23 至 2026-11-24 也离岗，由赵某接替。",
        )

    def test_who_keeps_no_register(self, desk: Desk) -> None:
        profile = administrators(confirmed(desk.office.profile))
        archivist = Clerk("0009", "白玉", "办公室", "", "管档案", "0883-2120009", roles=(Role.ARCHIVIST.value,))
        desk.office.decide_profile(replace(profile, clerks=(*profile.clerks, archivist)))
        seq = desk.leave()
        assert refused(lambda: hand_over(desk.office, {**LEAVING, "who": "0004"}, clerk="0009")).code == "not-permitted"
        assert refused(lambda: hand_back(desk.office, seq, {"witness": "0003"}, clerk="0009")).code == "not-permitted"

    def test_a_doubtful_clock(self, desk: Desk) -> None:
        seq = desk.leave()
        desk.days_later(-3)
        assert refused(lambda: desk.leave(who="0003", receiver="0004", witness="0005")).code == "clock-doubtful"
        assert refused(lambda: hand_back(desk.office, seq, {"witness": "0003"})).code == "clock-doubtful"


def test_what_was_recorded_under_a_key_is_not_recorded_again(desk: Desk) -> None:
    first = hand_over(desk.office, LEAVING, key="act-1")
    assert hand_over(desk.office, LEAVING, key="act-1").seq == first.seq
    back = hand_back(desk.office, first.seq, {"witness": "0003"}, key="act-2")
    assert hand_back(desk.office, first.seq, {"witness": "0003"}, key="act-2").seq == back.seq


def test_the_next_handover_proposes_what_was_given_the_last_time(desk: Desk) -> None:
    assert proposed(desk.office) == {"since": "2026-11-23", "witness": ""}
    desk.come_back(desk.leave(keys="抽屉钥匙 2 把", remarks="岩某周三来"))
    assert proposed(desk.office) == {
        "since": "2026-11-23", "witness": "0003", "seals": "业务专用章 1 枚 编号 03", "keys": "抽屉钥匙 2 把", "slips": "", "papers": "",
    }  # fmt: skip
    assert proposed(desk.office, "0004") == {"since": "2026-11-23", "witness": ""}


def test_the_one_leader_on_duty_is_proposed_as_the_witness(desk: Desk) -> None:
    profile = desk.office.profile
    leads = (Role.SUPERVISOR.value,)
    clerks = tuple(replace(clerk, roles=leads) if clerk.staff_number == "0005" else clerk for clerk in profile.clerks)
    desk.office.decide_profile(replace(profile, clerks=clerks))
    assert proposed(desk.office)["witness"] == "0005"
    assert proposed(desk.office, "0005")["witness"] == ""


def test_the_book_of_the_handovers_and_which_sheet_is_the_newest(desk: Desk) -> None:
    desk.act("11-promise")
    first = desk.leave()
    back = desk.come_back(first, odd="打印机坏了")
    second = desk.leave(who="0003", receiver="0004", witness="0005")
    keeping.record(desk.office, K.ABSENCE, TYPED[K.ABSENCE])
    assert [each.seq for each in handovers_listed(desk.office)] == [second, first]
    assert [each.seq for each in handovers_listed(desk.office, waiting=True)] == [second]
    assert (one_handover(desk.office, first).returned, one_handover(desk.office, second).returned) == (back, 0)
    assert [newest_sheet(desk.office, *ids) for ids in ((first, 0), (first, back), (back, 0))] == [first, back, 0]
    book = handover_book(desk.office)
    assert [row[2:5] for row in book.rows] == [("李某", "王某", "张某"), ("张某", "赵某", "陈某")]
    assert [(row[8], row[-3], row[-2], row[-1]) for row in book.rows] == [
        (1, "2026-11-23", "打印机坏了", "已办结"), (0, "", "", "待办"),
    ]  # fmt: skip
    assert len(handover_book(desk.office, waiting=True).rows) == 1
    short = keeping.lines_of(desk.office).found(RegisterQuery((K.ABSENCE,)))[0]
    assert refused(lambda: one_handover(desk.office, short.seq)).code == "no-handover"
    assert refused(lambda: one_handover(desk.office, 9999)).code == "no-handover"


def test_who_is_expected_back_on_a_day_of_rest_is_due_on_the_next_working_day(desk: Desk) -> None:
    seq = desk.leave(until="11-27")  # a Friday
    assert desk.said(seq).back == "2026-11-30"
    assert desk.line(seq).due == date(2026, 11, 30)
    desk.days_later(6)
    assert keeping.due_today(desk.office) == 0
    desk.days_later(7)
    assert keeping.due_today(desk.office) == 1


def test_both_are_entries_of_their_own_kinds(desk: Desk) -> None:
    seq = desk.leave()
    back = desk.come_back(seq)
    entries = desk.office.book.at([seq, back])
    assert [entries[n].kind for n in (seq, back)] == [EntryKind.HANDOVER, EntryKind.HANDED_BACK]
    assert isinstance(desk.said(back), HandedBack)
