"""./dev: what it finds missing, what it asks, and what its lock files hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.places import ROOT

RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
LOCK_LOCK = ROOT / "requirements-lock.lock"


@pytest.fixture
def dev() -> ModuleType:
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def calls(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What dev would have called, instead of calling it."""
    made: list[list[str]] = []

    def call(command: Sequence[str | Path], **_: object) -> int:
        made.append([str(word) for word in command])
        return 0

    monkeypatch.setattr(dev.subprocess, "call", call)
    return made


def pinned(lock_file: Path) -> dict[str, str]:
    """Each requirement of a lock file, with its hashes in the same string."""
    entries = re.split(r"\n(?=\w)", lock_file.read_text("utf-8").replace("\\\n", ""))
    return {entry.split(" --hash")[0].strip(): entry.strip() for entry in entries if "==" in entry}


@pytest.mark.parametrize("lock_file", [RUNTIME_LOCK, DEV_LOCK, LOCK_LOCK], ids=lambda path: path.name)
def test_a_lock_file_holds_hashes_and_no_address(lock_file: Path) -> None:
    assert all("--hash=sha256:" in entry for entry in pinned(lock_file).values())
    assert not re.search(r"https?:|file:|index-url|find-links|@", lock_file.read_text("utf-8"))


def test_what_writes_the_lock_files_is_itself_held(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN ./dev lock THEN uv is installed by version and hash before it resolves anything, itself included."""
    assert [requirement.split("==")[0] for requirement in pinned(LOCK_LOCK)] == ["uv"]
    made: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev.subprocess, "check_call", lambda command, **_: made.append([str(word) for word in command]))
    assert dev.lock([]) == 0
    assert {"--require-hashes", "--no-deps", str(LOCK_LOCK)} <= set(made[0])
    outputs = [word for command in made[1:] for word in command if word.startswith("--output-file=")]
    assert outputs == [f"--output-file={file.name}" for file in (RUNTIME_LOCK, DEV_LOCK, LOCK_LOCK)]


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert pinned(RUNTIME_LOCK).items() <= pinned(DEV_LOCK).items()


def test_the_runtime_lock_holds_every_dependency() -> None:
    locked = {requirement.split("==")[0] for requirement in pinned(RUNTIME_LOCK)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {re.split(r"[^\w-]", line)[0].lower() for line in project["dependencies"]} <= locked


def test_nothing_is_installed_where_nothing_is_missing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_there", lambda needed: True)
    assert dev.missing_packages(dev.NEEDS["test"]) == []


def test_only_what_is_missing_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_there", lambda needed: needed not in ("libEGL.so.1", "Xvfb"))
    assert dev.missing_packages(dev.NEEDS["test"]) == ["libegl1", "xvfb"]
    assert dev.missing_packages(dev.NEEDS["check"]) == ["libegl1"]
    assert dev.missing_packages(dev.NEEDS["nothing"]) == []


def test_a_library_or_program_that_is_not_there_is_noticed(dev: ModuleType) -> None:
    assert not dev.is_there("libno-such-library.so.9")
    assert not dev.is_there("no-such-program")


def test_apt_goes_ahead_where_nobody_can_answer(
    dev: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setattr(dev.sys.stdin, "isatty", lambda: False, raising=False)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    dev.apt_install(["libegl1"])
    assert [call[:2] for call in calls] == [["sudo", "--non-interactive"]] * 2
    assert calls[-1][-3:] == ["-y", "--no-install-recommends", "libegl1"]


def test_apt_does_nothing_after_a_no(dev: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setattr(dev.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(SystemExit, match="没有安装"):
        dev.apt_install(["libegl1"])
    assert calls == []


def test_the_stamp_changes_with_the_lock_file(dev: ModuleType, tmp_path: Path) -> None:
    lock_file = tmp_path / "requirements.lock"
    lock_file.write_text("segno==1", "utf-8")
    before = dev.stamp(lock_file)
    lock_file.write_text("segno==2", "utf-8")
    assert dev.stamp(lock_file) != before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("display", "arguments", "called"),
    [
        ("", [], ["issue", "packaging/demo-request.json", "--training", "--out", "build/demo"]),
        ("", ["items", "租房"], ["items", "租房"]),
        (":0", [], []),
    ],
    ids=["no display", "no display is needed", "a display"],
)
def test_run_shows_something_either_way(
    dev: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    display: str,
    arguments: list[str],
    called: list[str],
) -> None:
    monkeypatch.setattr(dev, "set_up", lambda needs, lock_file: None)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert dev.run(arguments) == 0
    assert calls[0][1:] == ["-m", "counter_assistant", *called]


def test_mutate_hands_its_words_on_and_its_verdict_back(
    dev: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(dev, "set_up", lambda needs, lock_file: made.append((needs, lock_file)))
    assert dev.main(["mutate", "outcome", "--show"]) == 0
    assert made == [("check", DEV_LOCK)]
    assert calls[0][1:] == ["-m", "tests.mutation", "outcome", "--show"]
    monkeypatch.setattr(dev.subprocess, "call", lambda command: 1)
    assert dev.main(["mutate"]) == 1


def test_mutate_says_that_it_cannot_run_on_windows(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "set_up", lambda needs, lock_file: pytest.fail("nothing is installed for nothing"))
    monkeypatch.setattr(dev, "os", SimpleNamespace(name="nt"))
    with pytest.raises(SystemExit, match="Linux"):
        dev.mutate([])


@pytest.mark.parametrize(
    ("words", "tests", "mutated"),
    [
        ([], ["--whole", "-m", "nightly or hypothesis"], True),
        (["--count", "7"], ["--whole", "-m", "nightly or hypothesis", "--count=7"], True),
        (["kills", "damage"], ["--whole", "-m", "nightly or hypothesis", "-k", "kills or damage"], False),
        (["kills", "mutation"], ["--whole", "-m", "nightly or hypothesis", "-k", "kills"], True),
        (["mutation"], None, True),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_by_night_all_runs_or_what_is_named(
    dev: ModuleType,
    calls: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    tests: list[str] | None,
    mutated: bool,
) -> None:
    ran: list[list[str]] = []

    def run_step(_name: str, command: list[str], *, live: bool) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(dev, "set_up", lambda needs, lock_file: None)
    monkeypatch.setattr(dev, "run_step", run_step)
    assert dev.main(["nightly", *words]) == 0
    assert [[word for word in command if word not in ("pytest", *dev.PARALLEL)] for command in ran] == [tests] * bool(
        tests
    )
    assert [call[1:] for call in calls] == [["-m", "tests.mutation"]] * mutated


def test_the_night_fails_where_its_tests_or_its_mutants_do(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "set_up", lambda needs, lock_file: None)
    for passes, mutants, verdict in ((True, 0, 0), (False, 0, 1), (True, 1, 1)):
        monkeypatch.setattr(dev, "run_step", lambda name, command, live, passes=passes: passes)
        monkeypatch.setattr(dev, "mutate", lambda arguments, mutants=mutants: mutants)
        assert dev.main(["nightly"]) == verdict


def test_an_old_python_is_told_so(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SystemExit, match=r"需要 Python 3\.11"):
        dev.main(["check"])


def test_an_unknown_command_shows_what_there_is() -> None:
    done = subprocess.run([sys.executable, "dev", "fly"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "./dev check" in done.stdout


def test_the_demo_request_is_a_request() -> None:
    request = json.loads((ROOT / "packaging" / "demo-request.json").read_text("utf-8"))
    assert {"item", "applicant"} <= request.keys()
    assert "on" not in request, "a fixed day would be in the future, or in the past, on other days"
