"""What every page says of itself: its place in the window, what it answers, and that it is made only when it is shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.shell.main_window import MainWindow
from counter_assistant.ui.shell.navigation import PageButton
from counter_assistant.ui.shell.page_spec import PageContext, PageSpec
from counter_assistant.ui.shell.requests import (
    HandleItem,
    PageRequest,
    RecordApproval,
    ShowCase,
    ShowPaper,
    ShowScanned,
)
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.page import Page
from tests.make import confirmed
from tests.places import ROOT


def test_the_pages_and_their_keys() -> None:
    """To add a page is to add its line here, in ui/pages.py, and its package."""
    assert [(spec.title, spec.shortcut) for spec in PAGES] == [
        ("受理", "F2"), ("办件", "F3"), ("档案", "F4"), ("登记", "F5"), ("事项", "F6"), ("带班", ""), ("设置", ""),
    ]  # fmt: skip
    assert len({spec.key for spec in PAGES}) == len(PAGES)


def test_there_is_never_another_page() -> None:
    """Six for everybody and one more for supervisors; what is needed once a month is a part of one of these (docs/simple-desk.md)."""
    assert {spec.title for spec in PAGES if spec.for_some is None} <= {"受理", "办件", "档案", "登记", "事项", "设置"}
    assert {spec.title for spec in PAGES if spec.for_some} == {"带班"}


def listed(window: MainWindow) -> list[str]:
    return [button.text() for button in window.navigation.findChildren(PageButton) if not button.isHidden()]


def give(office: Office, *roles: Role) -> None:
    """The clerk at the window has these roles, a colleague all; the office is confirmed."""
    first, second, *rest = confirmed(office.profile).clerks
    clerks = (replace(first, roles=tuple(roles)), replace(second, roles=tuple(Role)), *rest)
    profile = replace(confirmed(office.profile), clerks=clerks)
    office.book.append(EntryKind.OFFICE_PROFILE, profile.to_payload())
    office.reread()


def test_the_page_of_a_supervisor_is_listed_for_supervisors_alone(window: MainWindow, context: PageContext) -> None:
    """Where nobody has a role yet it is not listed, and whoever knows its name may see it; a clerk may not."""
    office = context.office()
    six = ["一页", "办件", "档案", "登记", "事项", "设置"]
    window.show_office(office)
    assert listed(window) == six
    assert window.show_page("lead") is not None
    give(office, Role.SUPERVISOR)
    window.show_office(office)
    assert listed(window) == [*six[:-1], "带班", six[-1]]
    lead = window.show_page("lead")
    assert window.page is lead
    give(office, Role.CLERK)
    window.show_office(office)
    assert (listed(window), window.page is window.show_page("plain")) == (six, True)
    assert window.show_page("lead") is None
    assert window.page is not lead
    assert window.status.message.accessibleName().startswith("看带班页和报告由带班领导办，")


def test_whoever_comes_after_a_lock_does_not_stand_on_the_page_of_a_supervisor(
    window: MainWindow, context: PageContext
) -> None:
    office = context.office()
    give(office, Role.SUPERVISOR)
    window.show_office(office)
    assert window.show_page("lead") is not None
    window.show_over(Plain())
    give(office, Role.CLERK)
    window.end_over()
    assert window.page is window.stack.widget(0)


def test_one_page_answers_each_request_and_several_a_scan() -> None:
    answered = [kind for spec in PAGES for kind in spec.answers if kind is not ShowScanned]
    assert sorted([*answered, ShowScanned], key=str) == sorted(get_args(PageRequest), key=str)
    assert [spec.key for spec in PAGES if ShowScanned in spec.answers] == ["cases", "archive"]


def test_listing_the_pages_imports_none() -> None:
    program = "import sys, counter_assistant.ui.pages; print([name for name in sys.modules if name.endswith('.page')])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Plain(Page):
    """A page that says and does nothing."""


def refuse(_page: Plain, asked: HandleItem) -> None:
    raise Refusal("no-text", f"{asked.name}没有今天的文本。", "")


@pytest.fixture
def context(data_dir: Path) -> Iterator[PageContext]:
    office = open_office(data_dir)
    yield PageContext(lambda: office, read_index().search)
    office.close()


@pytest.fixture
def window(qtbot: QtBot, context: PageContext) -> Iterator[MainWindow]:
    start = PageSpec("plain", "一页", "F2", lambda _context: Plain(), {HandleItem: refuse})
    made = MainWindow((start, *PAGES[1:]), Plain(), context)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.mark.parametrize("key", [spec.key for spec in PAGES[1:]])
def test_a_page_is_made_when_it_is_first_shown_and_kept(window: MainWindow, key: str) -> None:
    before = window.stack.count()
    page = window.show_page(key)
    assert page is not None
    assert page is window.show_page(key) is window.stack.currentWidget()
    assert (window.stack.count(), bool(page.KEYS)) == (before + 1, True)
    page.status_message.emit("说一声")
    assert window.status.message.accessibleName() == "说一声"


@pytest.mark.parametrize(
    ("asked", "shown"), [(ShowPaper("X"), "archive"), (ShowCase("X"), "cases"), (RecordApproval("B08"), "items")]
)
def test_a_request_shows_the_page_that_answers_it(
    window: MainWindow, context: PageContext, asked: PageRequest, shown: str
) -> None:
    context.ask(asked)
    page = window.stack.currentWidget()
    assert page is not window.stack.widget(0)
    assert page is window.show_page(shown)


def test_what_cannot_be_answered_is_said(window: MainWindow, context: PageContext) -> None:
    window.show_page("archive")
    context.ask(HandleItem("B08", "租赁市场住房提取"))
    assert window.stack.currentWidget() is window.stack.widget(0)
    assert window.status.message.accessibleName() == "租赁市场住房提取没有今天的文本。"
