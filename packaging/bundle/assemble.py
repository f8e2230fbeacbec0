"""Puts the bundle together: a Python, the locked packages, the program and its data, in one folder that can be moved.

    python packaging/bundle/assemble.py PYTHON FOLDER

PYTHON is what build_python.sh made. FOLDER gets a launcher, that Python and the program, each in a folder of its own. It is a Python as it is and not a
program that unpacks or freezes itself: it starts as fast as a checkout, everything can be looked at, and Qt can be replaced by whoever
wants to (docs/decisions/0053-the-bundle.md).
"""

from __future__ import annotations

import compileall
import fnmatch
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from py_compile import PycInvalidationMode

import wheels

ROOT = wheels.ROOT
CONTENTS = tomllib.loads((Path(__file__).parent / "contents.toml").read_text("utf-8"))
LAUNCHER = """#!/bin/sh
# Opens the desk, or does a command: counter-assistant --help
# What an office writes lies beside the program where a file data-beside.txt lies there, else in the user's own folder.
here=$(dirname "$(dirname "$(readlink -f "$0")")")
if [ -z "${COUNTER_ASSISTANT_DATA:-}" ] && [ -f "$here/data-beside.txt" ]; then export COUNTER_ASSISTANT_DATA="$here/data"; fi
case "${1:-}" in ''|--training|--phrases)
    if [ -n "${SUDO_USER:-}" ]; then
        echo "没有打开：这是用 sudo 打开的，台账归哪个用户说不清。请以自己的用户登录，从开始菜单打开柜台助手。" >&2
        exit 1
    fi;;
esac
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS PYTHONINSPECT PYTHONDEBUG QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH
export PYTHONNOUSERSITE=1 PYTHONSAFEPATH=1 PYTHONDONTWRITEBYTECODE=1
exec "$here/python/bin/python3.11" -m counter_assistant "$@"
"""
PROGRAM = "program.zip"
"""What is compiled of the program, beside its sources."""
NEEDED = re.compile(r"^\s+(?:NEEDED|DLL Name:)\s+(\S+)$", re.MULTILINE)
LIBRARY = re.compile(r"\.so(?:\.|$)|\.dll$")


