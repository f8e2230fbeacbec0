"""命令行 register complaint：投诉登记的记、列、看。保管人以外的人只能记.

Each command raises what its operation refuses. What is recorded is read from a file or from standard input, never from an argument,
which other users can see.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.cli.office import open_named
from counter_assistant.domain.entry import SEALED_ACT
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Complaint, read_number
from counter_assistant.domain.registers.complaint_state import ComplaintState
from counter_assistant.domain.registers.complaint_steps import ComplaintStepTaken, Said, StepTold
from counter_assistant.operations.intake.json_file import LARGEST_REQUEST, read_json, read_json_file
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaint_drafts, complaints
from counter_assistant.operations.registers.complaint_json import read_told
from counter_assistant.operations.registers.complaint_words import (
    besides_in_words,
    said_in_words,
    taken_down,
    whole_in_words,
)
from counter_assistant.operations.registers.reentering.open_matters import OldComplaints
from counter_assistant.operations.registers.reentering.reentry import reenter
from counter_assistant.operations.registers.register_key import register_key

STDIN = Path("-")
TELL = "请把编号告诉投诉人，补充情况时要用；内容已封存，只有登记保管人看得到。"
IN_THE_OPEN = "以前的投诉件 {} 份还在公开的台账里，用 register complaint reenter 改成密封。"
CLEAR = "写着投诉内容的输入文件还在，请自行删去。"


def complaint_add(options: Namespace) -> None:
    """Records a complaint, a step, or something to add, as the file says."""
    content = read_file(options.file)
    with open_named(options) as office:
        told = read_told(content, office.today())
        clerk = told.clerk
        match told.what:
            case Complaint():
                recorded = complaints.record(office, register_key(office), told.what, clerk=clerk)
                value = {"number": recorded.number, "entry": recorded.entry.seq}
                text = [f"已登记，编号 {recorded.number}。", TELL]
            case StepTold():
                state = complaints.take_step(office, register_key(office), told.what, clerk=clerk)
                value = _in_list(office, state)
                text = [_line(office, state)]
            case _:
                entry = complaints.supplement(office, register_key(office), told.what.of, told.what.text, clerk=clerk)
                value = {"number": told.what.of, "entry": entry.seq}
                text = ["已记下补充，只有登记保管人看得到。"]
    text += [] if options.file == STDIN else [CLEAR]
    answer(options, value, text, done=text[0])


def complaint_list(options: Namespace) -> None:
    """Lists the complaints, without their contents."""
    with open_named(options) as office:
        register, drafts, unreadable = complaints.read_register(office, register_key(office))
        old = OldComplaints(office).count()
        value = {
            "complaints": [_in_list(office, state) for state in register.complaints.values()],
            "drafts": [{"act": draft.act, "author": draft.author} for draft in drafts],
            "strays": [said.of for said in register.strays],
            "unreadable": list(unreadable),
            "in_the_open": old,
        }
        text = [_line(office, state) for state in register.complaints.values()] or ["没有投诉登记。"]
    text += [f"没有登记的草稿：{draft.act}　工号 {draft.author}" for draft in drafts]
    text += [f"不属于任何一件：{said.of}" for said in register.strays]
    text += [f"打不开：{place}" for place in unreadable]
    text += [IN_THE_OPEN.format(old)] if old else []
    answer(options, value, text)


def complaint_reenter(options: Namespace) -> None:
    """Re-enters the complaints of before, which lie in the open, sealed."""
    with open_named(options) as office:
        done = reenter(office, register_key(office))
    text = f"已改成密封：投诉 {len(done.numbers)} 件、没有办完的 {done.drafts} 份。"
    value = {"numbers": list(done.numbers), "drafts": done.drafts, "in_closings": done.in_closings}
    answer(options, value, [text, *done.numbers, done.left_where], done=text)


def complaint_show(options: Namespace) -> None:
    """Shows one complaint whole, with what was recorded under its number and belongs to none; or a draft."""
    with open_named(options) as office:
        key = register_key(office)
        if options.number.startswith(SEALED_ACT):
            draft = complaint_drafts.find_draft(office, key, options.number)
            value: dict[str, Any] = {"act": draft.act, "author": draft.author, "typed": draft.typed}
            text = [
                f"没有登记的草稿　工号 {draft.author}",
                *(f"{name}：{typed}" for name, typed in draft.typed.items()),
            ]
        else:
            number, value, text = read_number(options.number), {}, []
            register = complaints.read_register(office, key).register
            strays = [said for said in register.strays if said.of == number]
            if number in register.complaints or not strays:
                state = complaints.find(office, key, number)
                value, text = _in_json_whole(office, state), [_line(office, state), *_whole(state)]
            value["strays"] = [_in_json(said) for said in strays]
            text += [line for said in strays for line in _stray(said)]
    answer(options, value, text)


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any, parser_class: type[Any]) -> None:
    """Adds these commands; `command` makes one with the options that all have, `words` reads texts."""
    complaint = subparsers.add_parser("complaint", help="投诉登记：谁都可以记，只有登记保管人看得到")
    acts = complaint.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
    added = command(acts, "add", complaint_add, "登记一件投诉；保管人记一步；或者补充一件")
    added.add_argument("file", type=Path, metavar="FILE.json", help="要记的内容；- 从标准输入读，不留文件")
    command(acts, "list", complaint_list, "保管人：列出各件投诉办到哪一步")
    command(acts, "reenter", complaint_reenter, "保管人：把以前记在公开台账里的投诉件改成密封")
    shown = command(acts, "show", complaint_show, "保管人：看一件投诉的全部")
    shown.add_argument("number", type=words, metavar="NUMBER", help="投诉的编号；list 列出的草稿也可以")


def read_file(file: Path) -> dict[str, Any]:
    """The JSON object in a file, or of standard input.

    Raises:
        Refusal: `no-request-file`; what `read_json` and `read_json_file` refuse.
    """
    if file != STDIN:
        return read_json_file(file)
    if sys.stdin is None:
        raise Refusal("no-request-file", "没有标准输入可读。", "请写明文件名。")
    return read_json(sys.stdin.buffer.read(LARGEST_REQUEST + 1), "标准输入")


def _in_list(office: Office, state: ComplaintState) -> dict[str, Any]:
    complaint = state.complaint
    return {
        "number": complaint.number,
        "day": complaint.day.isoformat(),
        "channel": complaint.channel.value,
        "category": complaint.category.value,
        "next": state.next.value if state.next else None,
        "owner": state.owner or None,
        "due": state.due.isoformat() if state.due else None,
        "provisional": state.provisional,
        "overdue": state.overdue(office.today()),
    }


def _in_json_whole(office: Office, state: ComplaintState) -> dict[str, Any]:
    return _in_list(office, state) | {
        **_in_json(state.complaint),
        "trackers": list(state.trackers),
        "steps": [_in_json(step) for step in state.taken],
        "besides": [_in_json(said) for said in state.besides],
    }


def _in_json(said: Said) -> dict[str, Any]:
    """What was said, each field by its name; null for one that is empty."""
    (values,) = said.to_payload().values()
    more = {"provisional": said.provisional} if isinstance(said, ComplaintStepTaken) else {}
    return {name: value or None for name, value in values.items()} | more


def _line(office: Office, state: ComplaintState) -> str:
    complaint = state.complaint
    parts = [
        complaint.number,
        chinese_date(complaint.day),
        f"{complaint.channel.label}·{complaint.category.label}",
        f"待{state.next.label}" if state.next else "已归档",
        f"工号 {state.owner} 承办" if state.owner else "",
        f"工号 {'、'.join(state.trackers)} 跟踪" if state.trackers else "",
        f"{state.due.isoformat()}{'（预计）' if state.provisional else ''} 前反馈" if state.due else "",
        "超期" if state.overdue(office.today()) else "",
    ]
    return listed(parts, "　")


def _whole(state: ComplaintState) -> list[str]:
    return [f"{label}：{said}" for label, said in whole_in_words(state)]


def _stray(said: Said) -> list[str]:
    head = f"不属于任何一件：{said.of}"
    if isinstance(said, Complaint):
        return [head, *(f"{label}：{text}" for label, text in taken_down(said))]
    return [f"{head}　{besides_in_words(said)}　{said_in_words(said)}"]
