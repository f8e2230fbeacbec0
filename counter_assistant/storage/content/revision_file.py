"""正在改的一稿：放在数据文件夹里，改一步写一次，下次接着改；批准或者放弃以后就没有了."""

from __future__ import annotations

import json
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Revision
from counter_assistant.files import reason_of, write_atomic

NAME = "revision.json"


def read_revision(folder: Path) -> Revision | None:
    """The revision that is being worked on; None where none was begun.

    Raises:
        Refusal: `broken-revision`: the file is there and cannot be read.
    """
    path = folder / NAME
    try:
        return Revision.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, Refusal) as error:
        why = reason_of(error) if isinstance(error, OSError) else "内容损坏"
        raise Refusal(
            "broken-revision",
            f"正在改的一稿 {NAME} 无法读取（{why}）。",
            "请把这个文件移到别处，再打开核定；原来的目录不受影响。",
        ) from error


def stamp_of(folder: Path) -> tuple[int, int] | None:
    """When the revision was last written and how long it is: another stamp, and somebody else wrote it. None without one."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def acts_kept(folder: Path) -> int:
    """How many acts the revision has that is being worked on; 0 without one, and where it cannot be read."""
    try:
        return len(json.loads((folder / NAME).read_text(encoding="utf-8"))["acts"])
    except (OSError, ValueError, TypeError, LookupError):
        return 0


def write_revision(folder: Path, revision: Revision) -> None:
    """Keeps the revision, whole, as it is now.

    Raises:
        Refusal: `revision-unsaved`: it cannot be written; what was kept before is still there.
    """
    try:
        write_atomic(folder / NAME, json.dumps(revision.to_json(), ensure_ascii=False).encode())
    except (OSError, ValueError) as error:
        raise Refusal(
            "revision-unsaved", f"这一步没有存下来：{reason_of(error)}。", "请检查磁盘，再做一次这一步。"
        ) from error


def drop_revision(folder: Path) -> None:
    """Forgets the revision: it was approved, or given up. One that is not there is no mistake."""
    (folder / NAME).unlink(missing_ok=True)
