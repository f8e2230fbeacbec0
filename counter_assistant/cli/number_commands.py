"""命令行 archive reveal 和 archive expire：查看整个号码，保存期满的离开台账.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive.erasing import erase
from counter_assistant.operations.archive.number_keeping import leave_expired
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.people.second_person import Second


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


def archive_erase(options: Namespace) -> None:
    """Erases what slips say, with a second person, whose PIN or passphrase is asked for in a sealed book."""
    with open_named(options) as office:
        secret = read_secret(options, f"{options.second} 的 PIN 或者口令") if office.sealed else ""
        erase(office, options.numbers, options.reason, Second(options.second, secret), options.clerk)
    done = f"{len(options.numbers)} 份文书的内容已清除，编号和校验链还在。"
    answer(options, {"erased": options.numbers}, [done], done)


def add_commands(acts: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds the commands to those of `archive`."""
    shown = command(acts, "reveal", archive_reveal, "查看一份文书的整个证件号码和电话；先记入台账")
    erased = command(acts, "erase", archive_erase, "清除保存期满的文书，两个人一起；编号还在")
    shown.add_argument("number", type=words, metavar="NUMBER", help="编号")
    erased.add_argument("numbers", type=words, nargs="+", metavar="NUMBER", help="编号")
    erased.add_argument("--with", dest="second", type=words, required=True, metavar="STAFF", help="旁边的另一位，工号")
    for made, why in ((shown, "查看理由"), (erased, "清除的理由，如销毁清册的文号")):
        made.add_argument("--reason", type=words, required=True, metavar="TEXT", help=why)
        made.add_argument("--clerk", type=words, default="", metavar="CLERK", help="经办人工号或姓名")
    command(acts, "expire", archive_expire, "保存期满的整个号码离开台账；平时自己进行")


def _numbers(who: Applicant | Agent) -> dict[str, str]:
    return {"id_type": who.id_type.value, "id_number": who.id_number, "phone": who.phone}
