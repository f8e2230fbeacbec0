"""A counter's day by keys alone: who asks, who lacks a paper and comes again, what is promised, returned, kept, found again.

Guidance and delay, the other two of the ten journeys, are in test_guidance.py and test_delay.py.
"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from counter_assistant.domain.cases.case import Stage
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.storage.views.cases import CaseList
from tests.journeys.keys import CONTROL, NAME, Counter
from tests.make import ID_NUMBER, PHONE, text_of
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window

RENTS, RENTS_UNKNOWN = "1112", "120122"
"""B08, digits: self, unmarried, lease registered, no fund loan is open · self, married, 不确定, the fixed amount, no fund loan is
open, spouse not too."""
BOUGHT = "11121"
"""B01: self, deed issued, owner, spouse not too, here."""
REPAYS, REPAYS_AGAIN = "11112", "122"
"""B05: self, the first time, deed issued, owner, spouse not too · self, again, spouse not too."""
LOAN_REPAID = "122"
"""B06: self, no fund loan is open, spouse not too."""
FOUND = "经查询业务系统，您名下的公积金贷款已经结清"


def next_visitor(counter: Counter) -> None:
    """Enter: the desk is empty, and the cursor waits in the search."""
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.page.model.state.pristine
    assert counter.search.hasFocus()


def test_1_an_inquiry(counter: Counter) -> None:
    """GIVEN somebody who rents and asks what to bring WHEN F9 is pressed THEN all that is needed is on paper, and no day."""
    counter.take("zl", RENTS)
    counter.who()
    counter.press(Qt.Key.Key_F9)
    counter.took("1 咨询")
    text = counter.issued(SlipKind.NOTIFICATION_SLIP, "临公积金耿一告〔2026〕1号")
    for words in (f"申请人{NAME}", "租赁市场住房提取", "经备案的住房租赁合同", "租赁合同已备案；无未结清的公积金贷款"):
        assert words in text
    assert "最迟" not in text
    assert counter.cases() == []
    next_visitor(counter)
    assert counter.sound()


def test_2_an_inquiry_with_an_answer_unknown(counter: Counter) -> None:
    """GIVEN somebody who does not know whether the lease is registered WHEN 0 is pressed THEN both ways are on the paper."""
    counter.take("zl", RENTS_UNKNOWN)
    counter.who()
    counter.press(Qt.Key.Key_F9)
    counter.took("2 咨询，有一问不确定")
    text = counter.issued(SlipKind.NOTIFICATION_SLIP, "临公积金耿一告〔2026〕1号")
    for words in (f"申请人{NAME}", "租住方式：未定", "经备案的住房租赁合同（原件1复印件1）"):
        assert words in text
    assert counter.cases() == []
    assert counter.sound()


def test_3_an_incomplete_application(counter: Counter) -> None:
    """GIVEN a new house and only an identity card WHEN F9 is pressed THEN all that is lacking is told at once; no clock runs."""
    counter.take("b01", BOUGHT)
    counter.type(" ")
    counter.who(id_number=ID_NUMBER)
    counter.press(Qt.Key.Key_F9)
    counter.took("3 材料不全")
    text = counter.issued(SlipKind.SUPPLEMENT_NOTICE, "临公积金耿一补〔2026〕1号")
    for words in (
        "材料不全，还不能受理",
        "不动产权证原件1复印件1登记机构复印权利人页和附记页缺",
        "契税完税凭证",
        "补齐之前时限不起算",
    ):
        assert words in text
    assert "最迟" not in text
    (case,) = counter.cases(CaseList.WAITING)
    assert (case.stage, case.due, len(case.papers)) == (Stage.WAITING, None, 1)
    next_visitor(counter)
    assert counter.sound()


def test_4_the_next_day_it_comes_back_complete(counter: Counter) -> None:
    """GIVEN two who wait for papers WHEN one comes again with all of them THEN the same case goes on, and is promised."""
    person = {"name": NAME, "phone": PHONE, "id_number": ID_NUMBER}
    mine = counter.begin("8-promise-incomplete", applicant=person, received=["id-card"], defects=[])
    counter.begin("8-referral-incomplete")
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    counter.write(NAME)
    assert counter.page.case.id == mine.id
    counter.press(Qt.Key.Key_F9)
    desk = counter.desk.page
    assert counter.page is desk
    assert (desk.model.state.case, desk.model.state.name, desk.model.state.item) == (mine.id, NAME, "B01")
    counter.press(Qt.Key.Key_A, CONTROL)
    counter.set_circumstance("f")
    counter.press(Qt.Key.Key_F9)
    counter.took("4 次日补齐再来")
    text = counter.issued(SlipKind.PROMISE_NOTICE, "临公积金耿一诺〔2026〕1号")
    for words in (f"申请人{NAME}", "材料齐全，符合规定，予以受理", "最迟2026年11月25日办结"):
        assert words in text
    case = counter.case(mine.id)
    assert (case.stage, str(case.printed_due), len(case.papers)) == (Stage.RECEIVED, "2026-11-25", 2)
    next_visitor(counter)
    assert counter.sound()


def test_5_a_promise_is_made_and_kept(counter: Counter) -> None:
    """GIVEN a loan repaid for the first time, with everything WHEN it is promised THEN on its day two keys close it."""
    counter.take("b05", REPAYS)
    counter.press(Qt.Key.Key_A, CONTROL)
    counter.who(id_number=ID_NUMBER)
    counter.set_circumstance("f")
    counter.press(Qt.Key.Key_F9)
    text = counter.issued(SlipKind.PROMISE_NOTICE, "临公积金耿一诺〔2026〕1号")
    for words in ("偿还商业住房贷款本息提取", "最迟2026年11月24日办结", "违诺监督电话0883-2129999"):
        assert words in text
    (case,) = counter.cases()
    assert (case.stage, case.due, case.printed_due) == (Stage.RECEIVED, date(2026, 11, 24), date(2026, 11, 24))
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    assert counter.page.case.id == case.id
    counter.press(Qt.Key.Key_F9)
    assert "再按一次 F9，登记办结" in find(counter.page, QLabel, "message").text()
    counter.press(Qt.Key.Key_F9)
    counter.took("5 承诺并办结")
    (done,) = counter.cases(CaseList.CLOSED)
    assert (done.id, done.stage, done.overrun) == (case.id, Stage.DONE, False)
    assert counter.sound()


def test_6_who_is_not_eligible_gets_it_back_with_the_reason(counter: Counter) -> None:
    """GIVEN a fund loan that is repaid WHEN the clerk has looked and says what was found THEN the return tells condition and
    redress."""
    counter.take("b06", LOAN_REPAID)
    counter.type(" ")
    counter.who(id_number=ID_NUMBER)
    counter.press(Qt.Key.Key_Return)
    counter.write(FOUND)
    counter.press(Qt.Key.Key_F9)
    counter.took("6 退回")
    text = counter.issued(SlipKind.RETURN_NOTICE, "临公积金耿一退〔2026〕1号")
    for words in (f"经办人核实：{FOUND}。", "有正在偿还的公积金贷款（", "上列材料已全部退还", "60日内", "6个月内"):
        assert words in text
    (case,) = counter.cases(CaseList.CLOSED)
    assert (case.stage, case.overrun) == (Stage.RETURNED, False)
    assert counter.sound()


def test_7_a_receipt_where_it_cannot_be_done_at_once(counter: Counter) -> None:
    """GIVEN a loan repaid as every year, while the bank's system is down WHEN it is taken in THEN a receipt says what was
    handed in, and today's closing."""
    counter.take("b05", REPAYS_AGAIN)
    counter.press(Qt.Key.Key_A, CONTROL)
    counter.who(id_number=ID_NUMBER)
    counter.set_circumstance("f")
    counter.set_circumstance("0")
    counter.press(Qt.Key.Key_F9)
    counter.took("7 收件回执")
    text = counter.issued(SlipKind.RECEIPT, "临公积金耿一收〔2026〕1号")
    for words in ("每笔贷款的还款明细", "其余材料核验后已退还", "2026年11月23日17:30前办结"):
        assert words in text
    (case,) = counter.cases(CaseList.TODAY)
    assert (case.stage, str(case.due)) == (Stage.RECEIVED, "2026-11-23")
    assert counter.sound()


def test_10_a_paper_is_found_and_printed_again(counter: Counter) -> None:
    """GIVEN papers of several people WHEN F4 and two characters of a name are typed THEN Enter and Ctrl+P print it again."""
    counter.begin("11-promise")
    counter.begin("5-inquiry", applicant={"name": "欧阳罕", "phone": "13900001111"})
    counter.begin("10-referral")
    counter.morning(24)
    counter.press(Qt.Key.Key_F4)
    counter.write("欧阳")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_P, CONTROL)
    counter.took("10 找回并补打")
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 1)
    (paper,) = counter.papers
    text = text_of(paper.pdf)
    assert paper.title.startswith("临公积金耿一告〔2026〕1号")
    assert text.count("补打第1次") == 2
    assert counter.sound()