def main(python: Path, folder: Path) -> None:
    """Makes the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    library = take_python(python, folder / "python")
    site = library / "site-packages"
    site.mkdir()
    wheels.fetch(["install", "--no-compile", f"--target={site}"], "linux", "3.11")
    shutil.rmtree(site / "bin", ignore_errors=True)
    keep_of_qt(site / "PySide6", CONTENTS["qt"])
    thin_out(site)
    take_program(folder / "app")
    collect_licences(folder / "python" / "bin" / "python3.11", site, folder / "app" / "licences")
    for record in site.glob("*.dist-info/RECORD"):
        record.unlink()  # it lists scripts that are not there, by what they were in the folder of this build
    pack_fonts(folder / "app" / "resources" / "fonts")
    (site / "app.pth").write_text(f"../../../../app/{PROGRAM}\n", "ascii")
    launcher = folder / "bin" / "counter-assistant"
    launcher.parent.mkdir()
    launcher.write_text(LAUNCHER, "utf-8")
    launcher.chmod(0o755)
    strip(library)
    compile_all(library)
    gather(library.parent / "python311.zip", library, leaving=("site-packages", "lib-dynload"))
    compile_program(folder / "app")
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def take_python(python: Path, target: Path) -> Path:
    """Copies the interpreter and what of its library the program uses; gives the library."""
    (target / "bin").mkdir(parents=True)
    shutil.copy2(python / "bin" / "python3.11", target / "bin")
    subprocess.run(["strip", target / "bin" / "python3.11"], check=True)
    library = target / "lib" / "python3.11"
    shutil.copytree(python / "lib" / "python3.11", library, ignore=shutil.ignore_patterns("__pycache__"))
    for extra in (python / "lib").glob("libffi.so.*"):
        shutil.copy2(extra, target / "lib")
    drop(library, CONTENTS["python"]["dropped"])
    return library


def thin_out(site: Path) -> None:
    """Leaves of the other packages what a counter uses, and of the libraries that pillow brings those that it still needs."""
    drop(site, CONTENTS["packages"]["dropped"])
    brought = {path.name: path for path in (site / "pillow.libs").glob("*")}
    todo = list((site / "PIL").glob("*.so"))
    needed: set[str] = set()
    while todo:
        more = {name for name in needs(todo.pop()) if name in brought} - needed
        needed |= more
        todo += [brought[name] for name in more]
    for name in brought.keys() - needed:
        brought[name].unlink()


def keep_of_qt(pyside: Path, wanted: dict[str, list[str]]) -> None:
    """Removes of Qt whatever the program does not use."""
    kept = used_of_qt(pyside, wanted)
    for path in files(pyside):
        if path not in kept:
            path.unlink()
    drop_empty(pyside)


def used_of_qt(pyside: Path, wanted: dict[str, list[str]]) -> set[Path]:
    """The files that are named, counted from PySide6, and the libraries that these need, by what they themselves say."""
    kept = {pyside / name for name in wanted["files"]}
    if missing := [path for path in kept if not path.is_file()]:
        raise SystemExit(f"not in this release of Qt: {missing}")
    libraries = {path.name.lower(): path for path in pyside.rglob("*") if LIBRARY.search(path.name)}
    todo = [path for path in kept if path.suffix != ".qm"]
    while todo:
        asked = (name.lower() for name in needs(todo.pop()))  # Windows writes one name in several ways
        needed = {libraries[name] for name in asked if name in libraries} - kept
        kept |= needed
        todo += needed
    return kept | {path for path in pyside.iterdir() if path.suffix == ".py"}


def needs(path: Path) -> list[str]:
    """The libraries that a library or a program names as needed."""
    told = subprocess.run(["objdump", "-p", path], check=True, capture_output=True, text=True).stdout
    return NEEDED.findall(told)


def take_program(app: Path) -> None:
    """Copies the program, its data, the verifier of exports and the words that go with them."""
    for name in ("counter_assistant", "resources", "forms"):
        shutil.copytree(ROOT / name, app / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "packaging/audit/verify_book.py"):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, app / name)


def collect_licences(python: Path, site: Path, folder: Path) -> None:
    """Puts the terms of everything inside, and the list of it, beside the program; by a Python of the version that is inside."""
    collect = ROOT / "packaging" / "licences" / "collect.py"
    subprocess.run([python, "-B", collect, site, folder], check=True)


def pack_fonts(fonts: Path) -> None:
    """Packs the fonts that are rarely drawn; the same bytes each time."""
    for pattern in CONTENTS["fonts"]["packed"]:
        for path in fonts.glob(pattern):
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
            path.unlink()


def strip(library: Path) -> None:
    """Takes the names of inner functions out of libraries. Qt's and what pillow brings stay to the byte as they were given out."""
    for path in files(library):
        if LIBRARY.search(path.name) and not {"PySide6", "shiboken6", "pillow.libs"} & set(path.parts):
            subprocess.run(["strip", "--strip-unneeded", path], check=True)


def compile_program(app: Path) -> None:
    """Compiles the program into one file; its sources stay beside it, so that everybody can read what it does."""
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / app.name
        shutil.copytree(app / "counter_assistant", copy / "counter_assistant")
        compile_all(copy)
        gather(app / PROGRAM, copy)


def compile_all(folder: Path) -> None:
    """Compiles every module, so that a start writes nothing; the result depends on the source alone, not on when it was copied.

    The sources go: without them modules take half the room, and those of others can be had elsewhere, in the versions that
    requirements.lock names.
    """
    done = compileall.compile_dir(
        folder,
        maxlevels=20,
        quiet=1,
        force=True,
        legacy=True,
        stripdir=str(folder.parent),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        raise SystemExit("a module does not compile")
    for path in folder.rglob("*.py"):
        path.unlink()


def gather(archive: Path, folder: Path, leaving: Iterable[str] = ()) -> None:
    """Puts compiled modules into one archive, not packed, that Python imports from: a slow disk reads one file sooner than a thousand."""
    modules = [path for path in sorted(folder.rglob("*.pyc")) if path.relative_to(folder).parts[0] not in leaving]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for path in modules:
            target.writestr(
                zipfile.ZipInfo(path.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0)), path.read_bytes()
            )
            path.unlink()
    drop_empty(folder)


def version() -> str:
    """The version of the program."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def drop(folder: Path, patterns: Iterable[str]) -> None:
    """Removes what the patterns name, counted from the folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def drop_empty(folder: Path) -> None:
    """Removes the folders that hold nothing any more."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def files(folder: Path) -> Iterator[Path]:
    """Every file below the folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
