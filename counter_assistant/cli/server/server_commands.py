"""server：服务器上的台账，由服务器的管理员建立和看护."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.server_books import (
    check_server,
    let_clerk_in,
    prepare_offline,
    prepare_server,
    rebuild_server,
)


def prepare(options: Namespace) -> None:
    """Makes a book on a server."""
    entries = prepare_server(options.address)
    answer(
        options,
        {"entries": entries},
        [f"台账建好了，权限也给好了，共 {entries} 条。接着用 server clerk 让经办人登录。"],
    )


def clerk(options: Namespace) -> None:
    """Lets a clerk log in."""
    password = read_secret(options, f"给工号 {options.staff} 的密码", twice=True)
    let_clerk_in(options.address, options.staff, password, erases=options.erases, reads=options.reads)
    value = {"staff": options.staff, "erases": options.erases, "reads": options.reads}
    answer(options, value, [f"工号 {options.staff} 可以登录了{'，只看不写' if options.reads else ''}。"])


def offline(options: Namespace) -> None:
    """Makes a place for what one PC issues offline."""
    places = prepare_offline(options.address, options.code, options.name)
    answer(
        options,
        {"code": options.code, "name": options.name, "places": places},
        [f"留好了，共 {places} 台电脑的地方。哪台电脑先开窗上班，就归哪台。"],
    )


def check(options: Namespace) -> None:
    """Checks a book and the rights in it.

    Raises:
        Refusal: `hall-not-sound`.
    """
    entries, problems = check_server(options.address)
    answer(options, {"entries": entries, "problems": problems}, problems or [f"共 {entries} 条，权限和内容都对。"])
    if problems:
        raise Refusal("hall-not-sound", f"服务器上的台账有 {len(problems)} 处不对。", "请照上面列的查明；先不要出具。")


def rebuild(options: Namespace) -> None:
    """Makes the views anew."""
    entries = rebuild_server(options.address)
    answer(options, {"entries": entries}, [f"各视图已按本版本重建，共 {entries} 条。各窗口可以打开了。"])


def add_commands(
    subparsers: Any, command: Callable[..., Any], words: Callable[[str], str], parser_class: type[Any]
) -> None:
    """Adds `server` and its subcommands."""
    server = subparsers.add_parser("server", help="服务器上的台账：建立、让经办人登录、核对、重建视图")
    below = server.add_subparsers(title="命令", required=True, metavar="命令", parser_class=parser_class)
    for name, run, help_ in (
        ("prepare", prepare, "建立台账和它的角色；已有的，重新给权限"),
        ("clerk", clerk, "让一位经办人登录，或者换密码"),
        ("offline", offline, "给一台电脑留地方：服务器连不上时，它可以离线出具"),
        ("check", check, "核对权限和整本台账"),
        ("rebuild", rebuild, "各窗口换了版本以后，重建各视图"),
    ):
        one = command(below, name, run, help_)
        one.add_argument(
            "address", type=words, metavar="ADDRESS", help="管理员的地址：postgresql://管理员@服务器/数据库?schema=台账"
        )
        if name == "offline":
            one.add_argument("code", type=words, metavar="CODE", help="那台电脑的安装点代码，6 位数字，每台不同")
            one.add_argument("name", type=words, metavar="NAME", help="印在编号里的名称，例如 耿离一，每台不同")
        if name == "clerk":
            one.add_argument("staff", type=words, metavar="STAFF", help="工号")
            may = one.add_mutually_exclusive_group()
            may.add_argument("--erases", action="store_true", help="还可以清除：整个号码到期离开，清除一份文书")
            may.add_argument("--reads", action="store_true", help="只看不写：中心的人看网点的台账")
