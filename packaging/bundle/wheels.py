"""Fetches the packages of the program as wheels, for systems other than this one too: what `./dev wheelhouse` does.

    python packaging/bundle/wheels.py FOLDER [--for linux|windows] [--python 3.11 ...]

FOLDER may serve several systems and Pythons at once: a wheel says in its name where it runs. With it beside the checkout `./dev run`
needs no network, and no python3-venv or pip of the system: a wheel of pip is among them.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pip._vendor.packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[2]
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in (31, 28, 27, 26, 24, 17)] + ["manylinux2014_x86_64"]
"""Wheels that run where the bundle must, down to glibc 2.31: pip takes the first of them that there is."""
NEWER = [f"manylinux_2_{minor}_x86_64" for minor in (36, 35, 34)]
"""The newest Qt is built for these; the Pythons that need it run on newer systems anyway."""
SYSTEMS = {
    "linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    "windows": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
OPTIONAL = frozenset(("pyserial", "psycopg", "typing-extensions"))
"""Carried along all the same: at a branch nobody installs a reader or what speaks to a server later. psycopg comes as plain Python, which
takes the libpq of the system; its ready-made one would bring TLS and Kerberos of its own."""


def main(arguments: list[str]) -> int:
    """Fills the folder."""
    parser = argparse.ArgumentParser(prog="./dev wheelhouse", description="Fetches the program's packages as wheels.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "wheelhouse", metavar="FOLDER")
    parser.add_argument("--for", dest="systems", action="append", choices=sorted(SYSTEMS))
    parser.add_argument("--python", dest="pythons", action="append", choices=PYTHONS)
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    pip("download", "--no-deps", "--only-binary=:all:", f"--dest={asked.folder}", "pip")
    for system in asked.systems or SYSTEMS:
        for python in asked.pythons or PYTHONS:
            fetch(["download", f"--dest={asked.folder}"], system, python)
    return 0


def fetch(command: list[str], system: str, python: str) -> None:
    """Has pip download or install what the lock file names for a system and a Python."""
    with tempfile.TemporaryDirectory() as work:
        wanted = Path(work) / "requirements.lock"
        wanted.write_text("".join(requirements(system, python)), "utf-8")
        options = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--implementation=cp"]
        options += [f"--python-version={python}"]
        options += [f"--abi={abi}" for abi in (f"cp{python.replace('.', '')}", "abi3", "none")]
        platforms = ["win_amd64"] if system == "windows" else LINUX if python < "3.14" else [*NEWER, *LINUX]
        pip(*command, *options, *(f"--platform={platform}" for platform in platforms), "-r", str(wanted))


def pip(*command: str) -> None:
    """Runs pip; the wheels beside the checkout are enough where they are there."""
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    wheelhouse = ROOT / "wheelhouse"
    beside = [f"--find-links={wheelhouse}"] if wheelhouse.is_dir() else []
    subprocess.run([sys.executable, "-m", "pip", command[0], *quiet, *beside, *command[1:]], check=True)


def requirements(system: str, python: str) -> list[str]:
    """The requirements of the program for a system and a Python, with their hashes, as the lock files have them."""
    runtime = blocks((ROOT / "requirements.lock").read_text("utf-8"))
    runtime_names = {name_of(block) for block in runtime}
    optional = [
        block
        for block in blocks((ROOT / "requirements-dev.lock").read_text("utf-8"))
        if name_of(block) in OPTIONAL - runtime_names
    ]
    where = SYSTEMS[system] | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return [without_marker(block) for block in (*runtime, *optional) if applies(block, where)]


def blocks(text: str) -> list[str]:
    """The requirements of a lock file, each with its hashes on the lines that follow."""
    return re.findall(r"^\w(?:.*\\\n)*.*\n", text, re.MULTILINE)


def name_of(block: str) -> str:
    """The package that a requirement names."""
    return block.partition("==")[0]


def applies(block: str, where: dict[str, str]) -> bool:
    """Whether a requirement holds on a system."""
    marker = re.match(r"[^;\\]+;([^\\]+)\\\n", block)
    return not marker or Marker(marker[1]).evaluate(dict(where))


def without_marker(block: str) -> str:
    """A requirement as it is given to pip, which would otherwise ask its own system."""
    return re.sub(r" ;[^\\]+(?=\\\n)", " ", block, count=1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
