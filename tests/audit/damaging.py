"""What is done to an export: bytes, lines and what contents say, and afterwards hashes, table and manifest that fit."""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_assistant.domain.closing.closing_entry import CLOSINGS
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.export_files import LINES, MANIFEST, TABLE, VERIFIER
from counter_assistant.storage.safekeeping.line import Line
from tests.operations.safekeeping.auditing import VERIFY, lined_up, lines_in, relinked, with_manifest, written
from tests.operations.safekeeping.test_verifier_strict import DAMAGES, SOUND

KINDS = (
    "slip_issued", "slip_voided", "slip_reprinted", "series_started", "payload_erased", "inquiry", "key_slot", "day_closed",
    "head_witnessed", "foo",
)  # fmt: skip
DULL = ("office_profile", "item_approved", "clock_confirmed")
LOOKED_AT = frozenset((
    "card", "issue", "number", "series", "sequence", "first", "last", "head", "figures", "kept", "of", "statement", "key", "signature",
    "algorithm", "book", "request", "reason",
))  # fmt: skip


def damaged(export: Path, folder: Path, chance: random.Random) -> str:
    """A copy of an export in which something was changed; says in words what."""
    shutil.copytree(export, folder)
    drawn = chance.random()
    if drawn < 0.3:
        return _bytes(folder, chance)
    header, lines = lines_in(folder)
    if drawn < 0.5:
        said, lines = _line(lines, chance)
    elif drawn < 0.85:
        said, lines = _value(lines, chance)
    else:
        said, lines = _named(lines, chance)
    made = fitting(lines)
    if chance.random() < 0.95:
        last = max((line.seq for line in made if line.kind == "payload_erased"), default=0)
        header = chain.canonical({**chain.parse(header), "erased": last})
    written(folder, header, lined_up(made))
    return said


def fitting(lines: Sequence[Line]) -> list[Line]:
    """Lines linked anew, with closings that name the heads that there are now."""
    made = list(lines)
    for at, line in enumerate(made):
        if line.kind in CLOSINGS and line.body is not None:
            try:
                said = chain.parse(line.body)
                if chain.canonical(said) == line.body and 0 < said["last"] <= at and said["head"] != "":
                    said["head"] = relinked(made[: said["last"]])[-1].hash.hex()
                    made[at] = replace(line, body=chain.canonical(said))
            except (KeyError, TypeError, ValueError):
                continue  # it has no head to put right
    return relinked(made)


def _bytes(folder: Path, chance: random.Random) -> str:
    name, how = (
        chance.choice((LINES, LINES, TABLE, MANIFEST, VERIFIER)),
        chance.choice(("flip", "drop", "put in", "cut", "turn")),
    )
    content = bytearray((folder / name).read_bytes())
    at = chance.randrange(len(content) - 1)
    if how == "flip":
        content[at] ^= 1 << chance.randrange(8)
    elif how == "drop":
        del content[at : at + chance.choice((1, 1, 3, 100))]
    elif how == "put in":
        content[at:at] = bytes((chance.randrange(256),))
    elif how == "cut":
        del content[at:]
    else:
        content[at], content[at + 1] = content[at + 1], content[at]
    (folder / name).write_bytes(content)
    if name in (LINES, TABLE) and chance.random() < 0.8:
        with_manifest(folder)
    return f"{how} at byte {at} of {name}"


def _line(lines: list[Line], chance: random.Random) -> tuple[str, list[Line]]:
    lines, at = relinked(lines), chance.randrange(1, len(lines))
    line, how = lines[at], chance.choice(("out", "twice", "turn", "cut", "kind", "gone", "name", "time", "class"))
    if how == "out":
        del lines[at]
    elif how == "twice":
        lines.insert(at, line)
    elif how == "turn":
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
    elif how == "cut":
        del lines[at:]
    else:
        changes: dict[str, dict[str, Any]] = {
            "kind": {"kind": chance.choice(KINDS)}, "gone": {"salt": None, "body": None},
            "name": {"uuid": chance.choice((None, "x", "erase:2", f"erase:{at}", f"erase:0{at}"))},
            "time": {"time": chance.choice((line.time[:-6], line.time[:-6] + "Z", line.time.replace("T", " "), line.time[:10]))},
            "class": {"visibility": chance.choice(("public", "internal", "secret"))},
        }  # fmt: skip
        lines[at] = replace(line, **changes[how])
    return f"{how}, line {at + 1}", lines


def _value(lines: list[Line], chance: random.Random) -> tuple[str, list[Line]]:
    able = [n for n, line in enumerate(lines) if line.body is not None and line.kind not in DULL]
    at = chance.choice(able)
    content = chain.parse(lines[at].body or "")
    places = list(_places(content))
    if chance.random() < 0.9:
        places = [place for place in places if LOOKED_AT & {str(name) for name in place}] or places
    *way, name = chance.choice(places)
    inside: Any = content
    for step in way:
        inside = inside[step]
    if name == "+":
        inside["zz"] = 1
    elif isinstance(inside, dict) and chance.random() < 0.1:
        del inside[name]
    else:
        inside[name] = _other(inside[name], chance)
    lines[at] = replace(lines[at], body=chain.canonical(content))
    return f"{'.'.join(map(str, [*way, name]))} of entry {at + 1}, {lines[at].kind}", lines


def _places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key in value:
            yield from _places(value[key], (*way, key))
        yield (*way, "+")
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _places(part, (*way, n))
        if way:
            yield way
    else:
        yield way


def _other(value: Any, chance: random.Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return chance.choice((value + 1, value - 1, 0, -value, str(value), None, True, value == 1))
    if isinstance(value, str):
        return chance.choice(
            (value + "x", value[:-1], "", None, 7, value.upper(), "=" + value, value + "\u2028", [value])
        )
    if isinstance(value, list):
        return chance.choice((value[:-1], value + copy.deepcopy(value[:1]), value[::-1], None, {}))
    return chance.choice(("x", 1, {}))


def _named(lines: list[Line], chance: random.Random) -> tuple[str, list[Line]]:
    changes = {**SOUND, **{name: change for name, (change, *_) in DAMAGES.items()}}
    name = chance.choice(sorted(changes))
    try:
        return name, changes[name](lines)
    except StopIteration:  # the book has no slip, or no month, that it could be done to
        return "as it is", lines


def exit_code(folder: Path) -> int:
    """What the verifier answers with."""
    try:
        book, _ = VERIFY.verify(folder)
    except (VERIFY.Unverifiable, OSError):
        return int(VERIFY.UNVERIFIED)
    return int(VERIFY.WRONG if book.findings else VERIFY.SOUND)
