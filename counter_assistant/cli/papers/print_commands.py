"""命令行的 unprinted：没有打出来的文书，列出来，打印，注明已经打出.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.cli.office import open_named
from counter_assistant.domain.papers.print_state import PaperPrint, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.unprinted import sheets_of, to_print
from counter_assistant.operations.office import Office
from counter_assistant.printing import printers
from counter_assistant.printing.jobs import Asked

FOLLOWED_S, BETWEEN_S = 20.0, 0.5


def list_(options: Namespace) -> None:
    """Lists the slips of which no copy is known to have come out; the jobs of those that are on their way are asked about before."""
    with open_named(options) as office:
        _follow(office)
        found = office.prints.unprinted()
    text = [f"{one.row.number}　{one.row.applicant}　{one.paper.in_words}" for one in found]
    answer(options, [_in_json(one.paper) for one in found], text or ["都打出来了。"])


def print_(options: Namespace) -> None:
    """Prints them, or those that are named; what may still come out only with `--again`.

    Raises:
        Refusal: `not-unprinted`, `may-come-out`; what the system refuses, after those before it were sent.
    """
    with open_named(options) as office:
        _follow(office)
        papers = _wanted(office, options.numbers, again=options.again)
        for paper in papers:
            _send(office, paper, options.printer)
        _wait(office, papers)
        left = [office.prints.of(paper.number) for paper in papers]
    value = [
        {"number": paper.number, "printed": now is None, "left": _in_json(now) if now else None}
        for paper, now in zip(papers, left, strict=True)
    ]
    text = [f"{paper.number}　{now.in_words if now else '已打出。'}" for paper, now in zip(papers, left, strict=True)]
    answer(options, value, text or ["没有要打印的。"], done="　".join(text))


def done(options: Namespace) -> None:
    """Notes that slips did come out.

    Raises:
        Refusal: `not-unprinted`.
    """
    with open_named(options) as office:
        papers = _wanted(office, options.numbers, again=True)
        office.prints.settle(paper.number for paper in papers)
    numbers = [paper.number for paper in papers]
    text = f"已注明打出：{'、'.join(numbers)}。"
    answer(options, {"done": numbers}, [text], done=text)


def _wanted(office: Office, numbers: Sequence[str], *, again: bool) -> list[PaperPrint]:
    unprinted = {one.paper.number: one.paper for one in office.prints.unprinted()}
    for number in numbers:
        if number not in unprinted:
            raise Refusal(
                "not-unprinted",
                f"{number} 不在未打印的文书里。",
                "请用 unprinted list 看有哪些；补打请用 archive reprint。",
            )
        if unprinted[number].may_come_out and not again:
            raise Refusal("may-come-out", unprinted[number].in_words.rstrip("。") + "。", "确实要重送，请加 --again。")
    return [unprinted[number] for number in (numbers or to_print(office).send)]


def _send(office: Office, paper: PaperPrint, printer: str) -> None:
    """Sends a paper, unless the job that it takes the place of was quicker."""
    pdf = sheets_of(office, paper)
    if paper.job and paper.may_come_out:
        ended = printers.take_back(Asked(paper.number, paper.printer, paper.job))
        if ended.report.state is PrintState.OUT:
            office.prints.settle([paper.number])
            return
    office.prints.begin(paper.number, paper.sheet)
    try:
        job = printers.print_pdf(pdf, paper.number, printer or None)
    except Refusal as refusal:
        office.prints.refused(paper.number, refusal)
        raise
    office.prints.sent(paper.number, job)


def _wait(office: Office, papers: Sequence[PaperPrint]) -> None:
    """Until each is at its end, or stands still, or long enough."""
    until = monotonic() + FOLLOWED_S
    while monotonic() < until:
        now = [office.prints.of(paper.number) for paper in papers]
        if not any(paper and paper.is_open and paper.state is not PrintState.HELD for paper in now):
            return
        sleep(BETWEEN_S)
        _follow(office)


def _follow(office: Office) -> None:
    """Asks about the jobs that are on their way; a system that does not answer changes nothing."""
    if asked := office.prints.asked():
        try:
            office.prints.told(printers.look(asked)[1])
        except Refusal:
            return


def _in_json(paper: PaperPrint) -> dict[str, Any]:
    return {
        "number": paper.number, "state": paper.state.value, "trouble": paper.trouble, "printer": paper.printer,
        "job": paper.job or None, "at": paper.at, "tries": paper.tries, "may_come_out": paper.may_come_out,
    }  # fmt: skip


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any, parser: Any) -> None:
    """Adds `unprinted`; `command` makes one with the options that all have, `words` reads a text."""
    unprinted = subparsers.add_parser("unprinted", help="没有打出来的文书：列出、打印、注明已打出")
    acts = unprinted.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser)
    command(acts, "list", list_, "列出没有打出来的文书")
    made = command(acts, "print", print_, "打印没有打出来的文书；可能还会打出来的不重送")
    made.add_argument("numbers", type=words, nargs="*", metavar="NUMBER", help="只打这几份")
    made.add_argument("--again", action="store_true", help="可能还会打出来的也撤下任务重送")
    made.add_argument("--printer", type=words, default="", metavar="NAME", help="打印机，默认系统的默认打印机")
    noted = command(acts, "done", done, "注明这几份已经打出来了")
    noted.add_argument("numbers", type=words, nargs="+", metavar="NUMBER", help="编号")
