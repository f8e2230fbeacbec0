"""台账在服务器上的，各人解锁用的 PIN 记在这台电脑上：只解开已经上了班的窗口，连不上服务器，也打不开台账。"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of, write_atomic

NAME = "window-pins.json"
_LARGEST = 1 << 16


def read_pins(folder: Path) -> dict[str, Mapping[str, Any]]:
    """What tells a right PIN from a wrong one, by staff number. A file that cannot be read counts as none: the password unlocks all the same."""
    try:
        pins = json.loads(read_plain(folder / NAME, _LARGEST))
    except (OSError, ValueError):
        return {}
    return {who: pin for who, pin in pins.items() if isinstance(pin, dict)} if isinstance(pins, dict) else {}


def write_pin(folder: Path, who: str, pin: Mapping[str, Any]) -> None:
    """Gives somebody, by staff number, a PIN at this PC.

    Raises:
        Refusal: `pin-unsaved`.
    """
    try:
        write_atomic(folder / NAME, json.dumps({**read_pins(folder), who: pin}).encode(), 0o600)
    except OSError as error:
        raise Refusal(
            "pin-unsaved", f"PIN 没有记下：{reason_of(error)}。", "请检查数据文件夹能不能写入，再试一次。"
        ) from error
