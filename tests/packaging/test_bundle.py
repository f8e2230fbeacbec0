"""The bundle of the program: what it holds of the locked packages and of Qt, what it may need, how it starts."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from tests.places import ROOT

BUNDLE, LINUX = ROOT / "packaging" / "bundle", ROOT / "packaging" / "linux"
CONTENTS = tomllib.loads((BUNDLE / "contents.toml").read_text("utf-8"))
POSIX = pytest.mark.skipif(os.name == "nt", reason="the launcher is a shell's")
OBJDUMP = pytest.mark.skipif(shutil.which("objdump") is None, reason="no objdump here: package binutils")


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The scripts that make the bundle, which find each other in their own folder."""
    monkeypatch.syspath_prepend(str(BUNDLE))
    made: dict[str, ModuleType] = {}
    for name in ("wheels", "assemble", "gate", "deb"):
        spec = PathFinder.find_spec(name, [str(BUNDLE)])
        assert spec is not None
        assert spec.loader is not None
        made[name] = module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, made[name])
        spec.loader.exec_module(made[name])
    return made


def wanted(bundle: dict[str, ModuleType], system: str, python: str) -> dict[str, str]:
    """The packages that the bundle asks for, with their versions."""
    lines = bundle["wheels"].requirements(system, python)
    assert all("--hash=sha256:" in line and ";" not in line for line in lines)
    return {line.partition("==")[0]: re.split(r"[ \\]", line.partition("==")[2])[0] for line in lines}


