"""What runs elsewhere: the pipelines and the hook before a commit call `./dev` and nothing of their own."""

from __future__ import annotations

import re
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests.places import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
HOOKS = ROOT / ".pre-commit-config.yaml"
CALL = re.compile(r"^(?:python |exec )?(?:\./)?dev (\w+)(?: </dev/null)?$")


def calls(path: Path) -> list[str]:
    """The commands that a file gives to a shell."""
    if path.suffix == "":
        return [line for line in path.read_text("utf-8").splitlines() if line.startswith("exec ")]
    return re.findall(r"^\s*(?:- )?(?:run|entry): (.+)$", path.read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", [*WORKFLOWS, HOOKS, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_every_command_is_one_of_dev(path: Path, dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    commands = calls(path)
    assert commands
    dev.main(["--help"])
    known = set(re.findall(r"^ +\./dev (\w+)", capsys.readouterr().out, re.MULTILINE))
    for command in commands:
        call = CALL.match(command)
        assert call
        assert call[1] in known


@pytest.mark.parametrize("path", [*WORKFLOWS, HOOKS], ids=lambda path: path.name)
def test_it_is_yaml(path: Path) -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with mutmut, where there is mutmut")
    content = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(content, dict)
    assert content.keys() & {"jobs", "repos"}


def test_every_python_from_the_oldest_on_is_tried_on_linux_and_windows() -> None:
    check = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    pythons = re.findall(r'"(3\.\d+)"', check)
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert oldest == f">={pythons[0]}"
    assert [int(version[2:]) for version in pythons] == list(range(int(pythons[0][2:]), int(pythons[-1][2:]) + 1))
    assert re.search(r"os: \[ubuntu-[\d.]+, windows-\d+\]", check)


def test_what_the_hook_asks_is_what_check_asks_first(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN lint and check WHEN both are run THEN check runs the steps of lint and then the tests."""
    asked: list[list[str]] = []

    def run_steps(steps: list[tuple[str, list[str]]], live: str = "") -> int:
        asked.append([name for name, _ in steps])
        return 0

    monkeypatch.setattr(dev, "set_up", lambda needs, lock_file: None)
    monkeypatch.setattr(dev, "run_steps", run_steps)
    assert (dev.lint([]), dev.check([])) == (0, 0)
    assert asked[1] == [*asked[0], "pytest"]
    assert "mypy" in asked[0]
