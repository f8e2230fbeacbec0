"""What a change does to the open cases of an office, and today's slip beside the changed one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import ItemRetired, TextEdited, applied
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.catalogue.effects import (
    CasesEffect,
    effect_shown,
    effects_of,
    open_cases_told_otherwise,
    slips_as_pages,
    slips_beside,
)
from counter_assistant.operations.catalogue.revising import as_told
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import ACCEPTED, PROMISE
from tests.make import SINGLE, a_request, an_office, text_of

BOUGHT = PROMISE["answers"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def with_limit(catalogue: Catalogue, item: str, n: int) -> Catalogue:
    text = newest(catalogue, item)
    return applied(catalogue, TextEdited(replace(text, promised=replace(text.promised, n=n))))


def cases(office: Office, after: Catalogue) -> CasesEffect:
    found = run_through(open_cases_told_otherwise(office, as_told(office.catalogue), after))
    assert found is not None
    return found


def test_what_is_accepted_stays_under_its_day_and_what_waits_will_be_told_again(office: Office) -> None:
    issue_slip(office, a_request(**{**PROMISE, **ACCEPTED, "request_id": "accepted"}))
    issue_slip(office, a_request(**{**PROMISE, "received": ["id-card"], "request_id": "waiting"}))
    issue_slip(office, a_request("B08", answers=SINGLE, request_id="only asked"))
    after = with_limit(as_told(office.catalogue), PROMISE["item"], 7)
    found = cases(office, after)
    assert found == CasesEffect(accepted=("accepted",), waiting=("waiting",))
    assert found.summary == (
        "影响未结办件 2 件：1 件已受理，按受理日的旧规定办；1 件还没有受理，生效以后补齐的按新规定办，来时再告知一次"
    )


def test_only_accepted_ones_need_no_word(office: Office) -> None:
    issue_slip(office, a_request(**{**PROMISE, **ACCEPTED, "request_id": "accepted"}))
    after = with_limit(as_told(office.catalogue), PROMISE["item"], 7)
    assert cases(office, after).summary == "影响未结办件 1 件：都按受理日的旧规定办，不用另行告知"


def test_a_case_whose_own_situation_is_told_the_same_is_not_counted(office: Office) -> None:
    """Another item, and another situation of the same item."""
    issue_slip(office, a_request(**{**PROMISE, "received": ["id-card"], "request_id": "waiting"}))
    base = as_told(office.catalogue)
    text = newest(base, PROMISE["item"])
    elsewhere = tuple(rule for rule in text.materials if rule.material.id != "notarised-power-of-attorney")
    for after in (
        with_limit(base, "B08", 3),
        applied(base, TextEdited(replace(text, materials=elsewhere))),
    ):
        assert cases(office, after).summary == "不影响未结办件"


def test_every_open_case_of_an_item_that_is_retired_is_counted(office: Office) -> None:
    issue_slip(office, a_request(**{**PROMISE, "received": ["id-card"], "request_id": "waiting"}))
    retired = applied(as_told(office.catalogue), ItemRetired(PROMISE["item"]))
    assert cases(office, retired) == CasesEffect(waiting=("waiting",))


@pytest.mark.slow
@pytest.mark.nightly("compared")
def test_items_and_cases_come_together_and_can_be_stopped(office: Office) -> None:
    issue_slip(office, a_request(**{**PROMISE, "received": ["id-card"], "request_id": "waiting"}))
    base = as_told(office.catalogue)
    after = with_limit(base, PROMISE["item"], 7)
    found = run_through(effects_of(office, base, after))
    assert found is not None
    assert [each.item for each in found.items] == [PROMISE["item"]]
    assert found.items[0].changed == found.items[0].all > 0
    assert found.cases.waiting == ("waiting",)
    assert run_through(effects_of(office, base, after), lambda reached: reached.done * 2 < reached.all) is None


def test_todays_slip_stands_beside_the_changed_one_line_for_line(office: Office) -> None:
    base = as_told(office.catalogue)
    text = newest(base, "B08")
    fewer = tuple(rule for rule in text.materials if rule.material.id != "bank-card")
    after = with_limit(applied(base, TextEdited(replace(text, materials=fewer))), "B08", 3)
    beside = slips_beside(office, base, after, a_request(answers=SINGLE))
    differing = [(line.before, line.after) for line in beside.differing]
    assert [(before[:6], after[:6]) for before, after in differing] == [
        ("要带：经备案", "要带：经备案"), ("多久：您把材", "多久：您把材"), ("2 | 本人", ""), ("窗口申请，材", "窗口申请，材"),
    ]  # fmt: skip
    assert beside.before is not None
    assert beside.after is not None
    assert [line.before for line in beside.lines if line.before] == beside.before.lines()
    assert [line.after for line in beside.lines if line.after] == beside.after.lines()
    assert len(list(office.book.entries())) == 1  # that it was opened


def test_the_changed_slip_leaves_out_an_answer_that_its_text_does_not_know(office: Office) -> None:
    base = as_told(office.catalogue)
    text = newest(base, "B08")
    kept = tuple(asked for asked in text.questions if asked.id != "fund_loan_open")
    sure = tuple(replace(condition, broken_when=None, broken_text="") for condition in text.conditions)
    after = applied(base, TextEdited(replace(text, questions=kept, conditions=sure)))
    beside = slips_beside(office, base, after, a_request(answers=SINGLE))
    assert beside.before is not None
    assert beside.after is not None
    assert beside.before.kind is beside.after.kind is SlipKind.NOTIFICATION_SLIP
    assert any("无未结清" in line.before for line in beside.differing)


def test_what_is_done_on_the_spot_shows_what_would_be_told_and_a_text_of_a_later_day_shows_as_of_then(
    office: Office,
) -> None:
    base = as_told(office.catalogue)
    text = replace(newest(base, "B08"), effective_from=date(2027, 3, 1), name="租房提取（新）")
    after = applied(base, TextEdited(text))
    request = a_request(answers=SINGLE, received="all", purpose="apply", eligible="yes")
    beside = slips_beside(office, base, after, request)
    assert beside.before is not None
    assert beside.before.kind is SlipKind.NOTIFICATION_SLIP
    assert any("租房提取（新）" in line.after for line in beside.differing)


@pytest.mark.slow
def test_one_item_is_shown_with_the_slip_of_a_situation_that_changes(office: Office) -> None:
    before = as_told(office.catalogue)
    after = with_limit(with_limit(before, PROMISE["item"], 7), "C01", 9)
    found = run_through(effect_shown(office, before, after, PROMISE["item"]))
    assert found is not None
    assert found.item is not None
    assert [each.item for each in found.effects.items] == [PROMISE["item"]], "the other item is not gone through"
    assert found.item.changed > 0
    assert any("7个工作日" in line.after for line in found.beside.differing)
    assert found.item.changes[0].answers, "the situation of the slip is one in which it changes"


def test_of_an_item_that_is_given_up_there_is_no_changed_slip(office: Office) -> None:
    before = as_told(office.catalogue)
    found = run_through(effect_shown(office, before, applied(before, ItemRetired("B08")), "B08"))
    assert found is not None
    assert found.item is not None
    assert (found.item.summary, found.beside.after) == ("以后不再办理", None)
    same = run_through(effect_shown(office, before, before, "B08"))
    assert same is not None
    assert same.item is None


def test_a_new_item_has_its_slip_and_one_that_is_retired_has_todays(office: Office) -> None:
    base = as_told(office.catalogue)
    made = applied(base, TextEdited(replace(newest(base, "B08"), id="B99", name="租赁保障房提取")))
    new = run_through(effect_shown(office, base, made, "B99"))
    assert new is not None
    assert (new.beside.before, len(new.beside.differing)) == (None, len(new.beside.lines))
    assert any("租赁保障房提取" in line.after for line in new.beside.lines)
    gone = run_through(effect_shown(office, base, applied(base, ItemRetired("B08")), "B08"))
    assert gone is not None
    assert gone.beside.after is None
    assert gone.beside.before is not None
    with pytest.raises(Refusal, match="目录里没有事项“B98”"):
        slips_beside(office, base, made, a_request("B98"))


def test_the_slips_are_pages_as_they_would_be_printed(office: Office) -> None:
    base = as_told(office.catalogue)
    after = with_limit(base, "B08", 3)
    pages = slips_as_pages(office, base, after, "B08", SINGLE, "草稿")
    assert pages.before is not None
    assert pages.after is not None
    assert "3个工作日" in text_of(pages.after).replace(" ", "")
    assert text_of(pages.before) != text_of(pages.after)
    assert "本人办理" in pages.situation
    new = applied(base, TextEdited(replace(newest(base, "B08"), id="B99", name="租赁保障房提取")))
    assert slips_as_pages(office, base, new, "B99", {}, "草稿").before is None
