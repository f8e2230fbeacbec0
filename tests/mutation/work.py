"""Running mutmut in a copy of the project under build/, so that the checkout stays as it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutation.score import Equivalent, Score, Survivor, count
from tests.places import ROOT

COPY = ROOT / "build" / "mutate"
LOG = "build/mutate/mutmut.log"
CHILDREN = 2
COPIED = (
    "counter_assistant",
    "tests/domain",
    "tests/fixtures",
    "tests/conftest.py",
    "tests/make.py",
    "tests/order.py",
    "tests/portion.py",
    "tests/places.py",
    "resources/calendars",
    "resources/catalogue",
    "resources/phrases",
    "resources/statutes",
)
NAME = re.compile(r"counter_assistant\.domain\.(?P<module>[\w.]+)\.x(?:ǁ\w+?ǁ|_)(?P<function>\w+)__mutmut_\d+")
STATE = {"QT_QPA_PLATFORM": "offscreen", "HYPOTHESIS_PROFILE": "ci", "PYTHONHASHSEED": "0", "COLUMNS": "200"}


class Unsound(Exception):
    """Nothing was measured: a module without tests, or tests that fail before anything is changed."""


def prepare(modules: list[str]) -> None:
    """Make the copy anew, told to change only `modules` and to ask only their own tests."""
    tests = [test.relative_to(ROOT).as_posix() for module in modules for test in own_tests(module)]
    shutil.rmtree(COPY, ignore_errors=True)
    for name in COPIED:
        source, target = ROOT / name, COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    changed = [f"counter_assistant/domain/{module}.py" for module in modules]
    settings = {
        "source_paths": ["counter_assistant"],
        "only_mutate": changed,
        "also_copy": ["tests", "resources"],
        "pytest_add_cli_args": ["--seed=0"],
        "pytest_add_cli_args_test_selection": list(dict.fromkeys(tests)),
    }
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (COPY / "pyproject.toml").write_text("\n".join([project, "[tool.mutmut]", *lines, ""]), "utf-8")


def own_tests(module: str) -> list[Path]:
    """The test files of a module of domain/. A module is measured by its own tests, not by those of its users."""
    room, _, name = module.rpartition("/")
    found = sorted((ROOT / "tests" / "domain" / room).glob(f"test_{name}*.py"))
    if not (ROOT / "counter_assistant" / "domain" / f"{module}.py").is_file() or not found:
        raise Unsound(f"没有 domain/{module}.py 或它的测试。 · There is no such module of domain/, or it has no tests.")
    return found


def run_mutmut() -> None:
    """Try every mutant. A mutant dies at the first test that fails; without coverage, which would double the time."""
    with (ROOT / LOG).open("w", encoding="utf-8") as log:
        command = [sys.executable, "-m", "mutmut", "run", f"--max-children={CHILDREN}"]
        done = subprocess.run(command, cwd=COPY, env={**os.environ, **STATE}, stdout=log, stderr=log, check=False)
    if done.returncode:
        log_end = "\n".join((ROOT / LOG).read_text("utf-8").splitlines()[-30:])
        raise Unsound(f"{log_end}\n变异测试没有跑成。 · Nothing was measured; the whole log: {LOG}")


def judge(module: str, equivalents: list[Equivalent]) -> Score:
    """The score of one module. Whatever was neither killed nor timed out counts as survived."""
    verdicts = {name: verdict for name, verdict in every_verdict().items() if module_of(name) == module}
    alive = [name for name, verdict in verdicts.items() if verdict not in ("killed", "timeout")]
    return count(module, verdicts, [survivor(name) for name in alive], equivalents)


def every_verdict() -> dict[str, str]:
    """mutmut's word on each mutant: killed, survived, timeout, no tests…"""
    lines = [line.strip().rpartition(": ") for line in ask("results", "--all=true").splitlines()]
    return {name: verdict for name, colon, verdict in lines if colon}


def module_of(name: str) -> str:
    match = NAME.fullmatch(name)
    return match["module"].replace(".", "/") if match else ""


def survivor(name: str) -> Survivor:
    """A mutant with what it changes."""
    match = NAME.fullmatch(name)
    assert match, name
    lines = [line for line in ask("show", name).splitlines() if not line.startswith(("---", "+++", "#"))]
    return Survivor(name, module_of(name), match["function"], "\n".join(lines).strip("\n"))


def ask(*words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(
        command, cwd=COPY, env={**os.environ, **STATE, "PYTHONIOENCODING": "utf-8"}, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")
