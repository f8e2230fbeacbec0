"""命令行 register：各本登记簿的记、列、看；投诉登记另有一组命令（complaint_commands.py）.

Each command raises what its operation refuses. What is recorded is read from a file or from standard input, never from an argument,
which other users can see.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.cli.registers import complaint_commands, handover_commands
from counter_assistant.cli.registers.complaint_commands import read_file
from counter_assistant.cli.registers.register_file import entry_number, texts_of
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_forms import ANSWERS, FORMS
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.book_rows import in_words
from counter_assistant.operations.registers.books import MOST_PRINTED, book_pdf, book_sheet, register_book
from counter_assistant.printing.file import save_pdf
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery

ANSWER, BACK = ("text", "to", "posted", "document"), "withdraw"
"""What may be said of a line that is there: what came of it, or why it is taken back."""
OF_RATING = tuple(field.name for field in ANSWERS[RegisterKind.RATING])


def add(kind: RegisterKind, options: Namespace) -> None:
    """Records what the file says: a new line, with `of` what came of one, with `of` and `withdraw` why it is taken back."""
    content = read_file(options.file)
    with open_named(options) as office:
        said = texts_of(content)
        clerk, of = said.pop("clerk", ""), said.pop("of", "")
        if of:
            line = _settle(office, keeping.line_of(office, kind, entry_number(of)), said, clerk)
            value, text = _in_json(line), f"{kind.label}第 {line.seq} 条：{line.in_words}。"
        else:
            entry = keeping.record(office, kind, said, clerk=clerk)
            value, text = _in_json(keeping.line_of(office, kind, entry.seq)), f"已登记，第 {entry.seq} 条。"
    answer(options, value, [text], done=text)


def list_(kind: RegisterKind, options: Namespace) -> None:
    """Lists the lines of a register, the newest first; with `--waiting` only those that wait, by the day on which they press."""
    query = RegisterQuery((kind,), options.waiting, options.first, options.last, options.text)
    with open_named(options) as office:
        lines = keeping.lines_of(office).found(query, limit=None)
        names = office.profile.clerk_names
        text = [_line(line, names) for line in lines] or [f"{kind.book_title}里没有。"]
        value = {"kind": kind.value, "lines": [_in_json(line) for line in lines]}
    answer(options, value, text)


def show(kind: RegisterKind, options: Namespace) -> None:
    """Shows one line whole, under the heads of its printed book."""
    with open_named(options) as office:
        line = keeping.line_of(office, kind, entry_number(options.number))
        cells = in_words(office, line)
    answer(options, _in_json(line) | {"cells": dict(cells)}, [f"{head}：{said}" for head, said in cells])


def export(kind: RegisterKind, options: Namespace) -> None:
    """Writes the book of a register: a spreadsheet, or a PDF where the file is called so."""
    query = RegisterQuery((kind,), options.waiting, options.first, options.last, options.text)
    with open_named(options) as office:
        if options.file.suffix.lower() == ".pdf":
            made = book_pdf(office, register_book(office, query, MOST_PRINTED))
        else:
            made = book_sheet(office, query)
        count = keeping.lines_of(office).count(query)
        save_pdf(made, options.file)
    value = {"kind": kind.value, "file": path_in_words(options.file), "lines": count}
    answer(options, value, [f"{kind.book_title} {count} 条，存到 {value['file']}。"], done="文件已经写好。")


def add_commands(
    subparsers: Any, command: Callable[..., Any], words: Any, parser_class: type[Any], day: Callable[[str], Any]
) -> None:
    """Adds these commands; `command` makes one with the options that all have, `words` reads texts, `day` days."""
    register = subparsers.add_parser("register", help="登记簿：记、列、看、导出；投诉登记")
    kinds = register.add_subparsers(title="登记簿", required=True, metavar="登记簿", parser_class=parser_class)
    complaint_commands.add_commands(kinds, command, words, parser_class)
    handover_commands.add_commands(kinds, command, words, parser_class)
    for kind in RegisterKind:
        one = kinds.add_parser(kind.value, help=f"{kind.book_title}（{kind.source}）")
        acts = one.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
        if kind.by_hand or kind.settles:
            added = command(acts, "add", partial(add, kind), kind.typed_as or kind.settles)
            fields = "、".join(f"{field.name} {field.label}" for field in FORMS.get(kind, ()))
            added.add_argument(
                "file",
                type=Path,
                metavar="FILE.json",
                help=f"要记的内容；- 从标准输入读。{fields and f'栏目：{fields}'}",
            )
        listed_ = command(acts, "list", partial(list_, kind), f"列出{kind.book_title}，新的在前")
        _takes_query(listed_, words, day)
        exported = command(
            acts, "export", partial(export, kind), "存成电子表格，文件名以 .pdf 结尾的存成可打印的登记簿"
        )
        exported.add_argument("file", type=Path, metavar="FILE.xlsx", help="存到哪里")
        _takes_query(exported, words, day)
        shown = command(acts, "show", partial(show, kind), "看一条的全部")
        shown.add_argument("number", type=words, metavar="ENTRY", help="第几条记录，list 里有")


def _takes_query(command: Any, words: Any, day: Callable[[str], Any]) -> None:
    command.add_argument("text", type=words, nargs="?", default="", metavar="TEXT", help="姓名、首字母、事项、字句")
    command.add_argument("--from", dest="first", type=day, metavar="DATE", help="从哪天起登记的")
    command.add_argument("--to", dest="last", type=day, metavar="DATE", help="到哪天为止登记的")
    command.add_argument("--waiting", action="store_true", help="只看待办的，最急的在前")


def _settle(office: Office, line: RegisterLine, said: dict[str, str], clerk: str) -> RegisterLine:
    if BACK in said and len(said) == 1:
        return keeping.take_back(office, line, said[BACK], clerk=clerk)
    may_say = OF_RATING if line.kind is RegisterKind.RATING else ANSWER
    if other := sorted(said.keys() - set(may_say)):
        raise Refusal("unknown-field", f"登记结果里不认识“{other[0]}”这一项。", f"可以有：{'、'.join(may_say)}。")
    return keeping.settle(office, line, said, clerk=clerk)


def _in_json(line: RegisterLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value, "entry": line.seq, "time": line.time.isoformat(), "clerk": line.clerk, "line": line.line,
        "state": line.state.value, "waits": line.waits, "stage": line.stage.value if line.stage else None,
        "due": line.due.isoformat() if line.due else None, "void": line.void, "case": line.case or None,
        "settled": line.settled or None,
    }  # fmt: skip


def _line(line: RegisterLine, names: Mapping[str, str]) -> str:
    due = f"{line.due.isoformat()} 前" if line.due else ""
    who = names.get(line.clerk, line.clerk)
    return listed((str(line.seq), f"{line.time:%Y-%m-%d %H:%M}", line.line, line.in_words, due, who), "　")
