"""命令行 book：换新钥匙，钥匙文件，登记保管人，为中心封一份；content centre-key：中心打开台账的密钥.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.book_answers import NEW_KEY, acting, answer_people
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of, write_atomic
from counter_assistant.operations.catalogue.centre_key import handed_out, take_centre_key
from counter_assistant.operations.keys.keepers import dismiss_keeper, keepers, name_keeper
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.registers.reentering.open_matters import open_still
from counter_assistant.storage.ciphers import TO_PUBLIC
from counter_assistant.storage.packs.handed_key import read_handed
from counter_assistant.storage.packs.key_file import NAME, make_key_file, open_key


def new_key(options: Namespace) -> None:
    """Puts the book under a new key."""
    with open_named(options) as office:
        entry = change_key(office, acting(options, office))
        answer_people(options, office, entry, NEW_KEY)


def key_file(options: Namespace) -> None:
    """Makes a key file for somebody."""
    with open_named(options) as office:
        who = acting(options, office)
        said = read_secret(options, f"{options.who} 的口令") if options.with_passphrase else ""
        entry = give_key_file(office, who, options.who, options.file, said, options.shown)
        answer_people(options, office, entry, f"工号 {options.who} 的钥匙文件：{path_in_words(options.file)}")


def keeper(options: Namespace) -> None:
    """Names a keeper of registers, or dismisses one."""
    with open_named(options) as office:
        act = dismiss_keeper if options.dismiss else name_keeper
        entry = act(office, acting(options, office), options.who)
        named = list(keepers(office))
        done = f"登记保管人：{'、'.join(named)}"
        old = "" if options.dismiss else open_still(office)
        answer(options, {"keepers": named, "entry": entry.seq}, [done, *([old] if old else [])], done=done)


def take_centre(options: Namespace) -> None:
    """Takes the key that the centre handed out."""
    handed = read_handed(options.file)
    with open_named(options) as office:
        entry = take_centre_key(office, acting(options, office), handed, options.trust)
        value = {"centre": handed.centre, "key": handed.key, "fingerprint": handed.fingerprint, "entry": entry.seq}
        done = f"已收下{handed.centre}打开台账的公钥，台账{'' if office.sealed else '密封时'}也为中心封一份钥匙。"
        answer(options, value, [done], done=done)


def centre_key(options: Namespace) -> None:
    """Makes the centre's key for opening books, or writes its public half for the branches.

    Raises:
        Refusal: `key-unsaved`.
    """
    if options.new_key:
        made = make_key_file(options.new_key, read_secret(options, "新密钥的口令", twice=True), TO_PUBLIC)
        value = {"key_file": path_in_words(options.new_key), "algorithm": made.algorithm, "key": made.key}
        text = [f"密钥已存到 {value['key_file']}", "它打得开各网点的台账：请与口令分开，锁进保险柜，另存一份。"]
        answer(options, value, text, done=text[0])
        return
    opening, out = options.hand_out
    with open_named(options) as office:
        signer = open_key(options.key or office.folder / NAME, read_secret(options, "签名密钥的口令"))
        content = handed_out(office, opening, signer)
    try:
        write_atomic(out, content)
    except (OSError, ValueError) as error:
        raise Refusal("key-unsaved", f"公钥没有写出去：{reason_of(error)}。", "请换一个可以写入的地方。") from error
    done = f"公钥 {path_in_words(out)}，请发给各网点收下。"
    answer(options, {"file": path_in_words(out), "signed_with": signer.key}, [done], done=done)


def add_commands(acts: Any, command: Callable[..., Any], words: Any) -> None:
    """Adds these commands to `book`; `command` makes one with the options that all have, `words` reads texts."""
    command(acts, "new-key", new_key, "换新钥匙：去掉的人留有以前的钥匙文件也打不开；以前的拷贝不变")
    made = command(acts, "key-file", key_file, "做一个钥匙文件，放在自己的 U 盘上，代替口令")
    named = command(acts, "keeper", keeper, "指定一位登记保管人，或者去掉")
    for each in (made, named):
        each.add_argument("who", type=words, metavar="STAFF", help="工号")
    made.add_argument("file", type=Path, metavar="FILE", help="存到哪里，不能在数据文件夹里")
    made.add_argument("--with-passphrase", action="store_true", help="口令照旧能打开，本人再输一遍")
    named.add_argument("--dismiss", action="store_true", help="去掉")
    taken = command(acts, "take-centre-key", take_centre, "收下中心打开台账的公钥，从此也为中心封一份")
    taken.add_argument("file", type=Path, metavar="FILE", help="中心发来的文件")
    taken.add_argument("--trust", type=words, default="", metavar="FINGERPRINT", help="与纸面核对过的签名密钥指纹")


def add_centre_command(acts: Any, command: Callable[..., Any]) -> None:
    """Adds the centre's own command to `content`."""
    made = command(acts, "centre-key", centre_key, "中心：生成打开网点台账的密钥，或者把它的公钥签名发给网点")
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--new-key", type=Path, metavar="FILE", help="生成密钥，存到这个文件")
    which.add_argument("--hand-out", type=Path, nargs=2, metavar=("KEY", "OUT"), help="把密钥文件的公钥签名，写到 OUT")
    made.add_argument("--key", type=Path, metavar="FILE", help=f"签名的密钥文件，默认数据文件夹里的 {NAME}")
