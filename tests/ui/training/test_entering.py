"""Whoever goes over to training finds their own office there; where somebody practises already, training opens all the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.training import lending
from counter_assistant.ui.restart import restart
from tests.make import clock, confirmed


def enter(office: Office) -> list[list[str]]:
    """The command lines that training would be started with; the program that is to start it is not there."""
    lines: list[list[str]] = []

    def start(line: list[str]) -> bool:
        lines.append(line)
        return False

    with pytest.raises(Refusal) as refused:
        restart(True, start, office=office)
    assert refused.value.code == "cannot-restart"
    return lines


def test_training_is_entered_with_the_people_of_the_office(tmp_path: Path) -> None:
    with closing(open_office(tmp_path, clock)) as office:
        office.decide_profile(confirmed(office.profile))
        (line,) = enter(office)
        assert line[-1] == "--training"
        with closing(open_office(tmp_path, clock, training=True)) as practice:
            assert practice.profile.clerks == office.profile.clerks


def test_what_cannot_be_lent_keeps_nobody_from_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_office: Office) -> None:
        raise Refusal("book-in-use", "有人正在练习。", "请稍后。")

    monkeypatch.setattr(lending, "lend_office", refuse)
    with closing(open_office(tmp_path, clock)) as office:
        assert len(enter(office)) == 1
