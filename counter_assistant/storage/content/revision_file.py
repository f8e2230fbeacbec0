"""正在改的一稿：放在数据文件夹里，改一步写一次，下次接着改；批准或者放弃以后就没有了.

An edited text is kept whole the first time, and from then on as what differs from the text that was edited before
(`storage/content/json_changes.py`): an item has some ten thousand letters, and a person changes a few of them. The act itself holds the
whole text, and what an earlier version wrote, every text whole, is read all the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import BrokenContent
from counter_assistant.domain.revision.revision import Act, Revision, TextEdited, act_to_json
from counter_assistant.files import read_plain, reason_of, write_atomic
from counter_assistant.storage.content.json_changes import changed, changes

NAME = "revision.json"


class ActTexts:
    """The acts of a revision as they are written, each put into words once: the revision is written whole after every act."""

    def __init__(self) -> None:
        self._written: list[tuple[Act, str]] = []

    def know(self, acts: Sequence[Act], written: Sequence[Any]) -> None:
        """Takes the acts as they are written in a file, so that they are not put into words anew."""
        self._written = [(act, _text(value)) for act, value in zip(acts, written, strict=True)]

    def of(self, acts: Sequence[Act]) -> list[str]:
        """The texts of the acts; those of the acts that they begin with in common with the last time are known."""
        known = takewhile(lambda pair: pair[0] is pair[1][0], zip(acts, self._written, strict=False))
        same = [written for _, written in known]
        before = {act.text.id: act for act, _ in same if isinstance(act, TextEdited)}
        self._written = same
        for act in acts[len(same) :]:
            self._written.append((act, _act_text(act, before)))
        return [text for _, text in self._written]


def read_revision(folder: Path, texts: ActTexts | None = None) -> Revision | None:
    """The revision that is being worked on; None where none was begun. `texts` know from then on how its acts are written.

    Raises:
        Refusal: `broken-revision`: the file is there and cannot be read.
    """
    path = folder / NAME
    try:
        written = json.loads(read_plain(path))
        revision = revision_from(written)
        if texts:
            texts.know(revision.acts, written["acts"])
        return revision
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, Refusal) as error:
        why = reason_of(error) if isinstance(error, OSError) else "内容损坏"
        raise Refusal(
            "broken-revision",
            f"正在改的一稿 {NAME} 无法读取（{why}）。",
            "请把这个文件移到别处，再打开核定；原来的目录不受影响。",
        ) from error


def revision_from(written: Any) -> Revision:
    """The revision that stands in the JSON value of a file.

    Raises:
        Refusal: `broken-content`.
    """
    if isinstance(written, dict) and isinstance(acts := written.get("acts"), list):
        return Revision.from_json({**written, "acts": _whole(acts)})
    return Revision.from_json(written)


def _whole(acts: Sequence[Any]) -> list[Any]:
    """The acts as the revision reads them, every text whole."""
    found, texts = list[Any](), dict[Any, Any]()
    for i, written in enumerate(acts, 1):
        act = written
        match written:
            case {"act": "text", "item": str(item), "changes": changes, **rest} if not rest:
                if item not in texts:
                    raise BrokenContent(f"acts[{i}].item", f"“{item}”前面没有它的文本")
                try:
                    texts[item] = changed(texts[item], changes)
                except ValueError as error:
                    raise BrokenContent(f"acts[{i}].changes", "改动写得不对") from error
                act = {"act": "text", "text": texts[item]}
            case {"act": "text", "text": {"id": str(item)} as text}:
                texts[item] = text
            case _:
                pass
        found.append(act)
    return found


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
        return len(json.loads(read_plain(folder / NAME))["acts"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return 0


def _act_text(act: Act, before: dict[str, TextEdited]) -> str:
    """An act as it is written; `before` are the texts that were edited before it, and afterwards that of this one, too."""
    whole = act_to_json(act)
    if not isinstance(act, TextEdited):
        return _text(whole)
    known = before.get(act.text.id)
    before[act.text.id] = act
    if known is None:
        return _text(whole)
    differing = list(changes(act_to_json(known)["text"], whole["text"]))
    return _text({"act": whole["act"], "item": act.text.id, "changes": differing})


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
