"""装着的程序库各带着自己的许可；没有带的，和库里面的部分、字体、资料，由 packaging/licences 补上."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Any

from counter_assistant import __version__
from counter_assistant.storage.licences.component import Component, Part, Text, in_order

OURS, PYTHON = "counter-assistant", "Python"
OPTIONAL = ("pyserial",)
"""What an office may have installed besides what is locked."""
_TEXT = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_CODE = {".py", ".pyc", ".pyi"}
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
FONT_TERMS = {"OFL": "OFL-1.1", "ARPHICPL": "Arphic-1999"}
"""The licence of a family of fonts, by how the name of its text begins."""


def locked(root: Path) -> list[str]:
    """The packages that the program runs with, as requirements.lock names them."""
    return list(dict.fromkeys(_REQUIREMENT.findall((root / "requirements.lock").read_text("utf-8"))))


def installed(root: Path, kept: Path, packages: Iterable[Distribution] | None = None) -> tuple[Component, ...]:
    """Everything inside: the program in `root`, these packages (else the locked ones that this Python has), what is in them, fonts and data.

    `kept` is the folder of packaging/licences. A component without a text is one that somebody has to find the text of.

    Raises:
        OSError, ValueError: something of it is missing or cannot be read.
    """
    table = tomllib.loads((kept / "parts.toml").read_text("utf-8"))
    found = list(_present(locked(root)) if packages is None else packages)
    own = {_name(each): (each, _texts_of(each)) for each in found}
    hosts = {"", PYTHON, *own}
    parts = [_part(row, own, kept) for row in table["part"] if row.get("within", "") in hosts]
    claimed = {text for part in parts for text in part.texts}
    program = Component(OURS, __version__, "Apache-2.0", Part.PROGRAM, (Text("LICENSE", root / "LICENSE"),))
    python = table["python"]
    runtime = Component(
        PYTHON, ".".join(map(str, sys.version_info[:3])), python["licence"], Part.PYTHON, _kept(python["texts"], kept)
    )
    each = [
        _package(name, package, [text for text in texts if text not in claimed], table, kept)
        for name, (package, texts) in sorted(own.items())
    ]
    unihan = Component(
        "Unihan", "18.0", "Unicode-3.0", Part.DATA,
        (Text("UNICODE-LICENSE.txt", root / "resources" / "ideographs" / "UNICODE-LICENSE.txt"),),
    )  # fmt: skip
    return in_order([program, runtime, *each, *parts, *fonts(root / "resources" / "fonts"), unihan])


def fonts(folder: Path) -> Iterator[Component]:
    """The families of the bundled fonts, each with the text that is named after it."""
    for family in sorted({path.stem.partition("-")[0] for path in folder.glob("*.ttf")}):
        terms = sorted(folder.glob(f"*-{family}.txt"))
        licence = FONT_TERMS.get(terms[0].name.partition("-")[0], "") if terms else ""
        yield Component(family, "", licence, Part.FONT, tuple(Text(path.name, path) for path in terms))


def _present(names: Iterable[str]) -> Iterator[Distribution]:
    for name in (*names, *OPTIONAL):
        with suppress(PackageNotFoundError):  # of another system or Python
            yield distribution(name)


def _name(package: Distribution) -> str:
    """A package's name as the lock file writes it."""
    return re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()


def _texts_of(package: Distribution) -> list[Text]:
    """What a package carries of terms: its folder of licences, and what is called so elsewhere in it."""
    found = []
    for file in package.files or ():
        place = PurePosixPath(file)
        own = place.parts[0].endswith(".dist-info")
        named = bool(_TEXT.search(place.name)) and place.suffix not in _CODE
        if not (named or (own and "licenses" in place.parts[1:-1])):
            continue
        name = PurePosixPath(*place.parts[1:]) if own else place
        if own and name.parts[0] == "licenses":
            name = PurePosixPath(*name.parts[1:])
        path = Path(str(package.locate_file(file)))
        if path.is_file():
            found.append(Text(name.as_posix(), path))
    return sorted(found)


def _package(name: str, package: Distribution, texts: list[Text], table: dict[str, Any], kept: Path) -> Component:
    licence = table["licences"].get(name) or str(package.metadata.json.get("license_expression", ""))
    found = tuple(texts) or _kept(table["texts"].get(name, ()), kept)
    return Component(name, package.version, licence, Part.PACKAGE, found)


def _part(row: dict[str, Any], own: dict[str, tuple[Distribution, list[Text]]], kept: Path) -> Component:
    within = row.get("within", "")
    package, texts = own.get(within, (None, []))
    found = tuple(text for text in texts if any(fnmatch(text.name, wanted) for wanted in row["texts"]))
    version = package.version if package and row.get("same_version") else ""
    part = Part.LIBRARY if within else Part.DATA
    return Component(row["name"], version, row["licence"], part, found or _kept(row["texts"], kept), within)


def _kept(names: Iterable[str], kept: Path) -> tuple[Text, ...]:
    paths = (kept / "texts" / name for name in names)
    return tuple(Text(path.name, path) for path in paths if path.is_file())
