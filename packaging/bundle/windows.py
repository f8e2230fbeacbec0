"""Puts the bundle for Windows together, on any system, and has makensis pack it.

    python packaging/bundle/windows.py PYTHON.zip [--target FOLDER]

PYTHON.zip is the embeddable package of Python 3.11 for 64 bits, as python.org gives it out. Nothing of this has run on Windows yet: what to
try on the first PC is docs/windows-installing.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import assemble
import wheels

WINDOWS = assemble.ROOT / "packaging" / "windows"
FOUND = f"python311.zip\n.\nsite-packages\n..\\app\\{assemble.PROGRAM}\n"
"""Where this Python looks for modules: named here, it looks nowhere else, and reads nothing of the user's environment."""
STARTERS = {"counter-assistant.cmd": "bin", "start.pyw": "bin"}


def main(arguments: list[str]) -> int:
    """Makes the folder anew, and the installer of it."""
    parser = argparse.ArgumentParser(prog="windows.py")
    parser.add_argument("python", type=Path, metavar="PYTHON.zip")
    parser.add_argument("--target", type=Path, metavar="FOLDER", default=assemble.ROOT / "dist")
    asked = parser.parse_args(arguments)
    folder = assemble.ROOT / "build" / "package" / "windows"
    put_together(asked.python, folder)
    version = assemble.version()
    asked.target.mkdir(parents=True, exist_ok=True)
    made = asked.target / f"counter-assistant-{version}-windows.exe"
    script = WINDOWS / "installer.nsi"
    told = {"VERSION": version, "BUNDLE": folder, "TARGET": made}
    options = [f"-D{name}={value}" for name, value in told.items()]
    return subprocess.call(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *options, script])


def put_together(python: Path, folder: Path) -> None:
    """A folder that runs on Windows as it is."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(python) as embeddable:
        embeddable.extractall(folder / "python")
    (folder / "python" / "python311._pth").write_text(FOUND, "ascii")
    site = folder / "python" / "site-packages"
    wheels.fetch(["install", "--no-compile", f"--target={site}"], "windows", "3.11")
    shutil.rmtree(site / "bin", ignore_errors=True)
    assemble.keep_of_qt(site / "PySide6", assemble.CONTENTS["windows"])
    assemble.thin_out(site)
    assemble.take_program(folder / "app")
    assemble.pack_fonts(folder / "app" / "resources" / "fonts")
    assemble.collect_licences(Path(sys.executable), site, folder / "app" / "licences")
    for name, place in STARTERS.items():
        (folder / place).mkdir(exist_ok=True)
        shutil.copy2(WINDOWS / name, folder / place)
    assemble.compile_all(site)
    assemble.compile_program(folder / "app")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
