"""典型来访的文件：`resources/catalogue/visits/` 里一个事项一个，随程序来，中心可以改."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.catalogue.items import Handling
from counter_assistant.domain.revision.visits import PAPERS, TypicalVisit
from counter_assistant.storage.content.source_tables import read_source
from counter_assistant.storage.content.strict_table import Table

Word = TypeVar("Word", bound=StrEnum)


def read_visits(folder: Path) -> tuple[TypicalVisit, ...]:
    """The visits of all files, item by item, in their order.

    Raises:
        ContentFault: a fault of a file.
    """
    return tuple(visit for path in sorted(folder.glob("*.toml")) for visit in _of_file(path))


def _of_file(path: Path) -> list[TypicalVisit]:
    table = Table.of_file(path)
    item = table.text("item")
    if path.stem != item:
        raise table.fault(f"写的是“{item}”，与文件名不符", "item")
    visits = [_visit(item, row) for row in table.tables("visit")]
    table.done()
    names = [visit.name for visit in visits]
    for name in names:
        if names.count(name) > 1:
            raise table.fault(f"“{name}”写了两次", "visit")
    return visits


def _visit(item: str, row: Table) -> TypicalVisit:
    paper = row.text("paper")
    if paper not in PAPERS:
        raise row.fault(f"“{paper}”不认识，可以是 {'、'.join(PAPERS)}", "paper")
    visit = TypicalVisit(
        item, row.text("name"), _answers(row.take("answers", dict), row), row.texts("required"), row.texts("maybe", []),
        row.texts("never", []), _word(Purpose, row, "purpose"), _word(Handling, row, "handling"), row.text("promised", ""),
        paper, None, read_source(row),
    )  # fmt: skip
    row.done()
    return visit


def _answers(given: Mapping[str, Any], row: Table) -> dict[str, str]:
    if not all(isinstance(code, str) for code in given.values()):
        raise row.fault("回答要写成编码", "answers")
    return dict(given)


def _word(kind: type[Word], row: Table, key: str) -> Word:
    said = row.text(key)
    if said not in list(kind):
        raise row.fault(f"“{said}”不认识，可以是 {'、'.join(kind)}", key)
    return kind(said)
