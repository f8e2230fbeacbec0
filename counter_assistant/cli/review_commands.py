"""命令行的复核：看一份请求将要出具的文书，同意，或者退回修改。"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.cli.office import open_named
from counter_assistant.operations.intake.compared_numbers import with_known
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.intake.request_json import read_request_file
from counter_assistant.operations.intake.reviewed import name_of, review_of
from counter_assistant.operations.issuing.issue import draft_of
from counter_assistant.operations.issuing.reviewing import Standing, decide, standing
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty

STANDING = {
    None: "不用复核。", Standing.WAITING: "待复核。", Standing.AGREED: "{}已复核同意。", Standing.REFUSED: "{}复核退回：{}。",
}  # fmt: skip


def show(options: Namespace) -> None:
    """Shows how the paper of a request stands, and what it will say."""
    with open_named(options) as office:
        matter = _matter(office, options.request)
        stands, review = standing(office, matter), review_of(office, matter)
        draft = draft_of(office, matter, matter.kind) if matter.kind else None
        by = name_of(office, review.reviewer) if review else ""
        reason = review.reason if review else ""
    value = {
        "act": matter.request.request_id, "kind": matter.kind.value if matter.kind else "none",
        "standing": stands.value if stands else None, "reviewer": review.reviewer if review else None, "reason": reason,
        "text": draft.texts() if draft else [],
    }  # fmt: skip
    answer(options, value, [STANDING[stands].format(by, reason), *(draft.lines() if draft else ())])


def agree(options: Namespace) -> None:
    """Agrees that the paper of a request is issued."""
    _decide(options, agreed=True)


def refuse(options: Namespace) -> None:
    """Sends a request back with a reason."""
    _decide(options, agreed=False, reason=options.reason)


def _decide(options: Namespace, *, agreed: bool, reason: str = "") -> None:
    with open_named(options) as office:
        matter = _matter(office, options.request)
        entry = decide(office, matter, agreed=agreed, reason=reason)
    assert matter.kind is not None
    done = f"{'已同意' if agreed else '已退回修改'}：{matter.kind.in_words}，由{matter.clerk.name}接着办。"
    value = {"act": matter.request.request_id, "kind": matter.kind.value, "agreed": agreed, "entry": entry.seq}
    answer(options, value, [done], done)


def _matter(office: Office, path: Path) -> Matter:
    request = with_known(office, read_request_file(path))
    return assess(request, office.catalogue, on_duty(office).profile, office.today())


def add_commands(subparsers: Any, command: Callable[..., Any], words: Callable[[str], str], parser_class: type) -> None:
    """Adds `review` and its commands. `command` makes one with the options that all have, `words` reads a text."""
    review = subparsers.add_parser("review", help="复核：看将要出具的文书，同意，或者退回修改；复核的人用 --as 写明")
    acts = review.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
    for name, run, help_ in (
        ("show", show, "看一份请求将要出具的文书，复核得怎样了"),
        ("agree", agree, "同意出具"),
        ("refuse", refuse, "退回修改"),
    ):
        made = command(acts, name, run, help_)
        made.add_argument("request", type=Path, metavar="REQUEST.json", help="请求文件，要有 clerk 和 request_id")
        if run is refuse:
            made.add_argument("--reason", type=words, required=True, metavar="TEXT", help="要改什么")
