"""命令行 stick：装机、升级以前核对 U 盘：每个文件，和签名."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer
from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.storage.packs.signed_sums import check_stick, kept_signer


def stick(options: Namespace) -> None:
    """Says whether a stick is whole and who signed it, who has to be whom this PC keeps to; no book is opened.

    Raises:
        Refusal: what `check_stick` and `kept_signer` refuse; `stick-unlisted`, after the answer, so that the exit code is 1.
    """
    found = check_stick(options.folder, options.signed_by or kept_signer())
    value = {"files": found.files, "fingerprint": found.fingerprint or None, "unlisted": list(found.unlisted)}
    signed = (
        f"签名完好，密钥指纹 {found.fingerprint}" if found.fingerprint else "没有签名：只知道文件完整，不知道是谁做的。"
    )
    text = [f"U 盘上的 {found.files} 个文件都完整。", signed]
    text += [readable(f"不在清单里的文件：{name}") for name in found.unlisted]
    answer(options, value, text, done=signed)
    if found.unlisted:
        raise Refusal(
            "stick-unlisted",
            f"U 盘上有 {len(found.unlisted)} 个文件不在清单里。",
            "装机只装清单里的，不碰这些；不是自己放上去的，先问中心。",
        )


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any) -> None:
    """Adds the command; `command` makes one with the options that all have, `words` reads a text."""
    made = command(subparsers, "stick", stick, "核对装机的 U 盘：文件完整，谁签的名；有清单以外的文件，退出码是 1")
    made.add_argument("folder", type=Path, metavar="DIR", help="U 盘上放“从这里开始.html”的文件夹")
    made.add_argument(
        "--signed-by",
        type=words,
        default="",
        metavar="FINGERPRINT",
        help="必须是这把密钥签的，中心单子上印的指纹；不写的，按这台电脑记着的",
    )
