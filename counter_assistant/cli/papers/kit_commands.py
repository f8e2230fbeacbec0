"""命令行的 kit：停电备用单，印一套，照纸补录，作废，列出还在外面的.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import time
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.domain.papers.numbering import series_span
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_time
from counter_assistant.operations.archive.reprint_and_void import paper_folder, save_paper
from counter_assistant.operations.kit import kits, printing
from counter_assistant.operations.kit.kits import BlankState, KnownBlank
from counter_assistant.operations.kit.recording import FromPaper, record_blank
from counter_assistant.operations.office import Office
from counter_assistant.paths import named_folder


def print_(options: Namespace) -> None:
    """Prints a new kit into a folder; with `--again` the sheets of the newest one once more, under the same numbers.

    Raises:
        Refusal: `no-kit`.
    """
    with open_named(options) as office:
        folder = paper_folder(named_folder(options.out, "--out"))
        kit = kits.newest_out(office) if options.again else printing.print_kit(office, options.each)
        if kit is None:
            raise Refusal("no-kit", "没有还在外面的停电备用单。", "请不加 --again，印新的一套。")
        numbers = [blank.number for blank in kit.printed.blanks]
        span = series_span(numbers[0], numbers[-1])
        path = path_in_words(save_paper(printing.pdf_of_kit(office, kit), folder, f"停电备用单 {span}"))
    done = f"停电备用单 {span}，共 {len(numbers)} 份：{path}"
    value = {
        "first": numbers[0],
        "last": numbers[-1],
        "blanks": len(numbers),
        "check_code": kit.entry.check_code,
        "pdf": path,
    }
    answer(options, value, [done], done)


def record(options: Namespace) -> None:
    """Records a blank that was given out."""
    with open_named(options) as office:
        day = options.day or office.today()
        texts = (
            options.name,
            options.phone,
            options.agent,
            options.relation,
            options.situation,
            options.ticked,
            options.clerk,
        )
        issued = record_blank(office, FromPaper(options.number, day, options.hour, *texts))
    done = f"已补录：{issued.number}，台账第 {issued.entry.seq} 条。"
    answer(options, {"number": issued.number, "entry": issued.entry.seq, "again": issued.again}, [done], done)


def void(options: Namespace) -> None:
    """Voids blanks: those that are named, or with `--all` every one that is out.

    Raises:
        Refusal: `kit-nothing-named`.
    """
    if bool(options.numbers) == options.all:
        raise Refusal(
            "kit-nothing-named", "没有写明作废哪几份，或者既写了编号又写了 --all。", "请写编号，或者只写 --all。"
        )
    with open_named(options) as office:
        act = printing.void_all if options.all else _void_named(options.numbers)
        numbers = act(office, options.reason)
    done = f"已作废 {len(numbers)} 份：{'、'.join(numbers)}。" if numbers else "没有要作废的。"
    answer(options, {"voided": list(numbers)}, [done], done if numbers else "")


def _void_named(numbers: list[str]) -> Callable[[Office, str], tuple[str, ...]]:
    return lambda office, reason: printing.void_blanks(office, numbers, reason)


def list_(options: Namespace) -> None:
    """Lists the blanks that are out; with `--all` the others too."""
    with open_named(options) as office:
        known = [
            one for one in kits.known_blanks(office, every=options.all) if options.all or one.state is BlankState.OUT
        ]
        stale = {(each.item, each.numbers) for each in kits.outdated(office)}
    old = [(one.blank.of.item, one.blank.of.numbers) in stale and one.state is BlankState.OUT for one in known]
    text = [f"{_in_words(one)}{'　要换新的' if out else ''}" for one, out in zip(known, old, strict=True)]
    value = [
        {"number": one.number, "item": one.blank.of.item, "state": one.state.value, "outdated": out}
        for one, out in zip(known, old, strict=True)
    ]
    answer(options, value, text or ["没有还在外面的停电备用单。"])


def _in_words(one: KnownBlank) -> str:
    return f"{one.number}　{one.blank.of.item_name}　{one.state.label}"


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any, day: Any, parser: Any) -> None:
    """Adds `kit`; `command` makes one with the options that all have, `words` and `day` read a text and a day."""
    kit = subparsers.add_parser("kit", help="停电备用单：印一套、补录、作废、列出")
    acts = kit.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser)
    made = command(acts, "print", print_, "印一套停电备用单，存成 PDF；号不再给别的")
    made.add_argument("--out", required=True, metavar="DIR", help="PDF 存放的文件夹")
    made.add_argument("--each", type=int, default=printing.EACH, metavar="N", help="每个事项几份，默认 3")
    made.add_argument("--again", action="store_true", help="最近一套还在外面的再存一次，号不变")
    recorded = command(acts, "record", record, "照一份备用单上写的补录")
    recorded.add_argument("number", type=words, metavar="NUMBER", help="编号；只写号也行")
    recorded.add_argument("--hour", type=_hour, required=True, metavar="TIME", help="告知的时间，如 11:20")
    recorded.add_argument("--day", type=day, metavar="DATE", help="告知的日期，默认今天")
    recorded.add_argument("--name", type=words, required=True, metavar="TEXT", help="当事人姓名")
    for name, what in _WRITTEN.items():
        recorded.add_argument(f"--{name}", type=words, default="", metavar="TEXT", help=what)
    voided = command(acts, "void", void, "作废遗失、弄脏的，或者全部还在外面的")
    voided.add_argument("numbers", type=words, nargs="*", metavar="NUMBER", help="编号")
    voided.add_argument("--all", action="store_true", help="全部还在外面的")
    voided.add_argument("--reason", type=words, required=True, metavar="TEXT", help="作废原因")
    listed = command(acts, "list", list_, "列出还在外面的")
    listed.add_argument("--all", action="store_true", help="补录了的、作废了的也列出")


_WRITTEN = {
    "phone": "电话", "agent": "代办人姓名", "relation": "代办人与申请人的关系", "situation": "情形", "ticked": "打了√的行号，如 1,3",
    "clerk": "经办人工号或姓名，默认窗口上的",
}  # fmt: skip


def _hour(text: str) -> time:
    try:
        return read_time(text)
    except Refusal as refusal:
        raise ValueError(refusal.sentence) from None
