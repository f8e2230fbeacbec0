"""命令行 book：密封台账，添加、更换、去掉口令，换恢复单.

Each command raises what its operation refuses. Passphrases are read as counter_assistant/cli/secret.py says, one line each: first
the one that opens the book, then the new one.
"""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli import key_commands
from counter_assistant.cli.book_answers import KEEP, NEW_KEY, acting, answer_people, in_fours
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import ask, read_secret
from counter_assistant.cli.server import move_command
from counter_assistant.domain.people.recovery import LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.people.second_person import Second

OLD_KEY = "留有以前的钥匙文件的人仍打得开台账；要防这一点，请用 book new-key 换新钥匙。"
NEW, ASKED_BACK = "新口令", 3


def seal(options: Namespace) -> None:
    """Seals the book."""
    with open_named(options) as office:
        sealing.refuse_unsealable(office)
        who, words = acting(options, office), sealing.new_sheet()
        passphrase = read_secret(options, NEW, twice=True)
        _ask_back(options, words)
        entry = sealing.seal(office, who, passphrase, words)
        answer_people(options, office, entry, "台账已密封。", words)


def add(options: Namespace) -> None:
    """Lets a colleague open the book."""
    with open_named(options) as office:
        passphrase = read_secret(options, f"{options.who} 的口令", twice=True)
        shown = read_secret(options, f"{options.second} 的 PIN 或者口令") if options.second else ""
        by, second = acting(options, office), Second(options.second, shown)
        entry = sealing.add_passphrase(office, by, options.who, passphrase, second)
        answer_people(options, office, entry, f"已添加 {options.who} 的口令。")


def change(options: Namespace) -> None:
    """Changes the passphrase of who opens the book."""
    with open_named(options) as office:
        who, new = acting(options, office), read_secret(options, NEW, twice=True)
        entry = sealing.change_passphrase(office, who, options.shown, new)
        answer_people(options, office, entry, "口令已更换。")


def remove(options: Namespace) -> None:
    """Takes a passphrase away, and changes the key of the book where that is asked for."""
    with open_named(options) as office:
        by = acting(options, office)
        entry = sealing.remove_passphrase(office, by, options.who)
        if options.new_key:
            entry = change_key(office, by)
        answer_people(
            options, office, entry, f"已去掉工号 {options.who} 的口令。{NEW_KEY if options.new_key else OLD_KEY}"
        )


def sheet(options: Namespace) -> None:
    """Gives the book a new recovery sheet."""
    with open_named(options) as office:
        words = sealing.new_sheet()
        _ask_back(options, words)
        entry = sealing.renew_sheet(office, acting(options, office), words)
        answer_people(options, office, entry, "恢复单已更换，原来的一张不再有用。", words)


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any, parser_class: type[Any]) -> None:
    """Adds these commands; `command` makes one with the options that all have, `words` reads texts."""
    book = subparsers.add_parser("book", help="台账：密封，添加、更换、去掉口令，换恢复单；搬到服务器上，搬回来")
    acts = book.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
    command(acts, "seal", seal, "密封台账：从此用口令打开；给出一张恢复单")
    added = command(acts, "add", add, "为一位同事添加口令；第一行是打开台账的口令，第二行是同事的")
    added.add_argument(
        "--with",
        dest="second",
        type=words,
        default="",
        metavar="STAFF",
        help="忘了口令的：旁边的另一位同事，第三行是其口令",
    )
    command(acts, "change", change, "更换自己的口令；第一行是原来的口令，第二行是新的")
    removed = command(acts, "remove", remove, "去掉一个人的口令，如调离的")
    removed.add_argument("--new-key", action="store_true", help="接着换新钥匙，留有以前的钥匙文件也打不开")
    command(acts, "sheet", sheet, "换一张恢复单，原来的一张作废")
    key_commands.add_commands(acts, command, words)
    move_command.add_command(acts, command, words)
    for made in (added, removed):
        made.add_argument("who", type=words, metavar="STAFF", help="工号")


def _ask_back(options: Namespace, words: str) -> None:
    """On a terminal: shows the sheet, and asks for some of its characters, so that nobody seals without having it."""
    if options.secret_fd is not None:
        return
    print(f"恢复单：{in_fours(words)}\n{KEEP}", file=sys.stderr)
    places = sorted(secrets.SystemRandom().sample(range(LENGTH), ASKED_BACK))
    typed = ask(f"恢复单的第 {'、'.join(str(place + 1) for place in places)} 个字")
    if "".join(typed.split()) != "".join(words[place] for place in places):
        raise Refusal("sheet-not-kept", "与恢复单上的字不一样，没有密封。", "请抄好新给出的恢复单，再来一次。")
