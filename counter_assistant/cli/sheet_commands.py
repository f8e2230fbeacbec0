"""命令行的 content export 和 import：核定表出去，填好的先看改了什么，再记进这一稿."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.approval_sheet import Reading
from counter_assistant.operations.catalogue.revising import begin_revising
from counter_assistant.operations.catalogue.sheets import export_sheet, read_filled_in, take_rows, whole_sheet


def export(options: Namespace) -> None:
    """Writes what is to be confirmed, and what the revision answered already, as a sheet."""
    with open_named(options) as office:
        revising = begin_revising(office)
        rows = export_sheet(office, revising, options.file)
        still = len(revising.open)
    path = path_in_words(options.file)
    done = f"已存为 {path}：{rows} 行，待核定的 {still} 行，已经答过的 {rows - still} 行。"
    answer(options, {"file": path, "rows": rows, "open": still, "answered": rows - still}, [done], done)


def import_(options: Namespace) -> None:
    """Says what a sheet that was filled in would change; with `--take` takes all of it into the revision, or nothing.

    Raises:
        Refusal: `sheet-faulty`, after the report, so that the exit code is 1.
    """
    file: Path = options.file
    with open_named(options) as office:
        revising = begin_revising(office)
        readings = read_filled_in(office, revising, file)
        good = not any(reading.refusal for reading in readings)
        taken = take_rows(revising, readings, file.name) if options.take and good and readings else 0
    value = {
        "taken": taken,
        "rows": [_row(reading) for reading in readings if reading.verdict],
        "faults": [_fault(reading) for reading in readings if reading.refusal],
    }
    answer(options, value, _text(readings, taken), f"已记进这一稿 {taken} 处。" if taken else "")
    whole_sheet(readings)


def _text(readings: list[Reading], taken: int) -> list[str]:
    faults = [f"第 {reading.row.number} 行　不能导入：{reading.refusal}" for reading in readings if reading.refusal]
    lines = [_line(reading) for reading in readings if reading.verdict]
    if not readings:
        return ["没有新填的行：没有填结论，或者都已经记过了。"]
    if taken:
        return [*lines, f"{taken} 处已记进这一稿。"]
    return [*faults, *lines, *([] if faults else ["还没有记。要记进这一稿，请加 --take。"])]


def _line(reading: Reading) -> str:
    row = reading.row
    said = f"{row.answer}　{row.words}{f' → {row.new}' if row.new else ''}"
    return f"第 {row.number} 行　{said}　{row.items}　〔{listed((row.document, row.clause, row.day), '，')}〕"


def _row(reading: Reading) -> dict[str, Any]:
    row, verdict = reading.row, reading.verdict
    assert verdict is not None
    day = verdict.source.day
    return {
        "line": row.number, "id": row.id, "part": verdict.statement.part.value, "items": list(verdict.items),
        "words": row.words, "answer": verdict.answer.value, "new": verdict.words, "document": verdict.source.document,
        "clause": verdict.source.clause, "day": day.isoformat() if day else None,
    }  # fmt: skip


def _fault(reading: Reading) -> dict[str, Any]:
    refusal = reading.refusal
    assert refusal is not None
    return {
        "line": reading.row.number, "id": reading.row.id, "words": reading.row.words, "code": refusal.code,
        "fault": refusal.sentence, "remedy": refusal.remedy,
    }  # fmt: skip
