"""What somebody who knows nothing else asks of the paper in their hand, answered to the letter on its first page.

What to bring, where, when, until when, whom to call, how long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from counter_assistant.domain.catalogue.conditions import Always
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.issue import draft_of
from counter_assistant.operations.office import Office
from tests.decision_rows import BOUGHT, LOAN, ROWS
from tests.make import a_request, an_office, confirmed
from tests.operations.issuing.test_compose import CASES

WHERE, WHEN = "耿马镇白马路18号一楼", "周一至周五 8:30–11:30、14:30–17:30"
WHOM = "罗𠅤克 0883-2120000"
ANSWERS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "B08, a few answers": (
        CASES["B08-inquiry"],
        [
            "房租发票（原件和复印件）、结婚证、配偶有效身份证件，和本单、您的有效身份证件、Ⅰ类借记卡", "另看“还要带的”",
            "配偶同时提取的，配偶才要来签名", "您把材料交齐以后，我们当场或当天办结，不收费",
        ],
    ),
    "B08, incomplete": (
        CASES["B08-incomplete"],
        [
            "本人名下Ⅰ类借记卡（农业银行、信用社的）、结婚证、配偶有效身份证件、房租发票（须改：未盖发票专用章；原件和复印件），和本单、您的有效身份证件",
            "材料补齐后当场或当天办结",
        ],
    ),
    "B01": (
        {"item": "B01", "answers": BOUGHT},
        ["不动产权证、契税完税凭证（以上各要原件和复印件），和本单、您的有效身份证件、Ⅰ类借记卡", "材料补齐之日起1个工作日内办结（当日不计）"],
    ),
    "C02": (
        {"item": "C02", "answers": {key: LOAN[key] for key in ("marital", "pay", "owner_rel")}},
        [
            "存量房买卖合同", "借款人户口簿",
            "您把材料交齐以后，我们5个工作日内作出决定（交齐那天不算），最晚不超过法定的10日（自受理之日起）",
        ],
    ),
    "supplement": (
        ROWS["8-promise-incomplete"][0],
        ["本人名下Ⅰ类借记卡（农业银行、信用社的）、契税完税凭证（须改：缺一页；原件和复印件），和本单、您的有效身份证件", "何时来：补齐没有固定的截止日期", "材料补齐之日起1个工作日内办结"],
    ),
    "promise": (ROWS["11-promise"][0], ["最迟2026年11月24日办结", "结果：转入您的借记卡", "也可以带本单和身份证件来查询、领取"]),
    "return": (
        ROWS["6-not-eligible"][0],
        ["请先向受委托银行申请复核", "受委托银行：农业银行、信用社；在哪个网点、要带什么，先问银行", "以后再来：", "从收到本单之日起60日内申请行政复议，或者6个月内提起行政诉讼", "材料已全部退还当事人"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Office]:
    office = an_office(tmp_path_factory.mktemp("office"))
    office.decide_profile(confirmed(office.profile))
    yield office
    office.close()


def first_page(office: Office, **changes: Any) -> str:
    matter = assess(a_request(**changes), office.catalogue, office.profile, office.today())
    assert matter.kind is not None
    pdf = office.program.typesetter.preview(draft_of(office, matter, matter.kind), copy=COPY_LABELS[1])
    return "".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize("name", ANSWERS)
def test_every_question_is_answered_on_the_first_page(office: Office, name: str) -> None:
    changes, answers = ANSWERS[name]
    page = first_page(office, **changes)
    asked = [*answers, WHERE, WHEN, WHOM]
    assert [answer for answer in asked if "".join(answer.split()) not in page] == []


@pytest.mark.parametrize("name", ["B08, a few answers", "promise", "return"])
def test_what_is_left_of_the_page_is_marked_as_blank(office: Office, name: str) -> None:
    """A confirmed office's foot is a line longer, and the last line of text nearer to it."""
    assert "以下空白" in first_page(office, **ANSWERS[name][0])
    assert "以下空白" in first_page(office, item="B08")


@pytest.mark.slow
def test_whatever_is_asked_the_first_page_says_how_long_whom_to_call_and_where(office: Office) -> None:
    """GIVEN every item, with no question answered WHEN somebody asks THEN page one tells, also where there are two."""
    for item in office.catalogue.items:
        page = first_page(office, item=item)
        assert [said for said in ("多久：", WHERE, WHEN, WHOM) if "".join(said.split()) not in page] == [], item


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "您本次为咨询，尚未申请。没有要带来的材料，可以直接申请。"),
        ({"fund_loan_open": "yes"}, "请核实：您有未结清的公积金贷款"),
    ],
)
def test_who_has_nothing_to_bring_is_not_told_to_come_back_with_papers(
    office: Office, answers: dict[str, str], told: str
) -> None:
    item = newest(office.catalogue, "B08")
    looked_up = tuple(
        rule for rule in item.materials if rule.material.submit is Submit.EXEMPT and rule.when == Always()
    )
    assert looked_up
    catalogue = replace(office.catalogue, items={"B08": (replace(item, materials=looked_up),)})
    matter = assess(a_request(item="B08", answers=answers), catalogue, office.profile, office.today())
    draft = draft_of(office.under(catalogue), matter, SlipKind.NOTIFICATION_SLIP)
    opinion = next(line for line in draft.lines() if line.startswith("受理意见"))
    assert told in opinion
    assert "备齐" not in opinion
