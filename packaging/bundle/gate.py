"""Whether a bundle runs where it must: the oldest glibc, nothing needed that nobody brings, nothing that does not belong, and its size.

    python packaging/bundle/gate.py FOLDER

Says what is wrong, a line each, and ends with 1; else prints the Debian packages that the bundle depends on and its size.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from assemble import CONTENTS, files, needs

ELF = b"\x7fELF"
VERSION = re.compile(r"GLIBC_(\d+(?:\.\d+)+)")


def main(folder: Path) -> int:
    """Looks through every file."""
    objects = [path for path in files(folder) if not path.is_symlink() and is_elf(path)]
    found = [*faults(folder, objects), *too_large(folder)]
    print(
        "\n".join(found or [f"depends: {', '.join(dependencies(objects))}", f"installed: {megabytes(folder):.0f} MB"])
    )
    return 1 if found else 0


def is_elf(path: Path) -> bool:
    """Whether a file is a program or a library of Linux."""
    with path.open("rb") as file:
        return file.read(len(ELF)) == ELF


def faults(folder: Path, objects: list[Path]) -> list[str]:
    """What each library asks for that must not be asked for."""
    inside, told = {path.name for path in objects}, []
    limit = numbers(CONTENTS["limits"]["glibc"])
    for path in objects:
        name = path.relative_to(folder).as_posix()
        symbols = subprocess.run(["objdump", "-T", path], check=True, capture_output=True, text=True).stdout
        newest = max(map(numbers, VERSION.findall(symbols)), default=(0,))
        if newest > limit:
            told.append(f"{name} needs glibc {'.'.join(map(str, newest))}")
        told += [
            f"{name} needs {needed}, which nobody brings"
            for needed in needs(path)
            if needed not in inside and needed not in CONTENTS["depends"]
        ]
        told += [
            f"{name} does not belong here" for word in CONTENTS["forbidden"]["names"] if path.name.startswith(word)
        ]
        told += [
            f"{name} needs {needed}, which does not belong here"
            for needed in needs(path)
            if needed.startswith(tuple(CONTENTS["forbidden"]["names"]))
        ]
    return told


def too_large(folder: Path) -> list[str]:
    """Whether the folder takes more room than a small disk has for it."""
    limit = CONTENTS["limits"]["installed_mb"]
    return [f"{megabytes(folder):.0f} MB, and {limit} are allowed"] if megabytes(folder) > limit else []


def dependencies(objects: list[Path]) -> list[str]:
    """The Debian packages that bring what the bundle needs and does not hold, in order."""
    inside = {path.name for path in objects}
    asked = {needed for path in objects for needed in needs(path)} - inside
    return sorted({CONTENTS["depends"][name] for name in asked})


def megabytes(folder: Path) -> float:
    """What all files of the folder hold, in MB of a million bytes."""
    return sum(path.lstat().st_size for path in files(folder)) / 1e6


def numbers(version: str) -> tuple[int, ...]:
    """A version as it is compared: 2.31 is less than 2.4 by its letters."""
    return tuple(map(int, version.split(".")))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
