"""A bundle is taken in another process: it says how far it is, stops where its pipe ends, and what is stopped anywhere has put nothing in."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.merge_process import Task, answered, command, to_json
from counter_assistant.operations.exchange.merging import STOPPED, Merged, bring
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import Bundle, read_bundle
from counter_assistant.storage.exchange.progress import EVERY, Step
from tests.make import NOW
from tests.operations.exchange.branches import OPENING, Branch
from tests.operations.exchange.test_cut_off import books_at, merge, there
from tests.places import ROOT
from tests.storage.desk import KEY


def a_branch(acts: int = 5) -> Branch:
    branch = Branch(random.Random(4))
    branch.go_on(acts)
    return branch


def begun(task: Task) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    process.stdin.write(task.to_line())
    process.stdin.flush()
    return process


@pytest.mark.slow
def test_it_takes_a_bundle_under_the_key_and_says_how_far_it_is(tmp_path: Path) -> None:
    branch, folder = a_branch(EVERY), tmp_path / "centre"
    with begun(Task(folder, branch.send(tmp_path / "0.bundle"), KEY, OPENING)) as process:
        assert process.stdout is not None
        *steps, last = map(json.loads, process.stdout)
    assert [each["reached"] for each in steps] == [[step.value, done] for step in Step for done in (0, EVERY)]
    assert answered(last) == Merged(Outcome.TAKEN, new=branch.end)
    with BranchBooks(folder, KEY, lambda: NOW).opened(branch.name) as book:
        assert book.head() == (branch.end, branch.lines[-1].hash.hex())


@pytest.mark.slow
def test_where_the_pipe_ends_it_stops_and_nothing_is_there(tmp_path: Path) -> None:
    branch, folder = a_branch(4000), tmp_path / "centre"
    path = branch.send(tmp_path / "0.bundle")
    with begun(Task(folder, path, None, OPENING)) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        *_, last = map(json.loads, process.stdout)
    with pytest.raises(Refusal) as refusal:
        answered(last)
    assert (refusal.value.code, refusal.value.sentence) == (STOPPED, "停下了，这一包什么也没有放进去。")
    assert there(folder) == []
    assert [each.name for each in books_at(folder).waiting.iterdir()] == []


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("begun_before", [False, True], ids=["first", "further"])
def test_stopped_at_any_step_the_books_are_as_they_were(step: Step, begun_before: bool, tmp_path: Path) -> None:
    branch, folder = a_branch(), tmp_path / "centre"
    if begun_before:
        merge(folder, branch.send(tmp_path / "0.bundle"))
    before, reached = there(folder), list[Step]()
    branch.go_on(5)
    path = branch.send(tmp_path / "1.bundle")

    def heard(at: Step, _done: int) -> None:
        reached.append(at)
        if at is step:
            raise Refusal(STOPPED, "停下了。", "请再收一次。")

    if begun_before and step is Step.SHOWN:  # what goes on from a book adds to its views, and makes none anew
        assert bring(books_at(folder), read_bundle(path), OPENING, heard).new == branch.end - len(before[0])
        assert Step.SHOWN not in reached
        return
    with pytest.raises(Refusal) as refusal:
        bring(books_at(folder), read_bundle(path), OPENING, heard)
    assert (refusal.value.code, there(folder)) == (STOPPED, before)
    files = [each.name for each in books_at(folder).folder.rglob("*") if each.is_file()]
    assert [name for name in files if not name.endswith(".db-journal")] == [f"{branch.name}.db" for _ in before]
    assert bring(books_at(folder), read_bundle(path), OPENING).outcome is Outcome.TAKEN
    assert there(folder) == [branch.lines]


def test_what_had_waited_when_it_was_stopped_joins_the_next_time(tmp_path: Path) -> None:
    """GIVEN two bundles that wait WHEN it is stopped while the first of them joins THEN what was brought is taken, and the same bundle again joins both."""
    branch, folder = a_branch(), tmp_path / "centre"
    parts = [branch.send(tmp_path / "0.bundle")]
    for n in (1, 2):
        end = branch.end
        branch.go_on(3)
        parts.append(branch.send(tmp_path / f"{n}.bundle", end))
    for path in parts[:0:-1]:
        assert bring(books_at(folder), read_bundle(path), OPENING).outcome is Outcome.WAITS
    verified = 0

    def heard(at: Step, done: int) -> None:
        nonlocal verified
        verified += at is Step.VERIFIED and done == 0
        if verified == 2:
            raise Refusal(STOPPED, "停下了。", "请再收一次。")

    merged = bring(books_at(folder), read_bundle(parts[0]), OPENING, heard)
    assert (merged.outcome, merged.joined) == (Outcome.TAKEN, ())
    again = bring(books_at(folder), read_bundle(parts[0]), OPENING)
    assert (again.new, len(again.joined), there(folder)) == (0, 2, [branch.lines])
    assert answered(json.loads(json.dumps(to_json(again)))) == Merged(
        Outcome.TAKEN, joined=tuple((read_bundle_as_told(bundle, path), its) for (bundle, its), path in zip(again.joined, parts[1:], strict=True))
    )  # fmt: skip


def read_bundle_as_told(bundle: Bundle, path: Path) -> Bundle:
    """The bundle of a file, as another process tells it: by what it says, since its file there is gone."""
    read = read_bundle(path)
    assert (read.id, read.manifest) == (bundle.id, bundle.manifest)
    return Bundle(Path(), read.manifest, read.id)


@pytest.mark.parametrize("told", [{}, {"reached": ["put_in", 200]}])
def test_one_that_died_has_put_nothing_in(told: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refusal:
        answered(told)
    assert refusal.value.code == "bundle-merge-cut-off"


def test_the_keys_are_in_no_argument_and_in_nothing_that_is_shown() -> None:
    task = Task(Path("data"), Path("0.bundle"), KEY, OPENING)
    assert task == Task.from_line(task.to_line())
    for secret in (KEY.secret.hex(), OPENING.secret.hex(), repr(OPENING.secret)):
        assert secret not in " ".join(command())
        assert secret not in repr(task)
