"""Random histories with a journal: turned back, forked, cut and linked anew, each is named at its opening with the very entry; none that is honest."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.safekeeping.recovering.comparing import TurnedBack, turned_back
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from tests.operations.safekeeping.test_witness import History, cut, fork, put_back, relink
from tests.portion import Portion


def found(history: History) -> TurnedBack | None:
    """What the opening finds."""
    with history.open() as office:
        return turned_back(office, kept_outside(history.folder))


@pytest.mark.nightly("turned-back")
@pytest.mark.slow
def test_every_way_to_turn_a_book_back_is_named_and_no_honest_one_is(portion: Portion, tmp_path: Path) -> None:
    for n in range(portion.times(1_000, sample=8)):
        chance = random.Random(f"{portion.chance.random()}")
        history = History(tmp_path / str(n), chance)
        stick = tmp_path / str(n) / "stick"
        stick.mkdir()
        with history.open() as office:
            name_folder(office, stick)
        heads = history.go_on(chance.randint(2, 6))
        for _ in range(chance.randint(1, 3)):
            heads += history.go_on(chance.randint(1, 3))
            assert found(history) is None
        seq = chance.choice(heads[:-1]).seq
        chance.choice([put_back, fork, cut, relink])(history, seq)
        told = found(history)
        assert told
        assert (told.compared.first, told.compared.last) == (seq + 1, seq + 1)
        assert str(stick) in told.refusal.sentence
        shutil.rmtree(history.folder.parent)
