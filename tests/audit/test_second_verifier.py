"""A verifier that was written in Perl from docs/audit-format.md alone says of each export what the one in Python says."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.entry import ACTS
from counter_assistant.operations.intake import admissibility
from counter_assistant.operations.registers.reentering.reentry import reenter
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.operations.safekeeping.exporting import export
from tests.audit.damaging import damaged, exit_code
from tests.audit.histories import an_export
from tests.make import an_office
from tests.operations.registers.reentering.test_reentry import complained
from tests.operations.safekeeping.auditing import lines_in, relinked, written
from tests.portion import Portion

SECOND = Path(__file__).with_name("verify_book.pl")
LINES_OF_IT = 700


@pytest.fixture(scope="module")
def second() -> Iterator[Callable[[Path], int]]:
    """The exit code that the second verifier gives an export; one process answers for all."""
    perl = shutil.which("perl")
    if perl is None or subprocess.run([perl, "-c", str(SECOND)], capture_output=True, check=False).returncode:
        pytest.skip("there is no Perl with its modules on this PC, in which the second verifier is written")
    with subprocess.Popen(
        [perl, str(SECOND), "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        asked, answered = process.stdin, process.stdout
        assert asked is not None
        assert answered is not None

        def ask(folder: Path) -> int:
            asked.write(f"{folder}\n")
            asked.flush()
            return int(answered.readline())

        yield ask


@pytest.mark.nightly("second_verifier")
@pytest.mark.slow
def test_both_verifiers_agree(tmp_path: Path, second: Callable[[Path], int], portion: Portion) -> None:
    times = portion.times(10_000, sample=10)
    exports = list[Path]()
    for n in range(min(60, 2 + times // 50)):
        chance = random.Random(f"{portion.chance.random()}")
        exports.append(an_export(tmp_path / f"{n}", chance, witnessed=n % 6 == 1))
        assert (exit_code(exports[-1]), second(exports[-1])) == (0, 0), n
    answers, differing = Counter[int](), list[str]()
    for n in range(times):
        drawn = portion.chance.random()
        folder, export = tmp_path / "damaged", exports[n % len(exports)]
        said = damaged(export, folder, random.Random(f"{drawn}"))
        first, other = exit_code(folder), second(folder)
        answers[first] += 1
        if first != other:
            differing.append(f"{drawn}: {first} and {other}, {said}, export {n % len(exports)}")
        shutil.rmtree(folder)
    assert differing == []
    assert answers[1] > times / 4, "hardly anything was damaged"
    print(f"agreed on {len(exports)} sound exports and {times} changed ones: {dict(answers)}")


def test_both_take_what_was_sealed_away_of_what_its_numbers_had_left(
    tmp_path: Path, second: Callable[[Path], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN complaints of before whose whole numbers had left WHEN they are sealed THEN both find the export sound; where the erasure in
    turn names another kind than the first one did, or keeps something of a kind that nothing leaves, both say so."""
    monkeypatch.setattr(admissibility, "sealed_fault", lambda _matter: None)
    with closing(an_office(tmp_path / "data", training=True)) as office:
        complained(office)
        office.book.leave_numbers([entry.seq for kind in ACTS for entry in office.book.entries(kind)])
        reenter(office, register_key(office))
        export(office, tmp_path / "export")
    sound = tmp_path / "export"
    assert (exit_code(sound), second(sound)) == (0, 0)
    header, lines = lines_in(sound)
    in_turn = [line.seq for line in lines if '"of":"payload_erased"' in (line.body or "")]
    assert len(in_turn) == 4
    for said in ('"of":"inquiry"', '"of":"oral_notice"', '"of":"slip_issued"'):
        at = next(n for n, line in enumerate(lines) if line.seq in in_turn and said in (line.body or ""))
        for instead in ('"of":"case_step"', '"of":"opinion"'):
            body = (lines[at].body or "").replace(said, instead)
            changed = relinked([*lines[:at], replace(lines[at], body=body), *lines[at + 1 :]])
            written(sound, header, [line.to_text() for line in changed])
            assert (exit_code(sound), second(sound)) == (1, 1), (said, instead)


def test_an_export_that_is_none_is_told_from_a_wrong_one(tmp_path: Path, second: Callable[[Path], int]) -> None:
    export = an_export(tmp_path, random.Random(3), witnessed=False)
    for name, code in (("verify_book.py", 1), ("slips.csv", 1), ("manifest.json", 2)):
        (export / name).unlink()
        assert (exit_code(export), second(export)) == (code, code), name
    assert (exit_code(tmp_path / "none"), second(tmp_path / "none")) == (2, 2)


def test_the_second_verifier_is_read_in_an_evening() -> None:
    assert len(SECOND.read_text("utf-8").splitlines()) <= LINES_OF_IT
