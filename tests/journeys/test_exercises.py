"""A learner's ten situations by keys, in the training window: handled as the visitor says, all are right; one mistake of each sort is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.entry import ACTS, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.training.exercise import Exercise
from counter_assistant.operations.office import open_office
from counter_assistant.operations.training.exercising import Visitor
from counter_assistant.ui.shell.training_mark import TrainingMark
from counter_assistant.ui.training.result_page import ResultPage
from tests.journeys.keys import CONTROL, Counter, Printed
from tests.make import NOW
from tests.ui.counter import screen_texts
from tests.ui.desk_hand import dress
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every journey opens a window of its own

Key = Qt.Key


@pytest.fixture
def learner(qtbot: Any, tmp_path: Path, papers: list[Printed]) -> Iterator[Counter]:
    dress()
    made = Counter(qtbot, tmp_path, papers, open_office(tmp_path, lambda: NOW, training=True))
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk.page.attached)
    qtbot.waitUntil(made.search.hasFocus)
    made.desk.exercising.chance = Random(7)
    yield made
    made.window.close()
    made.office.close()


def title(learner: Counter) -> str:
    return find(learner.window, QLabel, "exercise_title").text()


def practises(learner: Counter) -> bool:
    return learner.desk.exercising.run is not None


def answer(learner: Counter, exercise: Exercise) -> None:
    """The item, and a digit for each question that arises; 0 for what the visitor does not know."""
    answers, text = exercise.visit.answers, exercise.text
    learner.type(exercise.visit.item.lower())
    learner.press(Key.Key_Return)
    for asked in Situation.of(text, answers).arising():
        codes = [option.code for option in asked.question.options]
        learner.type(str(codes.index(answers[asked.id]) + 1) if asked.id in answers else "0")


def handle(learner: Counter, exercise: Exercise, visitor: Visitor) -> None:
    """One situation as it is right."""
    answer(learner, exercise)
    if exercise.visit.purpose is Purpose.APPLY:
        tick(learner, exercise)
    learner.who(visitor.name, visitor.phone, visitor.id_number)
    if exercise.visit.paper == SlipKind.RETURN_NOTICE:
        learner.press(Key.Key_Return)
        learner.write("查询业务系统，受委托银行还没有复核")
    elif exercise.expected.rule.complete:
        learner.set_circumstance("f")
    learner.press(Key.Key_F9)


def tick(learner: Counter, exercise: Exercise) -> None:
    """What lies on the counter is ticked, the rest passed over."""
    lines = build_checklist(Situation.of(exercise.text, exercise.visit.answers)).required
    if not exercise.missing:
        learner.press(Key.Key_A, CONTROL)
        return
    for line in lines:
        if line.material.id in exercise.brought:
            learner.type(" ")
        learner.press(Key.Key_Down)


def test_ten_situations_by_keys(learner: Counter) -> None:
    """GIVEN ten visitors WHEN each is handled as they say THEN nothing was wrong, and nothing of it is kept."""
    learner.type("sxlx")
    learner.press(Key.Key_Return)
    run = learner.desk.exercising.run
    assert run is not None
    assert len(run.exercises) == 10
    for place, (exercise, visitor) in enumerate(zip(run.exercises, run.visitors, strict=True), 1):
        assert title(learner) == f"上岗练习 {place}/10"
        handle(learner, exercise, visitor)
        assert "全对。" in title(learner), (exercise.visit.name, learner.window.status.message.text())
        learner.press(Key.Key_Return)
    learner.took("上岗练习十题")
    assert type(learner.page) is ResultPage
    assert "10 题全对。" in screen_texts(learner.page)
    assert learner.desk.exercising.run is None
    assert {entry.kind for entry in learner.office.book.entries()} <= ACTS | {EntryKind.BOOK_OPENED}
    learner.press(Key.Key_Escape)
    assert learner.search.hasFocus()
    assert not learner.desk.exercising.band.isVisible()


def test_what_was_wrong_is_said_at_once_and_the_learner_may_stop(learner: Counter) -> None:
    mark = find(learner.window, TrainingMark)
    QTest.mouseClick(mark.exercises, Qt.MouseButton.LeftButton)
    assert title(learner) == "上岗练习 1/10"
    learner.take("zl", "1112")
    learner.press(Key.Key_Escape)
    assert title(learner) == "上岗练习 1/10", "who is put aside is not handled"
    learner.take("zl", "1112")
    learner.who()
    learner.press(Key.Key_F9)
    assert title(learner) == "上岗练习 1/10　有 1 处不对。按回车看下一题。"
    assert find(learner.window, QLabel, "exercise_text").text().startswith("错了事项：应办“账户查询")
    learner.press(Key.Key_Return)
    assert title(learner) == "上岗练习 2/10"
    learner.type("sglx")
    learner.press(Key.Key_Return)
    assert title(learner) == "上岗练习 1/10", "by its name a new run begins"
    band = learner.desk.exercising.band
    QTest.mouseClick(band.stop, Qt.MouseButton.LeftButton)
    assert (band.isVisible(), learner.desk.exercising.run) == (False, None)
    learner.take("zl", "1112")
    learner.who()
    learner.press(Key.Key_F9)
    assert not band.isVisible()


def test_a_run_ends_with_who_practised(learner: Counter) -> None:
    learner.desk.exercising.begin()
    learner.desk.context.office_changed.emit()
    assert practises(learner), "the same person goes on"
    learner.office.make_current("0002")
    learner.desk.context.office_changed.emit()
    assert not practises(learner)
    assert not learner.desk.exercising.band.isVisible()
