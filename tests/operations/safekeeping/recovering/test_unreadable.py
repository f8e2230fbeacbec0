"""What another user's file system lets nobody else read is said to be there, with whose it is and what an administrator does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.operations.safekeeping.recovering.unreadable import require_readable, unreadable_in
from counter_assistant.paths import BOOK_NAME
from tests.places import ROOT

SOMEBODY = 54321
"""A user's number that this machine has no name for."""
ASKED = """
import getpass, json, os, pwd, sys
from pathlib import Path
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.safekeeping.recovering.candidates import carried, chosen
from counter_assistant.operations.safekeeping.restore_sources import Lines, copy_at, require_room
os.setgroups([]); os.setgid({0}); os.setuid({0}); os.environ["LOGNAME"] = "mangshi"
stick, told = Path(sys.argv[1]), dict()
told["found"] = str(carried([(stick, "U")]).unread or "")
for name, ask in {{
    "chosen": lambda path: chosen(path), "command": lambda path: copy_at(path, Path("/nowhere")),
    "lines": lambda path: require_room(Path("/tmp"), None, [Lines(path, is_journal=True)]),
}}.items():
    for path in sys.argv[2:]:
        try:
            ask(Path(path))
        except Refusal as refusal:
            told[f"{{name}} {{Path(path).name}}"] = refusal.code
        except OSError as error:
            told[f"{{name}} {{Path(path).name}}"] = repr(error)
print(json.dumps(told))
"""


@pytest.fixture
def stick() -> Iterator[Path]:
    """A stick that anybody may enter."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def asked_as_somebody_else(stick: Path, *paths: Path) -> dict[str, str]:
    """What is said to a user of another number, who asks in every way."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(SOMEBODY), stick, *paths],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


@pytest.mark.root
def test_a_folder_of_another_user_is_not_called_missing(stick: Path) -> None:
    """GIVEN a stick's folder of copies that only its user may enter WHEN another user looks, chooses it, or names it THEN each says that it
    may not be read, whose it is and what gives it to this user."""
    place = stick / "counter-assistant-0123456789ab"
    copy = place / "20261123-104200"
    copy.mkdir(parents=True)
    (copy / BOOK_NAME).write_bytes(b"x")
    place.chmod(0o700)
    told = asked_as_somebody_else(stick, place, copy, copy / BOOK_NAME)
    assert told.pop("found") == (
        f"有备份，但这个用户没有权限读：{place}（属于root）。"
        f"请由原来的用户读，或者请管理员在终端里办 sudo chown -R mangshi {place} ，把它给这个用户，再试。"
    )
    assert len(told) == 9
    assert set(told.values()) == {"copy-unreadable"}


@pytest.mark.root
def test_a_journal_and_a_book_of_another_user_are_told_too(stick: Path) -> None:
    """GIVEN files of mode 0600 in folders that anybody may enter WHEN another user looks THEN the first of them is named."""
    data = stick / "data"
    data.mkdir(mode=0o755)
    book, journal = data / BOOK_NAME, stick / "journal-0123456789ab.jsonl"
    for file in (book, journal):
        file.write_bytes(b"x")
        file.chmod(0o600)
        os.chown(file, SOMEBODY + 1, SOMEBODY + 1)
    told = asked_as_somebody_else(stick, data, book, journal)
    assert told.pop("found").startswith(f"有备份，但这个用户没有权限读：{journal}（属于用户号 {SOMEBODY + 1}）。")
    assert set(told.values()) == {"copy-unreadable"}


@pytest.mark.root
def test_what_may_hold_copies_and_what_the_system_keeps_for_itself(stick: Path) -> None:
    """GIVEN a folder of any name that may not be entered, and lost+found THEN of the first it is said that nobody sees what is in it, and
    the other is passed over."""
    for name in ("lost+found", ".Trash-0"):
        (stick / name).mkdir(mode=0o700)
    assert asked_as_somebody_else(stick) == {"found": ""}
    (stick / "流水").mkdir(mode=0o700)
    assert asked_as_somebody_else(stick)["found"].startswith(
        f"这个用户没有权限读：{stick / '流水'}（属于root），里面有没有备份看不到。"
    )


def test_what_can_be_read_and_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / BOOK_NAME).write_bytes(b"x")
    assert unreadable_in([tmp_path, tmp_path / BOOK_NAME, tmp_path / "none", tmp_path / "no\0name"]) is None
    require_readable(tmp_path, tmp_path / "none")
