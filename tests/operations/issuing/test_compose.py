"""The words on the paper, held by golden files. To look at a change: run with GOLDEN=write and read the diff."""

from __future__ import annotations

import os
from typing import Any

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import BlankBelow, Draft, Fields, Heading, Paragraph, Summary, Table
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.issuing.issue import draft_of
from counter_assistant.operations.office import Office
from tests.make import NOW, a_request, an_office
from tests.places import GOLDEN

CASES: dict[str, dict[str, Any]] = {
    "B08-inquiry": {"answers": {"who": "self", "marital": "married", "lease": "unregistered", "rent_by": "actual"}},
    "B08-incomplete": {
        "answers": {
            "who": "self",
            "marital": "married",
            "lease": "unregistered",
            "rent_by": "actual",
            "fund_loan_open": "yes",
        },
        "received": ["id-card", "rent-invoice"],
        "defects": [{"id": "rent-invoice", "why": "未盖发票专用章"}],
    },
    "B08-before-the-new-law": {"on": "2026-09-19"},
    "B01-open-answers": {"item": "B01", "answers": {"who": "other", "deed": "not_issued"}},
    "B04-open-answers": {"item": "B04", "answers": {"who": "self"}},
    "B15-open-answers": {"item": "B15"},
    "B12-by-phone": {
        "item": "B12",
        "channel": "phone",
        "answers": {"who": "self", "acct": "sealed", "retire_kind": "at_age"},
    },
    "B01-agent": {
        "item": "B01",
        "answers": {"who": "spouse", "deed": "issued", "owner_rel": "owner", "spouse_also": "yes", "loc": "hometown"},
        "applicant": {
            "name": "赵六",
            "phone": "13800000000",
            "agent": {"name": "钱七", "relation": "配偶", "phone": "13900000001"},
        },
    },
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Any:
    office = an_office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


def draft(office: Office, **changes: Any) -> Draft:
    matter = assess(a_request(**changes), office.catalogue, office.profile, NOW.date())
    return draft_of(office, matter, SlipKind.NOTIFICATION_SLIP)


@pytest.mark.parametrize("name", CASES)
def test_the_words_are_those_of_the_golden_file(office: Office, name: str) -> None:
    text = in_lines(draft(office, **CASES[name]))
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_nobody_is_asked_for_what_does_not_concern_them(office: Office) -> None:
    text = in_lines(draft(office, answers={"who": "self", "marital": "married"}))
    assert "单身声明" not in text.split("不用带、也不会要")[0]
    assert "代办人有效身份证件" not in text


def test_a_note_that_concerns_some_is_told_to_them_and_while_it_is_open(office: Office) -> None:
    told = {
        answer: "父母、子女能否提取"
        in in_lines(draft(office, item="B01", answers={"owner_rel": answer} if answer else {}))
        for answer in ("owner", "owner_spouse", "co_owner", "family", "")
    }
    assert told == {"owner": False, "owner_spouse": False, "co_owner": False, "family": True, "": True}


def test_a_maybe_line_is_never_among_what_is_not_needed(office: Office) -> None:
    text = in_lines(draft(office, answers={"who": "self"}))
    maybe = next(line for line in text.split("\n") if line.endswith(" ｜ 已婚"))
    not_needed = text.split("不用带、也不会要：")[1].split("。")[0]
    assert "结婚证" in maybe
    assert "结婚证" not in not_needed


def test_no_calendar_date_is_printed_while_no_clock_runs(office: Office) -> None:
    body = in_lines(draft(office)).split("四、程序与时限")[1].split("五、")[0]
    assert "月" not in body


def test_composing_again_gives_the_same_draft(office: Office) -> None:
    matter = assess(a_request(), office.catalogue, office.profile, NOW.date())
    drafts = [compose(matter, SlipKind.NOTIFICATION_SLIP, office) for _ in range(2)]
    assert drafts[0] == drafts[1]


def in_lines(draft: Draft) -> str:
    """The draft as plain text, strong runs between **."""
    lines = [f"{draft.unit}　{draft.branch}", f"{draft.title}（{draft.mark}）" if draft.mark else draft.title]
    for element in draft.body:
        match element:
            case Fields(rows=rows):
                lines += [" ｜ ".join(f"{f.label}：{_weight(f.text, f.strong)}" for f in row) for row in rows]
            case Heading(number=number, text=text):
                lines.append(f"{number}{text}")
            case Paragraph(runs=runs):
                lines.append("".join(_weight(run.text, run.strong) for run in runs))
            case Summary(lines=told):
                lines += ["".join(_weight(run.text, run.strong) for run in line) for line in told]
            case BlankBelow(text=text):
                lines.append(text)
            case Table(head=head, rows=rows):
                lines += [" ｜ ".join(head), *(" ｜ ".join(_weight(c.text, c.strong) for c in row) for row in rows)]
    signatures = [*draft.signatures.left, *draft.signatures.right]
    lines += [line.text + ("＿＿" if line.ruled else "") for line in signatures]
    return "\n".join([*lines, *draft.notes]) + "\n"


def _weight(text: str, strong: bool) -> str:
    return f"**{text}**" if strong else text
