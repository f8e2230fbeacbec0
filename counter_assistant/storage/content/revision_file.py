"""正在改的一稿：放在数据文件夹里，改一步写一次，下次接着改；批准或者放弃以后就没有了."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Act, Revision, act_to_json
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
    except (OSError, ValueError, RecursionError, Refusal) as error:
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
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return 0


class ActTexts:
    """The acts of a revision as they are written, each put into words once: the revision is written whole after every act."""

    def __init__(self) -> None:
        self._written: list[tuple[Act, str]] = []

    def of(self, acts: Sequence[Act]) -> list[str]:
        """The texts of the acts; those of the acts that they begin with in common with the last time are known."""
        known = takewhile(lambda pair: pair[0] is pair[1][0], zip(acts, self._written, strict=False))
        same = [written for _, written in known]
        self._written = same + [(act, _text(act_to_json(act))) for act in acts[len(same) :]]
        return [text for _, text in self._written]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_revision(folder: Path, revision: Revision, texts: ActTexts | None = None) -> None:
    """Keeps the revision, whole, as it is now. `texts` are those that whoever writes it again and again holds.

    Raises:
        Refusal: `revision-unsaved`: it cannot be written; what was kept before is still there.
    """
    try:
        written = {key: _text(value) for key, value in replace(revision, acts=()).to_json().items()}
        written["acts"] = f"[{', '.join((texts or ActTexts()).of(revision.acts))}]"
        whole = ", ".join(f"{_text(key)}: {value}" for key, value in written.items())
        write_atomic(folder / NAME, f"{{{whole}}}".encode())
    except (OSError, ValueError) as error:
        raise Refusal(
            "revision-unsaved", f"这一步没有存下来：{reason_of(error)}。", "请检查磁盘，再做一次这一步。"
        ) from error


def drop_revision(folder: Path) -> None:
    """Forgets the revision: it was approved, or given up. One that is not there is no mistake."""
    (folder / NAME).unlink(missing_ok=True)
