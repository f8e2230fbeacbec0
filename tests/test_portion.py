"""How much of an exhaustive test runs by day and by night, and that a run says what it left out."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.portion import Portion

EXHAUSTIVE = """
import pytest
from hypothesis import given, strategies

@pytest.mark.nightly("bytes")
def test_every_byte(portion):
    print("drawn", portion.of(range(1000), sample=10))

@pytest.mark.nightly("kills")
def test_kills(portion):
    print("kills", portion.times(200, sample=10))

@pytest.mark.nightly("control")
def test_without_a_portion():
    pass

@pytest.mark.nightly("cases", by_day=3)
@pytest.mark.parametrize("n", range(40))
def test_cases(n):
    print("drawn case", n)

@given(strategies.integers())
def test_a_property(number):
    pass
"""


def portion(told: list[str], seed: int = 0, *, whole: bool = False, count: int | None = None) -> Portion:
    return Portion(whole, count, random.Random(seed), told.append)


def test_by_day_a_sample_runs_and_that_is_told() -> None:
    told: list[str] = []
    assert portion(told).times(200, sample=10) == 10
    assert len(portion(told).of(range(1000), sample=7)) == 7
    assert told == ["10 of 200", "7 of 1000"]


def test_by_night_all_of_it_runs_in_its_order_and_nothing_is_told() -> None:
    told: list[str] = []
    assert portion(told, whole=True).times(200, sample=10) == 200
    assert portion(told, whole=True).of("abcdef", sample=2) == list("abcdef")
    assert told == []


def test_a_number_that_was_asked_for_holds_by_day_and_by_night() -> None:
    told: list[str] = []
    for whole in (False, True):
        assert portion(told, whole=whole, count=300).times(200, sample=10) == 300
        assert portion(told, whole=whole, count=3).times(200, sample=10) == 3
        assert portion(told, whole=whole, count=300).of("abc", sample=2) == list("abc")
    assert told == ["3 of 200"] * 2


def test_a_sample_has_its_share_of_every_part_and_another_seed_draws_another() -> None:
    samples = [portion([], seed).of(range(1000), sample=10) for seed in range(50)]
    assert all([n // 100 for n in sample] == list(range(10)) for sample in samples)
    assert {n for seed in range(99) for n in portion([], seed).of(range(10), sample=1)} == set(range(10))
    assert len(set(map(tuple, samples))) == 50
    assert portion([], 3).of(range(1000), sample=10) == samples[3]


def test_of_little_all_is_the_sample() -> None:
    assert portion([]).of("ab", sample=10) == list("ab")
    assert portion([]).of("", sample=10) == []


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """Runs the exhaustive tests above under this project's conftest, with the plugins that matter, and returns what it says."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *")
    (tmp_path / "test_exhaustive.py").write_text(EXHAUSTIVE)
    marks = ("slow", "root", "nightly(name)")
    (tmp_path / "pytest.ini").write_text("\n    ".join(["[pytest]\nmarkers =", *marks]), "utf-8")
    plugins = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin,_hypothesis_pytestplugin"}

    def with_options(*options: str) -> str:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", *options]
        environment = {**os.environ, **plugins, "PYTHONPATH": str(ROOT), "HYPOTHESIS_PROFILE": ""}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return with_options


def left_out(printed: str) -> dict[str, str]:
    """Name and part of each line that says what was left out."""
    found = re.findall(r"^\./dev nightly (\w+) +(nothing|\d+ of \d+) ", printed, re.MULTILINE)
    assert len(found) == printed.count("./dev nightly")
    return dict(found)


def drawn(printed: str) -> list[str]:
    return sorted(re.findall("^drawn .*$", printed, re.MULTILINE))


@pytest.mark.slow
def test_a_run_by_day_says_what_it_left_out_and_can_be_repeated_by_other_workers(run: Callable[..., str]) -> None:
    printed = run("-n", "2")
    assert left_out(printed) == {
        "bytes": "10 of 1000",
        "kills": "10 of 200",
        "control": "nothing",
        "cases": "3 of 40",
        "hypothesis": "50 of 2000",
    }
    seed = re.search(r"--seed (\d+)", printed)
    assert seed
    assert drawn(printed) == drawn(run("--seed", seed[1])) != []


@pytest.mark.slow
def test_a_run_by_night_leaves_nothing_out_and_names_choose(run: Callable[..., str]) -> None:
    printed = run("--whole", "-m", "nightly or hypothesis", "-k", "control or kills")
    assert left_out(printed) == {}
    assert "kills 200" in printed
    assert "2 passed, 42 deselected" in printed
    printed = run("--whole", "-m", "nightly or hypothesis", "-k", "hypothesis or bytes", "--count", "20")
    assert left_out(printed) == {"bytes": "20 of 1000", "hypothesis": "20 of 2000"}
    assert "2 passed, 42 deselected" in printed
