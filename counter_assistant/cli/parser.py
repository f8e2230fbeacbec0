"""命令行：与受理台相同的操作，不需要窗口。

Output is for people; `--json` gives one JSON value on stdout. A refusal is one Chinese sentence on stderr and exit code
1, wrong usage is exit code 2. This module never imports Qt.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from counter_assistant import __version__
from counter_assistant.arguments import ChineseParser
from counter_assistant.cli import (
    book_commands,
    commands,
    content_commands,
    key_commands,
    number_commands,
    pack_commands,
    report_command,
    review_commands,
    sheet_commands,
)
from counter_assistant.cli.answer import warn
from counter_assistant.cli.exchange import branch_commands, bundle_commands
from counter_assistant.cli.papers import display_commands, form_commands, kit_commands, print_commands
from counter_assistant.cli.program import about_command, stick_command
from counter_assistant.cli.registers import keeping_commands
from counter_assistant.cli.remedies import in_commands
from counter_assistant.cli.safekeeping import (
    backup_commands,
    closing_commands,
    export_commands,
    journal_commands,
    restore_command,
    witness_commands,
)
from counter_assistant.cli.server import server_commands
from counter_assistant.domain.papers.formats import FORMATS, PaperFormat
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day

REFUSED, WRONG_USAGE, INTERRUPTED = 1, 2, 130


class CommandParser(ChineseParser):
    """A parser that shows its help, and reports wrong usage in one sentence before it exits with code 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Writes a help, if there is anywhere to write it: Python 3.11.2 fails where there is not, a later one does not."""
        if (file or sys.stderr) is not None:
            super()._print_message(message, file)

    def error(self, message: str) -> NoReturn:
        named = re.match(r"argument ([^:]+):", message)
        what = f"参数 {named[1]} 的值不对。" if named else "用法不对。"
        warn(f"{what}\n{self.format_usage()}".rstrip())
        raise SystemExit(WRONG_USAGE)


def main(arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Half a character, as in a file name of another encoding, is written as an escape.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(arguments)
    finally:
        _discard_unwritten()


def _run(arguments: Sequence[str]) -> int:
    try:
        options = parser().parse_args(arguments)
        options.run(options)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    except Refusal as refusal:
        warn(in_commands(refusal))
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        warn(str(unexpected(error)))
        return REFUSED
    return 0


def unexpected(error: Exception) -> Refusal:
    """The refusal for an error that nobody expected: where in the program, and nothing of what was typed."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}，{Path(place.filename).name} 第 {place.lineno} 行"
    return Refusal(
        "unexpected",
        f"程序遇到意外错误（{where}），这一步可能没有完成。",
        "请先在档案里查看有没有已经出具的文书，再试一次；还不行请把这句话告诉管理员。",
    )


