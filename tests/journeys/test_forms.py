"""Ten visitors, whose forms are filled in by keys: from the key that shows them to the one that prints them all."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from counter_assistant.domain.counter_forms.asked import AGAIN
from counter_assistant.ui.desk.counter_forms.asked_fields import Chips
from counter_assistant.ui.desk.counter_forms.layer import FormsLayer
from tests.journeys.keys import CONTROL, Counter
from tests.make import ID_NUMBER, text_of
from tests.ui.desk_hand import focused
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window

ACCOUNT, CARD, UNIT = "530900001234", "6228480012345678901", "530900000001"
OWN = {"account": ACCOUNT, "amount": "12000", "mode": "1", "bank": "农业银行耿马支行", "card": CARD}
PEOPLE = "岩罕\tE12345678\t13900002222\t5000\t600\t600\n玉罕\tE12345679\t13900003333\t4000\t480\t480"
CHANGES = "新开\t岩罕\tE12345678\t5309001\t5000\t12\t600\n封存\t玉罕\tE12345679\t5309002\t4000\t12\t480"


@dataclass(frozen=True)
class Visitor:
    """What somebody came for: the item, a digit for each question, what is asked of them for the forms, and what must be printed."""

    item: str
    digits: str
    values: dict[str, str]
    forms: list[str]
    words: list[str]
    agent: dict[str, str] = field(default_factory=dict)
    name: str = "召存信罕"


RENT = {"lease_from": "2026-1-1", "lease_to": "2026-12-31", "lease_rent": "1500", "lease_place": "耿马镇白马路18号"}
APPLICATION, COMMITMENT = "住房公积金提取申请表", "住房公积金提取承诺书"
VISITORS = {
    "填表：租房，已婚": Visitor("b08", "12122", {**OWN, **RENT, "spouse_name": "玉罕", "spouse_id": ID_NUMBER},
                     [APPLICATION, COMMITMENT], ["☑已婚", "☑租房", "人民币壹万贰仟元整"]),
    "填表：租房，未婚": Visitor("b08", "1112", {**OWN, **RENT, "address": "耿马镇白马路18号"},
                     [APPLICATION, COMMITMENT, "单身声明"], ["☑从未登记结婚"]),
    "填表：购房，配偶代办": Visitor("b01", "221121", {**OWN, "spouse_name": "玉罕", "spouse_id": ID_NUMBER, "house_paper": "GM-2026-1",
                        "authority_from": "2026-11-23", "absence": "在外地工作"},
                       [APPLICATION, COMMITMENT, "授权委托书"], ["☑购买自住住房", "在外地工作"],
                       {"agent_name": "玉罕", "agent_id_number": ID_NUMBER}),
    "填表：还商业贷款": Visitor("b05", "11112", {**OWN, "loan_paper": "J-1", "loan_amount": "300000", "loan_monthly": "2000"},
                     [APPLICATION, COMMITMENT], ["☑偿还住房贷款", "300,000.00"]),
    "填表：委托还公积金贷款": Visitor("b06", "112", {"account": ACCOUNT, "loan_paper": "J-1", "loan_account": "5309880001", "offset_way": "1"},
                        ["委托提取住房公积金偿还贷款协议书"], ["☑按月，本人"]),
    "填表：退休": Visitor("b12", "111", {**OWN, "mode": "2"}, [APPLICATION, COMMITMENT], ["☑离退休", "☑销户提取"]),
    "填表：继承": Visitor("b15", "111", {**OWN, "deceased": "岩温", "deceased_on": "2026-9-1", "balance": "20000", "relation": "儿子"},
                  [APPLICATION, "已故职工住房公积金提取告知承诺书"], ["岩温", "儿子"]),
    "填表：单位开户": Visitor("a01", "21", {"unit_kind": "4", "unit_address": "耿马镇白马路18号", "head_name": "白秀英", "people": "2",
                    "first_month": "202612", "unit_ratio": "12", "person_ratio": "12", "rows_G-03": PEOPLE,
                    "authority_from": "2026-11-23"},
                    ["住房公积金单位缴存登记表", "住房公积金个人账户设立清册", "单位授权委托书"], ["合计2人", "☑私营企业"],
                    {"agent_name": "罗𠅤克", "agent_id_number": ID_NUMBER}, "耿马县白马茶厂"),
    "填表：汇缴，人有增减": Visitor("a10", "211", {"employer_account": UNIT, "month": "202611", "people": "10", "last_count": "10",
                       "last_amount": "6000", "rows_G-04": CHANGES, "authority_from": "2026-11-23"},
                       ["住房公积金汇缴变更清册", "住房公积金汇缴书", "单位授权委托书"], ["增加1人，600.00元", "人民币陆仟壹佰贰拾元整"],
                       name="耿马县白马茶厂"),
    "填表：异地转入": Visitor("a09", "1", {"account": ACCOUNT, "employer": "耿马县第一小学", "old_centre": "昆明市住房公积金管理中心",
                    "old_employer": "昆明某厂"}, ["住房公积金异地转移接续申请表"], ["昆明市住房公积金管理中心"]),
}  # fmt: skip


def begin(counter: Counter, visitor: Visitor) -> None:
    """The visitor stands at the desk, and the list is done."""
    counter.take(visitor.item, visitor.digits)
    counter.press(Qt.Key.Key_A, CONTROL)
    counter.who(visitor.name)
    for key, text in visitor.agent.items():
        counter.desk.page._cards.applicant.go_to(key)
        counter.write(text)


def answer(counter: Counter, values: dict[str, str]) -> None:
    """Goes through the fields with Enter, typing what was asked for; what nobody asked for stays empty."""
    left, seen = dict(values), set[QWidget]()
    while left:
        where = focused()
        assert where not in seen, f"never asked: {left}"
        seen.add(where)
        key = where.objectName()
        text = left.get(key.removeprefix(AGAIN), "")
        if key.startswith(AGAIN) or f"{AGAIN}{key}" not in names(counter):
            left.pop(key.removeprefix(AGAIN), None)
        if isinstance(where, Chips):
            counter.type(text) if text else counter.press(Qt.Key.Key_Return)
        elif isinstance(where, QPlainTextEdit):
            QApplication.clipboard().setText(text)
            counter.press(Qt.Key.Key_V, CONTROL)
            counter.press(Qt.Key.Key_Return, CONTROL)
        else:
            if text:
                counter.write(text)
            counter.press(Qt.Key.Key_Return)


def names(counter: Counter) -> set[str]:
    layer = find(counter.desk.page, FormsLayer, "免填单")
    return {edit.objectName() for row in layer.fields.values() for edit in row.edits}


def printed(counter: Counter, before: int) -> list[tuple[str, str]]:
    counter.desk.page.forms.printing.close_down()
    QApplication.processEvents()
    return [(paper.title, text_of(paper.pdf)) for paper in counter.papers[before:]]


@pytest.mark.parametrize("which", VISITORS)
def test_a_visitors_forms_are_filled_by_keys_and_printed_with_one(counter: Counter, which: str) -> None:
    visitor = VISITORS[which]
    begin(counter, visitor)
    counter.start()
    counter.press(Qt.Key.Key_T, CONTROL)
    answer(counter, visitor.values)
    counter.press(Qt.Key.Key_F9)
    counter.took(which)
    papers = printed(counter, 0)
    assert [title for title, _ in papers] == visitor.forms, counter.says("forms_message")
    together = "".join(text for _, text in papers)
    for words in (visitor.name, *visitor.words, "请核对后签名", "以本中心公布的表样为准"):
        assert words in together, words
    counter.press(Qt.Key.Key_Escape)
    assert counter.sound()


def test_blank_forms_go_along_with_the_notice_by_one_key(counter: Counter) -> None:
    counter.take("b08", "12122")
    counter.who()
    counter.start()
    counter.press(Qt.Key.Key_B, CONTROL)
    counter.took("空白表随单打出")
    counter.press(Qt.Key.Key_F9)
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 3)
    titles = [paper.title for paper in counter.papers]
    assert {APPLICATION, COMMITMENT} < set(titles)
    blank = [text_of(paper.pdf) for paper in counter.papers if paper.title in (APPLICATION, COMMITMENT)]
    assert not any("岩罕" in text for text in blank)


def test_what_was_asked_on_the_first_day_is_there_on_the_next(counter: Counter) -> None:
    """GIVEN an application that lacks something WHEN its case goes on the next day THEN the forms know what was asked."""
    visitor = VISITORS["填表：租房，已婚"]
    counter.take(visitor.item, visitor.digits)
    counter.press(Qt.Key.Key_Space)
    counter.who(visitor.name)
    counter.press(Qt.Key.Key_T, CONTROL)
    answer(counter, {"account": ACCOUNT})
    counter.press(Qt.Key.Key_Escape)
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_Return)
    (case,) = counter.cases()
    counter.morning(24)
    counter.press(Qt.Key.Key_F3)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F9)
    assert counter.desk.page.model.state.case == case.id
    assert counter.desk.page.model.state.form_values["account"] == ACCOUNT
