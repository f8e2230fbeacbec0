"""口令：问一声，或者从 --secret-fd 给的描述符依次各读一行；从不写在命令里，那样别的用户看得见."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace

from counter_assistant.domain.refusal import Refusal

LONGEST = 1024
"""The most bytes of a passphrase."""


def read_secret(options: Namespace, prompt: str, *, twice: bool = False) -> str:
    """A passphrase: the next line of the descriptor that was named, else what is typed; `twice` where it is a new one.

    Raises:
        Refusal: `no-secret` (nothing to read it from, or nothing there), `secrets-differ`.
    """
    if options.secret_fd is not None:
        said = _from_descriptor(options.secret_fd)
    elif sys.stdin is not None and sys.stdin.isatty():
        said = getpass.getpass(f"{prompt}：", sys.stderr)
        if twice and getpass.getpass(f"{prompt}，再输一遍：", sys.stderr) != said:
            raise Refusal("secrets-differ", "两遍口令不一样。", "请重新输入。")
    else:
        said = ""
    if not said:
        raise Refusal("no-secret", "没有口令。", "请在终端里输入，或者用 --secret-fd 指明从哪里读。")
    return said


def ask(prompt: str) -> str:
    """What is typed at the terminal, not shown.

    Raises:
        Refusal: `no-secret`: there is no terminal.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refusal("no-secret", "没有可以输入的终端。", "请在终端里办，或者用 --secret-fd 指明从哪里读口令。")
    return getpass.getpass(f"{prompt}：", sys.stderr)


def _from_descriptor(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:  # nothing of the next line is taken
            return file.readline(LONGEST).decode().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise Refusal("no-secret", f"从描述符 {descriptor} 读不到口令。", "请核对 --secret-fd。") from error
