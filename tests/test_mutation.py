"""The count of ./dev mutate: what is killed, what survived, what is excused, and that no excuse grows old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation import __main__ as command
from tests.mutation.score import (
    EQUIVALENTS,
    LEAST,
    MODULES,
    Equivalent,
    Score,
    Survivor,
    count,
    read_equivalents,
    stale,
)
from tests.mutation.work import NAME, Unsound, own_tests
from tests.places import ROOT

DIFF = "@@ -1,3 +1,3 @@\n def late(day):\n-    return day > 3\n+    return day >= 3"
SURVIVOR = Survivor("counter_assistant.domain.calendar.workdays.x_late__mutmut_1", "workdays", "late", DIFF)
EXCUSE = Equivalent("workdays", "late", "return day > 3", "return day >= 3", "day is never 3")
VERDICTS = {"a": "killed", "b": "timeout", "c": "survived", "d": "no tests"}


def test_what_is_neither_killed_nor_out_of_time_counts_against_the_tests() -> None:
    score = count("workdays", VERDICTS, [SURVIVOR, replace(SURVIVOR, name="d")], [])
    assert (score.mutants, score.killed, score.timed_out, len(score.survivors), score.percent) == (4, 2, 1, 2, 50.0)


def test_an_equivalent_mutant_is_counted_apart() -> None:
    other = replace(SURVIVOR, diff=DIFF.replace(">=", "<"))
    score = count("workdays", VERDICTS, [SURVIVOR, other], [EXCUSE])
    assert (score.excused, score.survivors) == ((SURVIVOR,), (other,))
    assert (score.mutants, round(score.percent, 1)) == (4, 66.7)


def test_a_module_in_which_nothing_was_changed_has_not_passed() -> None:
    assert Score("workdays", 0, 0, (), ()).percent < LEAST


@pytest.mark.parametrize("field", ["module", "function", "before", "after"])
def test_an_excuse_speaks_of_one_change_only(field: str) -> None:
    assert SURVIVOR.is_excused_by(EXCUSE)
    assert not SURVIVOR.is_excused_by(replace(EXCUSE, **{field: "another"}))


def test_an_excuse_that_excuses_nothing_is_stale_once_its_module_was_measured() -> None:
    excused, nothing_left = Score("workdays", 1, 0, (), (SURVIVOR,)), Score("workdays", 2, 0, (), ())
    elsewhere = Score("outcome", 2, 0, (), ())
    assert [stale([EXCUSE], [score]) for score in (excused, nothing_left, elsewhere)] == [[], [EXCUSE], []]


def test_every_excuse_names_lines_that_are_there_and_a_reason() -> None:
    for entry in read_equivalents():
        source = (ROOT / "counter_assistant" / "domain" / f"{entry.module}.py").read_text("utf-8")
        lines = {line.strip() for line in source.splitlines()}
        assert set(entry.before.splitlines()) <= lines, entry
        assert len(entry.reason) > 10, entry


def test_the_list_of_excuses_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / EQUIVALENTS.name
    entry = 'module = "m"\nfunction = "f"\nbefore = "a"\nafter = "b"\nreason = "same"\n'
    path.write_text(f"[[mutant]]\n{entry}", "utf-8")
    assert read_equivalents(path) == [Equivalent("m", "f", "a", "b", "same")]
    path.write_text(f"[[mutant]]\n{entry.partition('reason')[0]}", "utf-8")
    with pytest.raises(TypeError, match="reason"):
        read_equivalents(path)


@pytest.mark.parametrize(
    ("name", "module", "function"),
    [
        ("counter_assistant.domain.assessment.decision.x_decide__mutmut_14", "assessment.decision", "decide"),
        ("counter_assistant.domain.assessment.decision.x__inquiry__mutmut_2", "assessment.decision", "_inquiry"),
        (
            "counter_assistant.domain.calendar.workdays.xǁWorkCalendarǁ_workdays__mutmut_9",
            "calendar.workdays",
            "_workdays",
        ),
    ],
)
def test_the_name_of_a_mutant_says_where_it_is(name: str, module: str, function: str) -> None:
    match = NAME.fullmatch(name)
    assert match is not None
    assert (match["module"], match["function"]) == (module, function)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_that_is_measured_has_tests_of_its_own(module: str) -> None:
    room, _, name = module.rpartition("/")
    assert ROOT / "tests" / "domain" / room / f"test_{name}.py" in own_tests(module)


@pytest.mark.parametrize("module", ["no_such_module", "../cli"])
def test_a_module_that_is_not_there_is_refused(module: str) -> None:
    with pytest.raises(Unsound, match="没有"):
        own_tests(module)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the command with scores that are given instead of measured."""

    def run(*words: str, scores: list[Score], equivalents: list[Equivalent]) -> int:
        given = {score.module: score for score in scores}
        monkeypatch.setattr(command, "prepare", lambda modules: None)
        monkeypatch.setattr(command, "run_mutmut", lambda: None)
        monkeypatch.setattr(command, "read_equivalents", lambda: equivalents)
        monkeypatch.setattr(command, "judge", lambda module, entries: given[module])
        monkeypatch.setattr("sys.argv", ["mutate", *words])
        return command.main()

    return run


NINE_OF_TEN = Score("workdays", 9, 1, (SURVIVOR,), ())
EIGHT_OF_NINE = Score("outcome", 8, 0, (replace(SURVIVOR, module="outcome"),), ())


@pytest.mark.parametrize(
    ("scores", "equivalents", "code"),
    [
        ([NINE_OF_TEN], [], 0),
        ([EIGHT_OF_NINE], [], 1),
        ([NINE_OF_TEN, EIGHT_OF_NINE], [], 1),
        ([Score("workdays", 9, 0, (), (SURVIVOR,))], [EXCUSE], 0),
        ([Score("workdays", 9, 0, (), ())], [EXCUSE], 1),
    ],
    ids=["enough", "too little", "one too little", "excused", "a stale excuse"],
)
def test_one_module_below_the_least_score_or_a_stale_excuse_fails_the_run(
    measured: Callable[..., int], scores: list[Score], equivalents: list[Equivalent], code: int
) -> None:
    assert measured(*[score.module for score in scores], scores=scores, equivalents=equivalents) == code


def test_survivors_are_shown_as_differences_when_asked_for(
    measured: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    measured("workdays", scores=[NINE_OF_TEN], equivalents=[])
    quiet = capsys.readouterr().out
    measured("workdays", "--show", scores=[NINE_OF_TEN], equivalents=[])
    shown = capsys.readouterr().out
    assert "90.0%" in quiet
    assert DIFF not in quiet
    assert DIFF in shown


def test_without_words_every_module_is_measured(
    measured: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert measured(scores=[Score(module, 1, 0, (), ()) for module in MODULES], equivalents=[]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("✓")]
    assert [line[1] for line in lines] == list(MODULES)


def test_what_cannot_be_measured_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["mutate", "../cli"])
    assert command.main() == 1
    assert capsys.readouterr().err.startswith("没有 domain/../cli.py")
