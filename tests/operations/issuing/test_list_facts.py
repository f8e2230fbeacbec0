"""What the forms say of the list: in one order with the screen, and who has checked each condition."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import Draft, Table
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.issuing.list_facts import list_facts
from counter_assistant.operations.office import Office
from counter_assistant.ui.desk.presentation.present import rows_of
from tests.make import a_request

RENTS = {"who": "self", "marital": "married", "lease": "unregistered", "rent_by": "actual", "spouse_also": "no"}


def matter(office: Office, **changes: Any) -> Matter:
    return assess(a_request(**changes), office.catalogue, office.profile, office.today())


def names(draft: Draft, layout: str) -> list[str]:
    (table,) = [e for e in draft.body if isinstance(e, Table) and e.layout == layout]
    return [row[1].text for row in table.rows]


@pytest.mark.parametrize("received", [[], ["rent-invoice", "id-card"], "all"])
def test_screen_and_paper_list_the_same_materials_in_the_same_order(office: Office, received: Any) -> None:
    found = matter(office, answers=RENTS | {"fund_loan_open": "no"}, received=received, purpose="apply")
    shown = [row.name for row in rows_of(found.checklist, applying=True, keeping=False)]
    assert names(compose(found, SlipKind.NOTIFICATION_SLIP, office), "needed") == shown
    everything = matter(office, answers=RENTS | {"fund_loan_open": "no"}, received="all", eligible="yes")
    assert names(compose(everything, SlipKind.RECEIPT, office), "handed_in") == shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answers": RENTS}, "本人及配偶无未结清的公积金贷款＊（请您自己核对一下）"),
        ({"answers": RENTS | {"fund_loan_open": "no"}}, "本人及配偶无未结清的公积金贷款＊（您说符合）"),
        ({"answers": RENTS | {"fund_loan_open": "yes"}}, "本人及配偶无未结清的公积金贷款＊（请核实）"),
        ({"answers": RENTS}, "本人及配偶在本市无自有住房＊（窗口核实）"),
        (
            {"item": "A17", "answers": {"account_matter": "review", "bank_reviewed": "no"}},
            "向本中心申请重新复核的，先经受委托银行复核，对复核结果仍有异议（您说不符合）",
        ),
        (
            {"item": "A17", "answers": {"account_matter": "query"}},
            "向本中心申请重新复核的，先经受委托银行复核，对复核结果仍有异议（不涉及）",
        ),
        ({"answers": RENTS, "eligible": "yes", "purpose": "apply"}, "本人及配偶在本市无自有住房＊（窗口已核）"),
        ({"answers": RENTS, "eligible": "undecided", "purpose": "apply"}, "本人及配偶在本市无自有住房＊（核实中）"),
    ],
)
def test_each_condition_says_who_has_checked_it(office: Office, changes: dict[str, Any], words: str) -> None:
    assert words in list_facts(matter(office, **changes), SlipKind.NOTIFICATION_SLIP)["conditions"]


def test_one_mark_stands_over_the_column_where_all_are_to_be_confirmed_and_is_explained_once(office: Office) -> None:
    draft = compose(matter(office, answers=RENTS), SlipKind.NOTIFICATION_SLIP, office)
    (table,) = [e for e in draft.body if isinstance(e, Table) and e.layout == "needed"]
    assert table.head[1] == "材料＊"
    assert not any("＊" in cell.text for row in table.rows for cell in row)
    assert [note for note in draft.notes if "＊" in note] == ["＊待核定"]
    assert not any("（待核定）" in text for text in draft.texts())
