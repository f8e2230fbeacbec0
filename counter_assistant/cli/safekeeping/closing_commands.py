"""命令行 close 和 archive check、verify：结账，核对台账，验一份文书的真伪.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import named, open_named
from counter_assistant.domain.closing.closing_entry import Closed, Period
from counter_assistant.domain.closing.outside_head import Compared, OutsideHead, grouped, read_head
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of, write_atomic
from counter_assistant.operations.archive.certificates import certificates
from counter_assistant.operations.archive.reprint_and_void import paper_folder
from counter_assistant.operations.archive.verifying import verify
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.day_sheet import closing_pdf, lines_of_closing
from counter_assistant.operations.safekeeping import closing, witness
from counter_assistant.operations.safekeeping.recovering.comparing import heads_kept
from counter_assistant.storage.safekeeping.kept_heads import kept_outside


def close(options: Namespace) -> None:
    """Closes a day, a month or a year, and saves its sheet where a folder is named."""
    period = Period(options.period)
    with open_named(options) as office:
        folder = named(options.out, "--out")
        if folder:
            paper_folder(folder)
        name = period.name_of(options.date) if options.date else _usual(office, period)
        act = closing.find if options.again else partial(closing.close, clerk=options.clerk)
        closed, entry = act(office, period, name)
        text = lines_of_closing(office, closed, entry)
        path = _save(folder, closing_pdf(office, closed, entry), closed) if folder else None
        still_open = [stretch.day.isoformat() for stretch in closing.standing(office).open]
    value = _in_json(closed, entry) | {"pdf": path, "still_open": still_open}
    text += [f"PDF：{path}"] if path else []
    answer(options, value, text, done=f"{closed.in_words}已结账，台账第 {entry.seq} 条。")


def archive_check(options: Namespace) -> None:
    """Checks the whole book, and holds it against the heads that are given and those that are kept outside it.

    Raises:
        Refusal: `book-problems`, after the report, so that the exit code is 1.
    """
    with open_named(options) as office:
        heads = witness.heads_of_centre(office, options.record) if options.record else []
        given, kept = [*options.heads, *heads], _kept(office)
        found = witness.check(office, [*given, *(head for head in kept if head not in given)])
        destroyed = [one.in_one_line for one in certificates(office)]
    problems = found.problems
    value = {"ok": not problems, "entries": found.report.entries, "problems": problems}
    value |= {
        "head": {"seq": found.seq, "hash": found.head},
        "compared": [_compared(each) for each in found.compared[: len(given)]] or None,
        "kept": len(kept),
        "witnessed": found.cosigned,
        "destroyed": destroyed,
    }
    verdict = "有问题：" if problems else "全部完好。"
    compared = [each.sentence for each in found.compared[: len(given)] if each.sentence not in problems]
    head = f"台账头：{found.seq}:{grouped(found.head)}"
    witnessed = [f"中心见证过 {found.cosigned} 次。"] if found.cosigned else []
    outside = [f"与备份、流水、中心见证里留着的 {len(kept)} 个台账头比对过。"] if kept else []
    told = [*problems, *compared, *outside, *witnessed, *destroyed]
    text = [f"共 {found.report.entries} 条记录，{verdict}", *told, head]
    answer(options, value, text if found.compared else [*text, witness.NOT_COMPARED])
    if problems:
        raise Refusal("book-problems", f"台账有 {len(problems)} 处问题。", _remedy(found))


def _kept(office: Office) -> list[OutsideHead]:
    with suppress(Refusal):  # what cannot be read is said by the check
        return list(heads_kept(office, kept_outside(office.folder)))
    return []


def archive_verify(options: Namespace) -> None:
    """Says whether a paper is in the book with its check code.

    Raises:
        Refusal: `paper-not-in-book`, `check-code-differs`, after the answer, so that the exit code is 1.
    """
    with open_named(options) as office:
        found = verify(office, options.text)
    row = found.row
    value = {
        "genuine": found.genuine, "number": found.number, "in_book": row is not None, "check_code_agrees": found.agrees,
        "kind": row.kind if row else None, "issued_at": row.issued_at.isoformat() if row else None,
        "void": row.void if row else None, "reprints": row.reprints if row else None,
    }  # fmt: skip
    text = [f"{found.number}　台账里没有这份文书。"]
    if row:
        state = "已作废" if row.void else "有效"
        text = [
            f"{row.number}　{SlipKind(row.kind).in_words}　{chinese_time(row.issued_at)}　{state}，补打 {row.reprints} 次",
            found.verdict or "没有写校验码：只知道台账里有这个编号。",
        ]
    answer(options, value, text)
    if row is None:
        raise Refusal("paper-not-in-book", "台账里没有这份文书。", "请核对编号；确实没有的，不是本机出具的。")
    if not found.genuine:
        raise Refusal(
            "check-code-differs", f"{row.number} 的校验码不符。", "请与存档联核对；内容不同的，不是原来的一份。"
        )


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any, day: Any) -> None:
    """Adds `close`; `command` makes one with the options that all have, `words` and `day` read texts and days."""
    made = command(subparsers, "close", close, "结账：一天、一月、一年，写进台账；--out 存下签字用的日结单")
    made.add_argument("period", choices=[period.value for period in Period], help="day 日结、month 月结、year 年结")
    made.add_argument(
        "date",
        type=lambda text: _date(text, day),
        nargs="?",
        metavar="DATE",
        help="哪一天、哪一月（2026-11）、哪一年（2026）",
    )
    made.add_argument("--out", metavar="DIR", help="日结单 PDF 存放的文件夹")
    made.add_argument("--again", action="store_true", help="已经结过的：不再结，只把它的数和日结单再给一份")
    made.add_argument("--clerk", type=words, default="", metavar="CLERK", help="经办人工号或姓名")


def add_archive_commands(acts: Any, command: Callable[..., Any], words: Any) -> None:
    """Adds the commands to those of `archive`."""
    checked = command(acts, "check", archive_check, "核对台账是否完整、未被改动；有台账头的，比对是不是原来的一份")
    checked.add_argument(
        "--head", dest="heads", type=_head, action="append", default=[], metavar="SEQ:HASH",
        help="台账以外留着的台账头：第几条:校验码，或者日结单上的码；可以多次",
    )  # fmt: skip
    checked.add_argument(
        "--heads", dest="record", type=Path, metavar="FILE", help="中心的见证记录，或者中心签好发回的文件"
    )
    verified = command(acts, "verify", archive_verify, "验一份文书：编号和校验码，或者二维码的数字；不对的退出码是 1")
    verified.add_argument("text", type=words, metavar="TEXT", help="纸上的编号、校验码、二维码的数字，次序不论")


def _remedy(found: witness.Witnessed) -> str:
    if found.turned_back or found.contradicted:
        return "请保留原文件，不要再出具文书，与凭据和备份核对。"
    return "请核对凭据，再比对一次。" if found.report.ok else "请保留原文件，从最近的备份恢复。"


def _usual(office: Office, period: Period) -> str:
    """Today; of months and years, the last that is over."""
    return office.today().isoformat() if period is Period.DAY else closing.period_due(office, period)


def _save(folder: Path, pdf: bytes, closed: Closed) -> str:
    path = folder / f"{closed.period.label}单-{closed.name}.pdf"
    try:
        write_atomic(path, pdf)
    except (OSError, ValueError) as error:
        done = f"{closed.in_words}已经结账"
        raise Refusal(
            "cannot-save-pdf",
            f"{done}，日结单写不进 {folder}：{reason_of(error)}。",
            "请换一个文件夹，加上 --again 再试。",
        ) from error
    return path_in_words(path)


def _date(text: str, day: Callable[[str], date]) -> date:
    """A day, or the first of a month or a year that was named."""
    parts = text.split("-")
    if len(parts) < 3 and all(part.isascii() and part.isdecimal() for part in parts) and len(parts[0]) == 4:
        try:
            return date(int(parts[0]), int(parts[1]) if parts[1:] else 1, 1)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from error
    return day(text)


def _head(text: str) -> OutsideHead:
    try:
        return read_head(text)
    except Refusal as refusal:
        raise ArgumentTypeError(refusal.sentence) from None


def _compared(each: Compared) -> dict[str, Any]:
    return {
        "seq": each.head.seq, "hash": each.head.digits, "result": each.result.value,
        "first": each.first or None, "last": each.last or None,
    }  # fmt: skip


def _in_json(closed: Closed, entry: Entry) -> dict[str, Any]:
    figures = closed.figures.to_payload()
    return {
        "period": closed.period.value, "name": closed.name, "entry": entry.seq, "check_code": entry.check_code,
        "first": closed.first, "last": closed.last, "head": closed.head, "late": closed.late, "days": closed.days,
        "entries": closed.figures.entries, "clerk": closed.clerk, **figures, "oral": closed.figures.oral,
        "unprinted": list(closed.unprinted), "blanks_out": closed.blanks_out,
    }  # fmt: skip
