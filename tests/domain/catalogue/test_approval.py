"""An approval covers one text, from one day on; laid over the catalogue nothing of that text is 待核定 any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.catalogue.approval import (
    Approvals,
    ApprovalState,
    TextApproval,
    approved,
    text_digest,
    with_approvals,
)
from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf
from counter_assistant.domain.catalogue.items import Approval, Handling, Note
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import Source

DAY = date(2026, 11, 23)
APPROVAL = Approval("临公积金〔2026〕9号", DAY, "中心主任办公会")
CENTRE = Source("centre", document="临公积金〔2026〕9号")
WHO = Answered("who", ("other",))


def standing(make: Any, *approvals: Approval, **changes: Any) -> Approvals:
    text = make.item(**changes)
    return Approvals({text.id: tuple(TextApproval(text_digest(text), text.effective_from, a) for a in approvals)})


CHANGES: list[dict[str, Any]] = [
    {"name": "另一名称"}, {"handling": ((Always(), Handling.PROMISE),)}, {"standard": "另一标准"}, {"conditions": ()},
    {"effective_from": date(2026, 10, 1)}, {"notes": (Note("额度", Source("assumption")),)},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[next(iter(change)) for change in CHANGES])
def test_another_text_is_another_version(make: Any, change: dict[str, Any]) -> None:
    assert text_digest(make.item(**change)) != text_digest(make.item())


def test_conditions_of_the_same_parts_are_told_apart(make: Any) -> None:
    both, either = (make.item(materials=(make.rule("letter", kind((WHO, WHO))),)) for kind in (All, AnyOf))
    assert text_digest(both) != text_digest(either)


@pytest.mark.parametrize(
    "change", [{"approval": APPROVAL}, {"checked": date(2027, 1, 1)}, {"effective_to": date(2027, 6, 30)}]
)
def test_what_changes_nothing_that_is_said_is_the_same_version(make: Any, change: dict[str, Any]) -> None:
    assert text_digest(make.item(**change)) == text_digest(make.item())


def test_a_version_stays_what_it_is_from_release_to_release(make: Any) -> None:
    """A digest is kept in books: were it computed otherwise, every approved item would ask to be approved again."""
    assert text_digest(make.item()) == "e67d83e0a4ed7b7ccb7e940bd48b593d3ea77a9e34d1f3808970c8fd5182c635"


def test_nothing_of_an_approved_item_is_to_be_confirmed(make: Any) -> None:
    limit = replace(make.limit(1, source=Source("assumption", note="待本中心核定")), pauses=(PauseReason.SUPPLEMENT,))
    item = make.item(
        basis_note="本市规定（待核定）", refusal="按合同约定（待核定）；可以申请复议", promised=limit,
        conditions=(make.condition("guide", WHO), make.condition("law", source=make.law_2026)),
        notes=(Note("额度", Source("guide", city="昆明")),),
    )  # fmt: skip
    made = approved(item, APPROVAL)
    assert made.approval == APPROVAL
    assert "待核定" not in repr(made)
    assert (made.basis_note, made.refusal) == ("本市规定", "按合同约定；可以申请复议")
    assert [condition.source for condition in made.conditions] == [CENTRE, make.law_2026]
    assert [made.notes[0].source, made.promised.source, made.never_ask[0].source] == [CENTRE] * 3
    assert [rule.material.source for rule in made.materials] == [CENTRE] * 2
    assert made.statutory == item.statutory
    assert made.promised.pauses == (PauseReason.SUPPLEMENT,)
    assert made.materials[0].material.submit is Submit.HAND_IN
    assert not CENTRE.to_confirm


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2026, 11, 22), None), (DAY, "9号"), (date(2026, 11, 30), "9号"), (date(2026, 12, 1), "12号")],
)
def test_the_approval_that_holds_by_the_day_of_acceptance_covers_it(make: Any, day: date, number: str | None) -> None:
    first = Approval("9号", DAY, "主任")
    later = Approval("12号", date(2026, 11, 25), "主任", date(2026, 12, 1))
    approvals = standing(make, first, later)
    covering = approvals.covering(make.item(), day)
    assert (covering and covering.number) == number
    latest = approvals.latest_of(make.item())
    assert latest is not None
    assert latest.number == "12号"


def test_a_text_that_changed_afterwards_is_not_covered(make: Any) -> None:
    approvals, changed = standing(make, APPROVAL), make.item(standard="另一标准")
    assert approvals.covering(changed, DAY) is None
    assert approvals.latest_of(changed) is None
    assert approvals.state(changed, DAY) is ApprovalState.CHANGED


def test_how_a_text_stands_on_a_day(make: Any) -> None:
    approvals = standing(make, APPROVAL)
    item, older = make.item(), make.item(effective_from=date(2019, 3, 24))
    days = (date(2026, 11, 22), DAY)
    assert [approvals.state(item, day).label for day in days] == ["待生效", "已核定"]
    assert approvals.state(older, DAY).label == "示例"
    assert approvals.state(make.item(effective_from=date(2026, 11, 1)), DAY).label == "已改动"
    assert Approvals().state(item, DAY) is ApprovalState.EXAMPLE
    assert Approvals().latest_of(item) is None


def test_the_catalogue_gives_the_approved_item_and_still_knows_the_files_text(make: Any) -> None:
    other = make.item(id="T02")
    catalogue = with_approvals(make.catalogue(make.item(), other), standing(make, APPROVAL))
    item = catalogue.item("T01", DAY)
    assert item is not None
    assert item.approval == APPROVAL
    assert catalogue.item("T01", DAY) is item
    assert catalogue.text("T01", DAY) == make.item()
    assert catalogue.item("T01", date(2026, 11, 22)) == make.item()
    assert catalogue.item("T02", DAY) == other
    assert catalogue.item("T01", date(2018, 1, 1)) is None
    assert [catalogue.state(id_, DAY).value for id_ in ("T01", "T02", "Z99")] == ["approved", "example", "example"]
    assert catalogue.state("T01", date(2018, 1, 1)) is ApprovalState.EXAMPLE
    assert catalogue.version == "2026.11"


def test_an_approval_holds_from_its_own_day_unless_another_is_named() -> None:
    assert APPROVAL.since == DAY
    assert replace(APPROVAL, effective_from=date(2027, 1, 1)).since == date(2027, 1, 1)


def test_an_item_that_an_edition_approves_from_a_later_day_waits_for_it(make: Any) -> None:
    today = last = date(2026, 11, 22)
    older, text = make.item(effective_to=last), make.item(effective_from=DAY, approval=APPROVAL)
    still_open = make.item(id="T02", effective_from=DAY)
    brought = make.item(id="T03", effective_from=DAY, approval=APPROVAL)
    catalogue = replace(make.catalogue(text), items={"T01": (text, older), "T02": (still_open,), "T03": (brought,)})
    edition = with_approvals(catalogue, Approvals(in_texts=True))
    assert [edition.state(id_, today, today).label for id_ in ("T01", "T02", "T03")] == ["待生效", "示例", "待生效"]
    assert edition.state("T01", today).label == "示例", "that day it was told as an example"
    assert edition.state("T01", today, DAY).label == "示例", "looked back at, it waits no more"
    assert [edition.state(id_, DAY, DAY).label for id_ in ("T01", "T02", "T03")] == ["已核定", "示例", "已核定"]
    assert edition.awaited("T01", today) == APPROVAL
    assert (edition.awaited("T01", DAY), edition.awaited("Z99", today)) == (None, None)
    told = edition.item("T01", today)
    assert told is not None
    assert told.approval is None, "until then it is told as before"
    assert with_approvals(catalogue, Approvals()).state("T01", today, today).label == "示例"
    withdrawn = with_approvals(catalogue, Approvals(in_texts=True, withdrawn=frozenset({"T01"})))
    assert withdrawn.state("T01", today, today).label == "示例"


def test_the_texts_of_the_centres_edition_carry_their_approvals_themselves(make: Any) -> None:
    text, open_ = make.item(approval=APPROVAL), make.item(id="T02")
    catalogue = make.catalogue(text, open_)
    edition = with_approvals(catalogue, Approvals(in_texts=True))
    assert [edition.state(id_, DAY).value for id_ in ("T01", "T02")] == ["approved", "example"]
    assert edition.state("T01", date(2026, 11, 22)) is ApprovalState.PENDING
    assert [edition.item("T01", day).approval for day in (DAY, date(2026, 11, 22))] == [APPROVAL, None]  # type: ignore[union-attr]
    of_files = with_approvals(catalogue, Approvals())
    assert of_files.state("T01", DAY) is ApprovalState.EXAMPLE
    taken_back = with_approvals(catalogue, Approvals(in_texts=True, withdrawn=frozenset({"T01"})))
    assert taken_back.state("T01", DAY) is ApprovalState.EXAMPLE
    assert taken_back.item("T01", DAY) == make.item()
