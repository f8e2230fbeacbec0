"""命令行 register handover：离岗一天以上的工作交接和返岗交回，列、看、出交接单、导出（守则 一(八)2、3）.

Each command raises what its operation refuses. What is recorded is read from a file or from standard input.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.cli.registers.complaint_commands import read_file
from counter_assistant.cli.registers.register_file import entry_number, texts_of
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.registers.handover.entries import Reason
from counter_assistant.domain.registers.handover.handover_forms import HANDOVER, HANDOVER_FORM, RETURN, RETURN_FORM
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import word
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.books import book_pdf, may_leave
from counter_assistant.operations.registers.handover import recording
from counter_assistant.operations.registers.handover.handover_book import (
    HandedOver,
    handover_book,
    handovers_listed,
    one_handover,
)
from counter_assistant.operations.registers.handover.sheets import sheet_of, sheet_pdf
from counter_assistant.printing.file import save_pdf
from counter_assistant.storage.spreadsheets.book_sheet import write_book

BACK = "withdraw"
"""Why a handover, or the return from it, is taken back."""


def add(options: Namespace) -> None:
    """Records what the file says: a handover, with `of` the return from one, with `of` and `withdraw` why it is taken back."""
    said = texts_of(read_file(options.file))
    with open_named(options) as office:
        clerk, of = said.pop("clerk", ""), said.pop("of", "")
        if not of:
            seq = recording.hand_over(office, said, clerk=clerk).seq
        elif BACK in said and len(said) == 1:
            seq = one_handover(office, entry_number(of)).seq
            keeping.take_back(office, keeping.line_of(office, RegisterKind.ABSENCE, seq), said[BACK], clerk=clerk)
        else:
            seq = entry_number(of)
            recording.hand_back(office, seq, said, clerk=clerk)
        made = one_handover(office, seq)
        names = office.profile
    answer(options, _in_json(made), [_line(made, names)], done=f"已登记，第 {seq} 条。")


def list_(options: Namespace) -> None:
    """Lists the handovers, the newest first; with `--waiting` those that nobody has returned from."""
    with open_named(options) as office:
        found, names = handovers_listed(office, waiting=options.waiting), office.profile
    text = [_line(each, names) for each in found] or ["没有工作交接。"]
    answer(options, {"handovers": [_in_json(each) for each in found]}, text)


def show(options: Namespace) -> None:
    """Shows a handover whole, and the return from it, as their sheets say it."""
    with open_named(options) as office:
        found = one_handover(office, entry_number(options.number))
        sheets = [sheet_of(office, seq).lines() for seq in (found.seq, found.returned) if seq]
    value = _in_json(found) | {"sheets": sheets}
    answer(options, value, [line for lines in sheets for line in lines if line.strip()])


def sheet(options: Namespace) -> None:
    """Writes the sheets of a handover as a PDF, three copies; those of the return once there is one."""
    with open_named(options) as office:
        found = one_handover(office, entry_number(options.number))
        save_pdf(sheet_pdf(office, found.returned or found.seq), options.file)
    value = {"entry": found.seq, "file": path_in_words(options.file), "returned": bool(found.returned)}
    name = "返岗交回单" if found.returned else "工作交接单"
    answer(options, value, [f"AB 角{name}，一式三份，存到 {value['file']}。"], done="文件已经写好。")


def export(options: Namespace) -> None:
    """Writes the book of the handovers: a spreadsheet, or a PDF where the file is called so."""
    with open_named(options) as office:
        book = handover_book(office, waiting=options.waiting)
        if options.file.suffix.lower() == ".pdf":
            made = book_pdf(office, book)
        else:
            may_leave(office)
            made = write_book(book)
        save_pdf(made, options.file)
    value = {"file": path_in_words(options.file), "lines": len(book.rows)}
    answer(options, value, [f"{book.title} {len(book.rows)} 条，存到 {value['file']}。"], done="文件已经写好。")


def add_commands(kinds: Any, command: Callable[..., Any], words: Any, parser_class: type[Any]) -> None:
    """Adds these commands; `command` makes one with the options that all have, `words` reads texts."""
    one = kinds.add_parser("handover", help="AB 角工作交接登记簿（守则 一(八)2、3）")
    acts = one.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
    added = command(acts, "add", add, f"登记{HANDOVER}；写了 of 的，登记从那一条{RETURN}")
    fields, back = ("、".join(f"{field.name} {field.label}" for field in form) for form in (HANDOVER_FORM, RETURN_FORM))
    added.add_argument(
        "file",
        type=Path,
        metavar="FILE.json",
        help=f"要记的内容；- 从标准输入读。栏目：{fields}。返岗：of 第几条、{back}。撤销：of、withdraw 理由",
    )
    for name, run, what in (
        ("list", list_, "列出工作交接，新的在前"),
        ("export", export, "存成电子表格，文件名以 .pdf 结尾的存成可打印的登记簿"),
    ):
        made = command(acts, name, run, what)
        if run is export:
            made.add_argument("file", type=Path, metavar="FILE.xlsx", help="存到哪里")
        made.add_argument("--waiting", action="store_true", help="只看还没有交回的")
    shown = command(acts, "show", show, "看一次交接的全部")
    printed = command(acts, "sheet", sheet, "交接单（交回以后是返岗交回单）的 PDF，一式三份")
    for made in (shown, printed):
        made.add_argument("number", type=words, metavar="ENTRY", help="第几条记录，list 里有")
    printed.add_argument("file", type=Path, metavar="FILE.pdf", help="存到哪里")


def _in_json(made: HandedOver) -> dict[str, Any]:
    said = made.said
    return {
        "entry": made.seq, "time": made.time.isoformat(), "who": said.who, "receiver": said.receiver, "witness": said.witness,
        "since": said.since, "until": said.until, "back": said.back, "reason": said.reason, "cases": len(said.cases),
        "waiting": len(said.lines), "state": made.state.value, "returned": made.returned or None,
    }  # fmt: skip


def _line(made: HandedOver, profile: OfficeProfile) -> str:
    names, said = profile.clerk_names, made.said
    people = f"{names.get(said.who, said.who)}交{names.get(said.receiver, said.receiver)}"
    days, cases = f"{said.since}至{said.until}", f"在办件 {len(said.cases)} 件"
    return listed((str(made.seq), people, days, word(Reason, said.reason), cases, made.state.label), "　")