def _discard_unwritten() -> None:
    """Discards what could not be written: it was reported, and Python would report it again at its end, in English."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except ValueError:
            pass  # closed already


def parser() -> argparse.ArgumentParser:
    """The parser of all subcommands, which README.md lists."""
    top = CommandParser(prog="counter-assistant", description="柜台助手。不带命令时打开受理台。")
    top.add_argument("--version", action="version", version=f"counter-assistant {__version__}", help="显示版本")
    subparsers = top.add_subparsers(title="命令", required=True, metavar="命令", parser_class=CommandParser)
    _catalogue_commands(subparsers)
    _issue_command(subparsers)
    _archive_commands(subparsers)
    _phrase_commands(subparsers)
    _content_commands(subparsers)
    review_commands.add_commands(subparsers, _command, _words, CommandParser)
    print_commands.add_commands(subparsers, _command, _words, CommandParser)
    form_commands.add_commands(subparsers, _command)
    display_commands.add_commands(subparsers, _command, _words, CommandParser, _day)
    kit_commands.add_commands(subparsers, _command, _words, _day, CommandParser)
    closing_commands.add_commands(subparsers, _command, _words, _day)
    book_commands.add_commands(subparsers, _command, _words, CommandParser)
    server_commands.add_commands(subparsers, _command, _words, CommandParser)
    keeping_commands.add_commands(subparsers, _command, _words, CommandParser, _day)
    report_command.add_command(subparsers, _command, _words)
    backup_commands.add_commands(subparsers, _command, _words)
    journal_commands.add_commands(subparsers, _command, _words)
    restore_command.add_commands(subparsers, _command, _words)
    bundle_commands.add_commands(subparsers, _command, _words)
    branch_commands.add_commands(subparsers, _command, _words, _day, CommandParser)
    about_command.add_commands(subparsers, _command)
    stick_command.add_commands(subparsers, _command, _words)
    return top


def _command(subparsers: Any, name: str, run: Any, help_: str) -> CommandParser:
    command: CommandParser = subparsers.add_parser(name, help=help_, description=help_)
    command.add_argument("--data-dir", metavar="DIR", help="数据文件夹")
    command.add_argument("--training", action="store_true", help="练习模式：另用一份数据，纸上有“样本”")
    command.add_argument(
        "--book",
        type=_words,
        default="",
        metavar="ADDRESS",
        help="台账在服务器上：postgresql://服务器/数据库?schema=台账",
    )
    command.add_argument("--clock-confirmed", action="store_true", help="电脑时间可疑时：已核对，确实没错（记入台账）")
    command.add_argument(
        "--as", dest="acting", type=_words, default="", metavar="STAFF", help="密封的台账、服务器上的台账：谁打开，工号"
    )
    command.add_argument("--secret-fd", type=int, metavar="N", help="从描述符 N 逐行读口令，不在终端里问")
    command.add_argument("--sheet", action="store_true", help="密封的台账：用恢复单上的 12 个字打开")
    command.add_argument("--key-file", type=Path, metavar="FILE", help="密封的台账：用这个钥匙文件打开")
    command.add_argument("--centre-key", type=Path, metavar="FILE", help="密封的台账：用中心打开台账的密钥打开")
    command.add_argument("--json", action="store_true", help="输出一个 JSON 值")
    command.set_defaults(run=run)
    return command


def _catalogue_commands(subparsers: Any) -> None:
    items = _command(subparsers, "items", commands.items, "按名称、拼音首字母或编码查找事项")
    items.add_argument("text", type=_words, nargs="?", default="", metavar="TEXT", help="要找的文字")
    checklist = _command(subparsers, "checklist", commands.checklist, "列出某一情形的材料清单")
    checklist.add_argument("item", type=_words, metavar="ITEM", help="事项编码")
    checklist.add_argument(
        "-a", dest="answers", type=_words, action="append", default=[], metavar="Q=A", help="情形的回答，可以多次"
    )
    checklist.add_argument("--on", type=_day, metavar="DATE", help="受理日，默认今天")
    deadline = _command(subparsers, "deadline", commands.deadline, "逐日计算期限")
    deadline.add_argument("--from", dest="start", type=_day, required=True, metavar="DATE", help="起算日，当日不计")
    deadline.add_argument("--days", type=int, required=True, metavar="N", help="天数")
    deadline.add_argument("--unit", choices=("workday", "day"), default="workday", help="工作日或自然日")
    characters = _command(subparsers, "characters", commands.characters, "按部件、读音、笔画查生僻字：木木 mao =12 +5")
    characters.add_argument("text", type=_words, metavar="TEXT", help="部件（汉字）、读音、=总笔画、+其余笔画")
    characters.add_argument("--most", type=int, default=27, metavar="N", help="最多列几个，默认 27")


def _issue_command(subparsers: Any) -> None:
    issue = _command(subparsers, "issue", commands.issue, "按请求文件决定、编号、存档并生成文书")
    issue.add_argument("request", type=Path, metavar="REQUEST.json", help="请求文件")
    issue.add_argument("--out", metavar="DIR", help="PDF 存放的文件夹")
    _takes_format(issue)


def _takes_format(command: CommandParser) -> None:
    labels = "、".join(f"{one.value} {FORMATS[one].label}" for one in PaperFormat)
    command.add_argument("--format", choices=[one.value for one in PaperFormat], help=f"纸型：{labels}；不写的按设置")


def _archive_commands(subparsers: Any) -> None:
    archive = subparsers.add_parser("archive", help="档案：查找、查看、补打、作废、核对、导出、整个号码")
    acts = archive.add_subparsers(title="命令", required=True, metavar="命令", parser_class=CommandParser)
    search = _command(acts, "search", commands.archive_search, "按姓名、拼音首字母、编号、尾号、事项、日期、经办人查找")
    search.add_argument("text", type=_words, metavar="TEXT", help="要找的文字")
    show = _command(acts, "show", commands.archive_show, "查看一份文书")
    reprint = _command(acts, "reprint", commands.archive_reprint, "补打一份文书")
    reprint.add_argument("--out", required=True, metavar="DIR", help="PDF 存放的文件夹")
    _takes_format(reprint)
    void = _command(acts, "void", commands.archive_void, "作废一份文书")
    void.add_argument("--reason", type=_words, required=True, metavar="TEXT", help="作废原因")
    void.add_argument("--copy-returned", action="store_true", help="当事人联已收回")
    for command in (show, reprint, void):
        command.add_argument("number", type=_words, metavar="NUMBER", help="编号")
    for command in (reprint, void):
        command.add_argument("--clerk", type=_words, default="", metavar="CLERK", help="经办人工号或姓名")
    closing_commands.add_archive_commands(acts, _command, _words)
    export_commands.add_commands(acts, _command, _words)
    witness_commands.add_commands(acts, _command, _words)
    number_commands.add_commands(acts, _command, _words)


def _phrase_commands(subparsers: Any) -> None:
    phrases = _command(subparsers, "phrases", commands.phrases, "按文字、拼音首字母或序号查找文明用语")
    phrases.add_argument("text", type=_words, nargs="?", default="", metavar="TEXT", help="要找的文字")
    guard = _command(subparsers, "guard", commands.guard, "找出一段文字里的服务忌语")
    guard.add_argument("text", type=_words, metavar="TEXT", help="要查的文字")


def _content_commands(subparsers: Any) -> None:
    content = subparsers.add_parser(
        "content", help="目录：核对、比较、重演，内容包的制作、施行、退回，法规的新版本，核定表出和进"
    )
    acts = content.add_subparsers(title="命令", required=True, metavar="命令", parser_class=CommandParser)
    named = "now 现在施行的、revision 正在改的一稿、program 随程序来的、日期，或者一版、一稿、内容包的文件"
    check = _command(acts, "check", content_commands.check, "核对整个目录和典型来访，或者一个文件；有毛病的退出码是 1")
    check.add_argument(
        "catalogue", type=_words, nargs="?", default="now", metavar="CATALOGUE", help=f"{named}，或者填好的核定表"
    )
    diff = _command(acts, "diff", content_commands.diff, "改了什么，管到哪些情形、哪些未结办件")
    diff.add_argument("--from", dest="before", type=_words, default="now", metavar="CATALOGUE", help="改以前的")
    diff.add_argument("--to", dest="after", type=_words, default="revision", metavar="CATALOGUE", help=named)
    replay = _command(acts, "replay", content_commands.replay, "把办过的每一件再告知一遍，哪些会不一样，出自哪一条")
    replay.add_argument("--to", dest="after", type=_words, default="now", metavar="CATALOGUE", help=named)
    replay.add_argument("--on", type=_day, metavar="DATE", help="都按这一天的文本和法规，默认按各件的受理日")
    export = _command(acts, "export", sheet_commands.export, "把待核定的和答过的各句存成核定表")
    import_ = _command(acts, "import", sheet_commands.import_, "填好的核定表改了什么；有不能导入的行，退出码是 1")
    import_.add_argument("--take", action="store_true", help="都记进正在改的一稿；有一行不能导入就一行也不记")
    for command in (export, import_):
        command.add_argument("file", type=Path, metavar="FILE.xlsx", help="核定表")
    pack_commands.add_commands(acts, _command, _words, _day)
    key_commands.add_centre_command(acts, _command)


def _words(text: str) -> str:
    """What was typed. Where the locale has no Chinese, Python passes bytes as characters: they are decoded here."""
    with suppress(UnicodeError):
        return text if text.isprintable() else os.fsencode(text).decode("utf-8")
    return text


def _day(text: str) -> date:
    try:
        return read_day(text)
    except Refusal as refusal:
        raise ValueError(refusal.sentence) from None
