"""命令行 branches：中心看各网点，在全部网点里查，要查明的一张单子.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.exchange.findings import Finding
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.operations.exchange.all_branches import AllBranches, BranchSlip, BranchState
from counter_assistant.operations.exchange.looking_into import settle_finding
from counter_assistant.operations.exchange.online import note_server
from counter_assistant.operations.office import Office
from counter_assistant.storage.server.book_place import Shift


def list_(options: Namespace) -> None:
    """Lists the branches, and what there is to look into."""
    with open_named(options) as office, _branches(options, office) as branches:
        states, found = branches.states(options.since), branches.findings()
    value = {"branches": [_state(each) for each in states], "findings": [_finding(each) for each in found]}
    text = [_state_in_words(each) for each in states] or ["还没有网点送来过。"]
    text += [f"{'已查明' if each.settled else '要查明'} {each.id}：{readable(each.sentence)}" for each in found]
    answer(options, value, text)


def search(options: Namespace) -> None:
    """Searches the slips of all branches."""
    with open_named(options) as office:
        found = _branches(options, office).search(options.text)
    _answer_slips(options, found)


def visits(options: Namespace) -> None:
    """Says where else somebody has been, whose whole number is read and kept nowhere."""
    with open_named(options) as office:
        branches = _branches(options, office)
        number = read_secret(options, "电话号码" if options.phone else "证件号码")
        found = branches.visits(phone=number) if options.phone else branches.visits(id_number=number)
    _answer_slips(options, found)


def check(options: Namespace) -> None:
    """Checks the book of each branch as the centre has it.

    Raises:
        Refusal: `branch-problems`, after the report, so that the exit code is 1.
    """
    with open_named(options) as office:
        reports = _branches(options, office).check()
    ok = all(report.ok for report in reports.values())
    value = {
        "ok": ok,
        "books": [
            {"strand": name, "entries": each.entries, "problems": each.problems} for name, each in reports.items()
        ],
    }
    text = [
        f"{name}：{each.entries} 条，{'；'.join(each.problems) or '没有发现问题'}" for name, each in reports.items()
    ]
    answer(options, value, text or ["还没有网点送来过。"])
    if not ok:
        raise Refusal(
            "branch-problems",
            "网点的台账在中心的这一份有问题。",
            "请从中心的备份里拷回来，或者请网点从第一条起重新送。",
        )


def settle(options: Namespace) -> None:
    """Says what came of looking into a finding."""
    with open_named(options) as office:
        entry = settle_finding(office, options.finding, options.reason, ask=partial(_reader, options))
    done = f"已记下，台账第 {entry.seq} 条。"
    answer(options, {"finding": options.finding, "entry": entry.seq}, [done], done=done)


def server(options: Namespace) -> None:
    """Notes on which server branches have their books, once it was tried; with `--off` that there is none.

    Raises:
        Refusal: `branch-server-which`.
    """
    if bool(options.address) == options.off:
        raise Refusal("branch-server-which", "没有看懂记哪一台服务器。", "请写一个地址；不再看的写 --off。")
    with open_named(options) as office:
        books = note_server(office, options.address, partial(_reader, options))
    said = f"记下了，服务器上看得到 {books} 本网点的台账。" if options.address else "记下了：网点的台账不在服务器上。"
    answer(options, {"address": options.address, "books": books}, [said], done=said)


def _branches(options: Namespace, office: Office) -> AllBranches:
    return AllBranches(office, ask=partial(_reader, options))


def _reader(options: Namespace) -> Shift:
    """Who reads on a server, and the password that it asks for.

    Raises:
        Refusal: `nobody-acts`.
    """
    if not options.acting:
        raise Refusal("nobody-acts", "没有写明是谁在办。", "请用 --as 写明工号。")
    return Shift(options.acting, read_secret(options, f"工号 {options.acting} 在网点服务器上的密码"))


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any, day: Any, parser_class: type[Any]) -> None:
    """Adds these commands; `command` makes one with the options that all have, `words` and `day` read texts and days."""
    branches = subparsers.add_parser("branches", help="中心：各网点到哪一条，在全部网点里查，要查明的")
    acts = branches.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
    listed = command(acts, "list", list_, "各网点的台账到第几条、文书多少，要查明的一张单子")
    listed.add_argument("--since", type=day, metavar="DATE", help="文书从这一天数起")
    command(acts, "search", search, "在全部网点的档案里查").add_argument(
        "text", type=words, metavar="TEXT", help="要找的文字"
    )
    been = command(acts, "visits", visits, "同一个人在各网点来过没有：输证件号码，只给尾号")
    been.add_argument("--phone", action="store_true", help="输的是电话号码")
    command(acts, "check", check, "核对中心这里的各网点台账；有问题的退出码是 1")
    noted = command(acts, "server", server, "网点的台账在服务器上的：记下地址，从此一起看，只看不写")
    noted.add_argument(
        "address", type=words, nargs="?", default="", metavar="ADDRESS", help="postgresql://服务器/数据库，里面没有密码"
    )
    noted.add_argument("--off", action="store_true", help="不再看")
    settled = command(acts, "settle", settle, "写明一处查明了什么")
    settled.add_argument("finding", type=words, metavar="ID", help="单子上的编号")
    settled.add_argument("--reason", type=words, required=True, metavar="TEXT", help="查明了什么")


def _answer_slips(options: Namespace, found: list[BranchSlip]) -> None:
    value = [
        {
            "installation": each.installation, "strand": each.strand, "forked": each.forked, "number": each.row.number, "kind": each.row.kind,
            "applicant": each.row.applicant, "item": each.row.item, "issued_at": each.row.issued_at.isoformat(), "void": each.row.void,
            "phone_tail": each.row.phone_tail, "id_tail": each.row.id_tail,
        }
        for each in found
    ]  # fmt: skip
    text = [
        f"{each.installation}　{each.row.number}　{each.row.applicant}　{each.row.item_name}　{chinese_time(each.row.issued_at)}"
        f"{'　已作废' if each.row.void else ''}{'　只在分叉的一份里' if each.forked else ''}"
        for each in found
    ]
    answer(options, value, text or ["没有找到。"])


def _state(each: BranchState) -> dict[str, Any]:
    slips = {kind: {"slips": slips, "voids": voids} for kind, (slips, voids) in each.slips.items()}
    said = each.said.time if each.said else None
    return {
        "installation": each.installation,
        "strand": each.strand,
        "entries": each.entries,
        "slips": slips,
        "said": said,
        "online": each.online,
    }


def _state_in_words(each: BranchState) -> str:
    slips, voids = (sum(both[n] for both in each.slips.values()) for n in (0, 1))
    said = "，在服务器上" if each.online else f"，{each.said.time[:10]} 送来" if each.said else ""
    return f"{each.installation}　{each.strand[:8]}　到第 {each.entries} 条{said}，文书 {slips} 份，作废 {voids} 份"


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "id": each.id, "kind": each.kind.value, "installation": each.installation, "book": each.book, "sentence": each.sentence,
        "remedy": each.remedy, "settled": each.settled,
    }  # fmt: skip
