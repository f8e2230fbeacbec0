"""What came of a run is shown to who practised: each situation, what was wrong, nobody's name."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.operations.training.exercising import Done, Run
from counter_assistant.ui.training.result_page import KEPT_NOWHERE, ResultPage
from tests.make import an_office
from tests.ui.counter import nameless, press, rich_labels, screen_texts, show


@pytest.fixture
def done(tmp_path: Path) -> list[Done]:
    office = an_office(tmp_path, training=True)
    run = Run(office, Random(2))
    office.close()
    wrong = tuple(f"错答了第 {n} 问，" + "说来话长" * 12 for n in range(5))
    return [
        Done(exercise, visitor, wrong if place in (2, 7) else ())
        for place, (exercise, visitor) in enumerate(zip(run.exercises, run.visitors, strict=True))
    ]


def test_each_situation_stands_there_with_what_was_wrong(qtbot: Any, done: list[Done]) -> None:
    page = ResultPage(done)
    show(qtbot, page)
    page.resize(1024, 560 - 74)
    said = "\n".join(screen_texts(page))
    assert "10 题，全对 8 题。" in said
    assert said.count("全对") == 9, "eight of them, and the head"
    assert "错答了第 4 问" in said
    assert KEPT_NOWHERE in said
    for one in done:
        assert one.exercise.visit.name in said
        assert one.visitor.name not in said
    assert page.card.sizeHint().height() <= page.height()
    assert (nameless(page), rich_labels(page)) == ([], [])


def test_another_run_or_back_by_keys(qtbot: Any, done: list[Done]) -> None:
    page = ResultPage(done)
    show(qtbot, page)
    page.setFocus()
    heard: list[str] = []
    page.again.connect(lambda: heard.append("again"))
    page.finished.connect(lambda: heard.append("finished"))
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_Escape)
    assert heard == ["again", "finished"]
