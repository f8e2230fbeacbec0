"""命令行 archive reveal、expire、due、erase 和 certificate：查看整个号码，保存期满的离开台账、销毁、打出清册.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.cases.destruction import Certificate
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive.certificates import certificate_of
from counter_assistant.operations.archive.erasing import destroy, erase, left_where
from counter_assistant.operations.archive.number_keeping import leave_expired
from counter_assistant.operations.archive.reprint_and_void import paper_folder, save_paper
from counter_assistant.operations.archive.retention import Kept, matters_due
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.people.second_person import Second, shown_secret
from counter_assistant.operations.publications.destruction_list import destruction_pdf
from counter_assistant.paths import named_folder


def archive_reveal(options: Namespace) -> None:
    """Shows the whole numbers of one slip, once that is recorded."""
    with open_named(options) as office:
        applicant = reveal(office, options.number, options.reason, options.clerk)
    value = {"number": options.number, **_numbers(applicant), "agent": _numbers(applicant.agent)}
    answer(options, value, applicant.whole_in_words, f"已记入台账：查看 {options.number} 的整个号码。")


def archive_expire(options: Namespace) -> None:
    """Lets the whole numbers leave whose term has ended."""
    with open_named(options) as office:
        left = run_through(leave_expired(office))
    answer(options, {"left": left}, [f"{left} 条记录的整个号码保存期满，已离开台账。"])


def archive_due(options: Namespace) -> None:
    """Lists the matters whose retention has ended."""
    with open_named(options) as office:
        due = run_through(matters_due(office)) or ()
        rows = [_due(kept) for kept in due]
    text = [
        f"{'、'.join(row['numbers']) or '没有文书'}　{row['keeping']}，{row['ended']} 办结，保存到 {row['last']}"
        for row in rows
    ]
    answer(options, rows, text or ["没有保存期满的。"])


def archive_erase(options: Namespace) -> None:
    """Destroys the matters of slips, with a second person, who is asked to show who they are in a sealed book and on a server that asks for passwords.

    Raises:
        Refusal: `erase-nothing-named` (neither numbers nor --due, or both).
    """
    if bool(options.numbers) == options.due:
        what = "没有写明销毁哪几份，或者既写了编号又写了 --due。"
        raise Refusal("erase-nothing-named", what, "请写编号，或者只写 --due。")
    with open_named(options) as office:
        secret = read_secret(options, f"{options.second}：{shown}") if (shown := shown_secret(office)) else ""
        second = Second(options.second, secret)
        if options.due:
            matters = [kept.matter for kept in run_through(matters_due(office)) or ()]
            done = destroy(office, matters, options.reason, second, options.clerk)
        else:
            done = erase(office, options.numbers, options.reason, second, options.clerk)
        value, where = _certificate(done), left_where(office, done)
    said = f"已销毁 {len(done.papers)} 份文书，{done.number}。{where}"
    answer(options, {"erased": [paper.number for paper in done.papers]} | value, [said], said)


def archive_certificate(options: Namespace) -> None:
    """Saves the certificate of a destruction, to be printed in duplicate."""
    with open_named(options) as office:
        folder = paper_folder(named_folder(options.out, "--out"))
        known = certificate_of(office, options.number)
        path = path_in_words(save_paper(destruction_pdf(office, known), folder, known.number))
    answer(options, _certificate(known) | {"pdf": path}, [known.in_one_line, f"PDF：{path}"], f"{known.number}：{path}")


def _due(kept: Kept) -> dict[str, Any]:
    assert kept.term is not None  # what has none is never due
    first = kept.matter.said[0].entry
    return {
        "numbers": kept.matter.papers, "kind": first.kind.value, "keeping": kept.term.keeping.short,
        "ended": kept.term.ended.isoformat(), "last": kept.term.last.isoformat(),
    }  # fmt: skip


def _certificate(known: Certificate) -> dict[str, Any]:
    return {
        "certificate": known.number, "at": known.at.isoformat(), "by": known.by, "second": known.second, "reason": known.reason,
        "papers": [{"number": one.number, "kind": one.kind.value, "issued": one.issued.isoformat()} for one in known.papers],
        "others": known.others, "copies_by": known.copies_by.isoformat(), "before": f"{known.before[0]}:{known.before[1]}",
        "after": f"{known.after[0]}:{known.after[1]}",
    }  # fmt: skip


def add_commands(acts: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds the commands to those of `archive`."""
    shown = command(acts, "reveal", archive_reveal, "查看一份文书的整个证件号码和电话；先记入台账")
    command(acts, "due", archive_due, "列出保存期满、可以提请销毁的")
    erased = command(acts, "erase", archive_erase, "销毁保存期满的，两个人一起；编号还在，另有销毁清册")
    listed = command(acts, "certificate", archive_certificate, "把一份销毁清册存成 PDF，一式二份")
    shown.add_argument("number", type=words, metavar="NUMBER", help="编号")
    erased.add_argument("numbers", type=words, nargs="*", metavar="NUMBER", help="编号；同一件的一起销毁")
    erased.add_argument("--due", action="store_true", help="保存期满的全部")
    listed.add_argument("number", type=words, metavar="NUMBER", help="销毁清册的编号")
    listed.add_argument("--out", required=True, metavar="DIR", help="存到哪个文件夹")
    erased.add_argument("--with", dest="second", type=words, required=True, metavar="STAFF", help="旁边的另一位，工号")
    for made, why in ((shown, "查看理由"), (erased, "销毁的依据，如批准的文号")):
        made.add_argument("--reason", type=words, required=True, metavar="TEXT", help=why)
        made.add_argument("--clerk", type=words, default="", metavar="CLERK", help="经办人工号或姓名")
    command(acts, "expire", archive_expire, "保存期满的整个号码离开台账；平时自己进行")


def _numbers(who: Applicant | Agent) -> dict[str, str]:
    return {"id_type": who.id_type.value, "id_number": who.id_number, "phone": who.phone}
