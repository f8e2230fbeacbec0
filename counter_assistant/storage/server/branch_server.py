"""中心的数据文件夹里记着：网点的台账在哪台服务器上；一行地址，没有密码."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of, write_atomic

NAME = "branches-server.toml"
_LARGEST = 1 << 14


def read_branch_server(folder: Path) -> str:
    """The address of the server on which branches have their books; empty where none is noted.

    Raises:
        Refusal: `branch-server-unread` (it is noted, and cannot be read).
    """
    try:
        text = read_plain(folder / NAME, _LARGEST).decode()
        import tomllib  # a PC that notes nothing starts without it

        address = tomllib.loads(text)["address"]
        if not isinstance(address, str):
            raise ValueError(NAME)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "内容不对"
        raise Refusal(
            "branch-server-unread", f"{NAME} 读不出来（{why}）。", "请用 branches server 再记一次地址。"
        ) from error
    return address


def note_branch_server(folder: Path, address: str) -> None:
    """Notes the address, in place of the one before; an empty one notes that there is none.

    Raises:
        Refusal: `branch-server-unsaved`.
    """
    import tomli_w

    try:
        write_atomic(folder / NAME, tomli_w.dumps({"address": address}).encode(), 0o600)
    except OSError as error:
        raise Refusal(
            "branch-server-unsaved", f"地址没有记下：{reason_of(error)}。", "请检查数据文件夹能不能写入，再试一次。"
        ) from error