@pytest.mark.parametrize("system", ["linux", "windows"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_package_is_asked_for_once_on_every_system(
    bundle: dict[str, ModuleType], system: str, python: str
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.split(r"[^\w-]", line)[0].lower() for line in project["dependencies"]}
    found = wanted(bundle, system, python)
    assert named <= set(found)
    assert set(found) >= bundle["wheels"].OPTIONAL
    assert "psycopg-binary" not in found
    newest = found["pyside6-essentials"] == found["shiboken6"]
    assert newest
    assert (tuple(map(int, found["shiboken6"].split("."))) >= (6, 10)) == (python == "3.14")


def test_a_marker_of_another_system_leaves_a_package_out(bundle: dict[str, ModuleType]) -> None:
    wheels = bundle["wheels"]
    line = "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    assert wheels.blocks(line + "b==2 \\\n    --hash=sha256:11\n") == [line, "b==2 \\\n    --hash=sha256:11\n"]
    where = wheels.SYSTEMS["linux"] | {"python_version": "3.11"}
    assert not wheels.applies(line, where)
    assert wheels.applies(line, wheels.SYSTEMS["windows"] | {"python_version": "3.11"})
    assert wheels.without_marker(line) == "a==1 \\\n    --hash=sha256:00\n"


def test_modules_are_gathered_into_one_file_that_is_the_same_wherever_it_was_made(
    bundle: dict[str, ModuleType], tmp_path: Path
) -> None:
    made = []
    for place in (tmp_path / "one", tmp_path / "two"):
        for name in ("kept/one.py", "site-packages/other.py", "kept/__init__.py"):
            (place / "app" / name).parent.mkdir(parents=True, exist_ok=True)
            (place / "app" / name).write_text("A = 1\n", "utf-8")
        bundle["assemble"].compile_all(place / "app")
        bundle["assemble"].gather(place / "all.zip", place / "app", leaving=("site-packages",))
        made.append((place / "all.zip").read_bytes())
        left = [path.relative_to(place / "app").as_posix() for path in place.glob("app/**/*.*")]
        assert left == ["site-packages/other.pyc"]
    assert made[0] == made[1]
    told = [sys.executable, "-c", "import kept.one as m; print(m.A, m.__file__)"]
    found = subprocess.run(
        told, env={"PYTHONPATH": str(tmp_path / "one" / "all.zip")}, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == ["1", str(tmp_path / "one" / "all.zip" / "kept" / "one.pyc")]


def test_the_package_depends_on_what_dev_installs_for_the_desk() -> None:
    """GIVEN the libraries that `./dev run` sees to THEN the package names the same Debian package for each of them."""
    text = (ROOT / "dev").read_text("utf-8")
    named = dict(re.findall(r'"(lib[\w.+-]+\.so\.\d+)": +"([\w.+-]+)"', text))
    assert len(named) > 10
    depends = {library: packages.split(" | ")[0] for library, packages in CONTENTS["depends"].items()}
    assert {name: depends.get(name) for name in named} == named


def test_nothing_that_the_package_depends_on_is_forbidden() -> None:
    assert not [name for name in CONTENTS["depends"] if name.startswith(tuple(CONTENTS["forbidden"]["names"]))]


@OBJDUMP
def test_of_qt_there_stays_what_the_program_imports_and_what_that_needs(bundle: dict[str, ModuleType]) -> None:
    """GIVEN the Qt of this environment THEN what is kept needs nothing that is dropped, and every module that the program imports is kept."""
    import PySide6

    folder = Path(PySide6.__path__[0])
    kept = bundle["assemble"].used_of_qt(folder, CONTENTS["qt"])
    names = {path.name for path in kept}
    asked = {name for path in kept if ".so" in path.name for name in bundle["assemble"].needs(path)}
    dropped = {path.name for path in folder.rglob("*.so*")} - names
    assert "libQt6Qml.so.6" in dropped
    assert not asked & dropped
    told = (ROOT / "counter_assistant").rglob("*.py")
    imported = {name for path in told for name in re.findall(r"PySide6\.(Qt\w+)", path.read_text("utf-8"))}
    assert {f"{name}.abi3.so" for name in imported} <= names
    assert sum(path.stat().st_size for path in kept) < 120e6


@OBJDUMP
def test_of_pillow_there_stays_what_a_photo_needs(bundle: dict[str, ModuleType], tmp_path: Path) -> None:
    """A phone's photo may be an MPO, and what a camera says of its turn is read as a TIFF."""
    spec = PathFinder.find_spec("PIL")
    assert spec is not None
    assert spec.origin is not None
    (tmp_path / "PIL").mkdir()
    for plugin in Path(spec.origin).parent.glob("*Plugin.py"):
        (tmp_path / "PIL" / plugin.name).touch()
    bundle["assemble"].drop(tmp_path, [each for each in CONTENTS["packages"]["dropped"] if each.endswith("Plugin.py")])
    left = {path.name.removesuffix("ImagePlugin.py") for path in (tmp_path / "PIL").iterdir()}
    assert {"Bmp", "Jpeg", "Mpo", "Png", "Tiff"} <= left
    assert len(left) < 12, left


@OBJDUMP
def test_what_must_not_be_needed_is_named(bundle: dict[str, ModuleType], tmp_path: Path) -> None:
    """GIVEN a library of Qt that asks for Kerberos THEN the gate names it, and what a too new glibc is needed for as well."""
    import PySide6

    network = Path(PySide6.__path__[0]) / "Qt" / "lib" / "libQt6Network.so.6"
    shutil.copy2(network, tmp_path)
    found = bundle["gate"].faults(tmp_path, [tmp_path / network.name])
    assert "libQt6Network.so.6 needs libgssapi_krb5.so.2, which does not belong here" in found
    assert "libQt6Network.so.6 does not belong here" in found
    bundle["gate"].CONTENTS["limits"]["glibc"] = "2.4"
    assert any("needs glibc 2." in line for line in bundle["gate"].faults(tmp_path, [tmp_path / network.name]))


@POSIX
@pytest.mark.parametrize("marked", [True, False])
def test_the_launcher_keeps_the_environment_of_others_out(
    bundle: dict[str, ModuleType], tmp_path: Path, marked: bool
) -> None:
    """GIVEN a user's PYTHONPATH and Qt plugins THEN the program sees none of them; data lie beside it where a marker says so."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "python" / "bin").mkdir(parents=True)
    launcher, python = tmp_path / "bin" / "counter-assistant", tmp_path / "python" / "bin" / "python3.11"
    launcher.write_text(bundle["assemble"].LAUNCHER, "utf-8")
    python.write_text('#!/bin/sh\nenv\necho "$@"\n', "ascii")
    for path in (launcher, python):
        path.chmod(0o755)
    if marked:
        (tmp_path / "data-beside.txt").touch()
    link = tmp_path / "elsewhere"
    link.symlink_to(launcher)
    theirs = {"PYTHONPATH": "/tmp", "PYTHONHOME": "/tmp", "QT_PLUGIN_PATH": "/tmp", "PATH": os.environ["PATH"]}
    said = subprocess.run([link, "items", "租 房"], env=theirs, check=True, capture_output=True, text=True).stdout
    lines = said.splitlines()
    assert lines[-1] == "-m counter_assistant items 租 房"
    assert not [line for line in lines if line.startswith(("PYTHONPATH=", "PYTHONHOME=", "QT_PLUGIN_PATH="))]
    assert {"PYTHONNOUSERSITE=1", "PYTHONSAFEPATH=1"} <= set(lines)
    assert (f"COUNTER_ASSISTANT_DATA={tmp_path}/data" in lines) is marked
    by_an_administrator = theirs | {"SUDO_USER": "clerk"}
    assert (
        subprocess.run([link, "items"], env=by_an_administrator, check=False, stdout=subprocess.DEVNULL).returncode == 0
    )
    window = subprocess.run([link], env=by_an_administrator, check=False, capture_output=True, text=True)
    assert window.returncode == 1
    assert "这是用 sudo 打开的" in window.stderr
    assert "请以自己的用户登录，从开始菜单打开" in window.stderr
    assert "管理员" not in window.stderr


def test_the_desktop_entry_opens_what_the_program_knows() -> None:
    """GIVEN the entries of the desktop's menu THEN each starts the program with options that it has."""
    from counter_assistant.ui.start import read_arguments

    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / "counter-assistant.desktop", "utf-8")
    actions = entry["Desktop Entry"]["Actions"].strip(";").split(";")
    assert [name for name in entry.sections() if name != "Desktop Entry"] == [f"Desktop Action {a}" for a in actions]
    commands = [section["Exec"].split() for name, section in entry.items() if name != "DEFAULT"]
    assert {command[0] for command in commands} == {"counter-assistant"}
    assert [read_arguments(command[1:]).phrases for command in commands] == [False, True, False]
    assert [read_arguments(command[1:]).training for command in commands] == [False, False, True]
    told = ElementTree.parse(LINUX / "counter-assistant.metainfo.xml").getroot()
    assert told.findtext("launchable") == "counter-assistant.desktop"
    assert ElementTree.parse(LINUX / "counter-assistant.svg").getroot().get("viewBox") == "0 0 128 128"
