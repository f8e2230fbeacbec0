"""核对目录文件和用语文件：逐个读入，逐个核对，每处毛病说清是哪个文件、哪个位置、什么问题。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from counter_assistant.domain.catalogue.checks.check import check_item, check_texts
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.forbidden_check import check_forbidden
from counter_assistant.storage.content.catalogue_files import read_catalogue
from counter_assistant.storage.content.item_files import Shared, read_item
from counter_assistant.storage.content.phrase_files import FORBIDDEN_FILE, read_forbidden_phrases, read_phrases

Texts = dict[Path, ServiceItem]


def faults(resources: Path, *, warnings: bool = False) -> list[str]:
    """Every fault of the catalogue under `resources`, a sentence each; with `warnings` what is only odd as well."""
    try:
        catalogue = read_catalogue(resources)
    except Refusal as refusal:
        return [refusal.sentence]
    shared = Shared(dict(catalogue.questions), resources / "catalogue" / "shared")
    texts, broken = _read_all(resources / "catalogue" / "items", shared)
    catalogue = replace(catalogue, items=_by_id(texts))
    found = [(path.name, fault) for path, item in texts.items() for fault in _of_file(path, item, catalogue)]
    found += [(_names(texts, item_id), f) for item_id, same in catalogue.items.items() for f in check_texts(same)]
    return broken + [f"目录文件 {name} 的 {fault}。" for name, fault in found if warnings or not fault.warning]


def phrase_faults(folder: Path) -> list[str]:
    """Every fault of the files of phrases in a folder, a sentence each."""
    try:
        approved, forbidden = read_phrases(folder), read_forbidden_phrases(folder)
    except Refusal as refusal:
        return [refusal.sentence]
    return [f"目录文件 {FORBIDDEN_FILE} 的 {fault}。" for fault in check_forbidden(forbidden, approved)]


def _read_all(folder: Path, shared: Shared) -> tuple[Texts, list[str]]:
    """What can be read, and a sentence for each file that cannot."""
    texts: Texts = {}
    broken: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            texts[path] = read_item(path, shared)
        except Refusal as refusal:
            broken.append(refusal.sentence)
    return texts, list(dict.fromkeys(broken))


def _by_id(texts: Texts) -> dict[str, tuple[ServiceItem, ...]]:
    found: dict[str, tuple[ServiceItem, ...]] = {}
    for item in texts.values():
        found[item.id] = (*found.get(item.id, ()), item)
    return found


def _names(texts: Texts, item_id: str) -> str:
    return "、".join(path.name for path, item in texts.items() if item.id == item_id)


def _of_file(path: Path, item: ServiceItem, catalogue: Catalogue) -> Iterator[Fault]:
    """The faults of a text, and of its file's name, which must say whose text it is: B08.toml, B08-until-2026-09-19.toml."""
    item_id, _, until = path.stem.partition("-until-")
    if item_id != item.id:
        yield Fault("id", f"写的是“{item.id}”，与文件名不符")
    if until != (item.effective_to.isoformat() if item.effective_to else ""):
        yield Fault("effective_to", "与文件名不符：有截止日期的文本，文件名要写成“编码-until-日期.toml”")
    yield from check_item(item, catalogue)
