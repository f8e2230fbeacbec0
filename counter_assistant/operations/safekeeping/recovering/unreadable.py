"""有备份，但这个用户没有权限读：是谁的，在哪里，请管理员怎样给这个用户."""

from __future__ import annotations

import getpass
import os
import shlex
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.safekeeping.backup_folder import BOOK, FOLDER_NAME, MANIFEST, OF_A_BOOK
from counter_assistant.volumes import folders_in

NOT_OURS = frozenset(("lost+found", "System Volume Information", "$RECYCLE.BIN"))
"""What a system keeps on a disk for itself, which nobody else reads."""
JOURNALS = "journal-*.jsonl"


def require_readable(*places: Path) -> None:
    """Asks whether this user may read what lies in places: of a folder the copies and journals in it, or a file.

    Raises:
        Refusal: `copy-unreadable`, which says whose it is and what an administrator does.
    """
    if refusal := unreadable_in(places):
        raise refusal


def unreadable_in(places: Iterable[Path]) -> Refusal | None:
    """The refusal of the first copy or journal in places that this user may not read; None where there is none."""
    found = next((path for place in places for path in _unreadable(place)), None)
    if found is None:
        return None
    copy = found.name.startswith(OF_A_BOOK) or FOLDER_NAME.fullmatch(found.name) or not _is_folder(found)
    said = f"这个用户没有权限读：{found}（属于{_owner(found)}）"
    return Refusal(
        "copy-unreadable",
        f"有备份，但{said}。" if copy else f"{said}，里面有没有备份看不到。",
        f"请由原来的用户读，或者请管理员在终端里办 sudo chown -R {getpass.getuser()} {shlex.quote(str(found))} ，把它给这个用户，再试。",
    )


def _unreadable(place: Path) -> Iterator[Path]:
    """What of a place cannot be read, the outermost first."""
    if not _is_there(place):
        return
    if not _is_folder(place):
        if not os.access(place, os.R_OK):
            yield place
        return
    for folder in folders_in(place):
        if not os.access(folder, os.R_OK | os.X_OK):
            if folder.name not in NOT_OURS and not folder.name.startswith("."):
                yield folder
            continue
        with suppress(OSError):
            files = [folder / MANIFEST, folder / BOOK, *sorted(folder.glob(JOURNALS))]
            yield from (path for path in files if path.is_file() and not os.access(path, os.R_OK))


def _is_there(place: Path) -> bool:
    """Whether there is something, also where only its name can be seen, or a folder above it may not be entered."""
    try:
        place.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


def _owner(path: Path) -> str:
    """罗 or 用户号 1001: whose something is; of what is in a folder that may not be entered, whose that is."""
    for each in (path, *path.parents):
        with suppress(OSError):
            number = each.stat().st_uid
            with suppress(KeyError, NotImplementedError):
                return each.owner()
            return f"用户号 {number}"
    return "别的用户"
