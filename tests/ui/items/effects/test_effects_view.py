"""改动管到哪里，在右边看着：算的时候不挡手，换了事项就不算了。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import NOTHING, Difference, Happened, Said
from counter_assistant.domain.revision.effects import Changed, ItemEffect
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.operations.catalogue.effects import effect_shown
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.effects import effects_view
from counter_assistant.ui.items.in_slices import InSlices
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.make import SINGLE, a_request
from tests.ui.counter import CONTROL, PrinterInMemory, commit, opened, press, show
from tests.ui.find import find, says
from tests.ui.items.reviewing import reviewed

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
CENTRE = Source("centre", document="临住金〔2026〕18号")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    """The review at B08, with a material that one more situation asks for."""
    issue_slip(office, a_request("B08", answers=SINGLE, purpose="apply", received=["id-card"], request_id="waiting"))
    text = newest(office.catalogue, "B08")
    first = text.materials[0]
    named = replace(first, material=replace(first.material, name="身份证"), wording=CENTRE)
    Revising(office).edit(replace(text, materials=(named, *text.materials[1:])))
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    page.begin_review()
    return page


def mode(page: ItemsPage) -> ReviewMode:
    return find(page, ReviewMode)


def wait(qtbot: QtBot, page: ItemsPage) -> None:
    qtbot.waitUntil(lambda: not mode(page).effects.work.running, timeout=20_000)


def test_what_the_change_does_is_said_beneath_the_lines(page: ItemsPage, qtbot: QtBot) -> None:
    assert says(page, "what_changes") == "改了什么　正在算…", "nothing is computed in the key press"
    wait(qtbot, page)
    assert says(page, "what_changes") == ("改了什么　102 种情形里 102 种的清单变了；没有互相矛盾，没有问了不用的问题。")
    assert says(page, "cases_changed") == (
        "影响未结办件 1 件：1 件还没有受理，生效以后补齐的按新规定办，来时再告知一次。"
    )
    shown = mode(page).changes.text.toPlainText()
    slip, situations = shown.split("今天的单子 → 改后的单子")[1].split("情形里的改动")
    assert "身份证" in slip
    assert "102 种情形，如：" in situations


def test_another_item_stops_it_and_the_same_one_is_computed_once(
    page: ItemsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    real = effect_shown

    def counted(*given: object) -> object:
        begun.append(str(given[-1]))
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("counter_assistant.ui.items.effects.effects_view.effect_shown", counted)
    press(Key.Key_Right)
    assert not mode(page).effects.work.running
    assert says(page, "what_changes") == ""
    press(Key.Key_Left)
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert begun == ["B08"], "another sentence of the same item begins nothing anew"
    wait(qtbot, page)
    assert "种情形里" in says(page, "what_changes")


def test_taking_the_change_back_takes_its_effects_away(page: ItemsPage, qtbot: QtBot) -> None:
    wait(qtbot, page)
    press(Key.Key_Z, CONTROL)
    assert (says(page, "what_changes"), says(page, "cases_changed")) == ("", "")
    assert "今天的单子" not in mode(page).changes.text.toPlainText()


def test_faults_are_named_and_counted() -> None:
    faults = tuple(Fault(f"question[{n}]", f"第 {n} 个问题没有用处") for n in range(1, 5))
    words = effects_view.in_words(ItemEffect("B08", "租房", Happened.CHANGED, 4, 2, faults=faults))
    assert words == (
        "4 种情形里 2 种的清单变了；第 1 个问题没有用处；第 2 个问题没有用处；第 3 个问题没有用处；另有 1 处。"
    )


def test_a_text_that_reads_as_today_again_is_told_as_today(page: ItemsPage, qtbot: QtBot) -> None:
    revising = reviewed(page).revising
    revising.edit(replace(newest(revising.base, "B08")))
    mode(page).refresh()
    wait(qtbot, page)
    assert says(page, "what_changes") == "改了什么　和现在告知的一样。"
    assert "还没有改动" in mode(page).changes.text.toPlainText()


def test_every_situation_in_which_something_changes_can_be_gone_to() -> None:
    changes = tuple(
        Changed(Difference("材料", NOTHING, Said(f"材料{n}")), 12 - n, "已婚", {"n": str(n % 11)}) for n in range(12)
    )
    found = effects_view.examples_of(ItemEffect("B08", "租房", Happened.CHANGED, 12, 12, changes=changes))
    assert [example.words for example in found] == [f"材料：新增“材料{n}”" for n in range(11)]
    assert effects_view.examples_of(None) == []


def test_a_fault_says_which_question_it_is_about(office: Office) -> None:
    text = newest(office.catalogue, "B08")
    fault = Fault("question[marital]", "没有任何材料取决于它，不必问")
    words = effects_view.in_words(ItemEffect("B08", "租房", Happened.CHANGED, 4, 2, faults=(fault,)), text)
    assert words == "4 种情形里 2 种的清单变了；情形“婚姻状况”：没有任何材料取决于它，不必问。"


def test_a_computation_gives_way_says_how_far_it_is_and_can_be_let_go_of(qtbot: QtBot) -> None:
    going: list[int] = []
    heard: list[Reached] = []
    found: list[str] = []

    def count(steps: int) -> Stoppable[str]:
        for n in range(steps):
            going.append(n)
            qtbot.wait(10)
            yield Reached(n, steps)
        return "done"

    wanted = [True]
    work = InSlices(lambda: wanted[0])
    work.reached.connect(heard.append)
    work.found.connect(found.append)
    work.begin(count(3))
    assert going == [], "it waits for a pause"
    qtbot.waitUntil(lambda: bool(found))
    assert (found, going) == (["done"], [0, 1, 2])
    assert Reached(1, 3) in heard
    work.begin(count(50))
    work.stop()
    assert not work.running
    work.begin(count(50))
    wanted.clear()
    wanted.append(False)
    qtbot.waitUntil(lambda: not work.running)
    assert len(going) == 3


def test_a_computation_that_ends_with_a_refusal_says_it(page: ItemsPage, qtbot: QtBot) -> None:
    def refuse() -> Stoppable[None]:
        yield Reached(0, 1)
        raise Refusal("book-damaged", "台账读不出来。", "请恢复备份。")

    wait(qtbot, page)
    mode(page).effects.work.begin(refuse())
    wait(qtbot, page)
    assert says(page, "what_changes") == "台账读不出来。请恢复备份。"
