"""串口：115200 8N1，经 pyserial。没有装的，说清楚怎么装。"""

from __future__ import annotations

import errno
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal

SPEED = 115200
MOMENT = 0.05
"""Seconds that a reading of the port waits at most."""


class Port(NamedTuple):
    """A serial port of this PC: what the system calls it, and what is plugged in there."""

    name: str
    label: str


def is_installed() -> bool:
    """Whether pyserial is there, found out without importing it."""
    return importlib.util.find_spec("serial") is not None


def ports() -> list[Port]:
    """The serial ports of this PC; none where pyserial is not installed or the system does not answer."""
    if not is_installed():
        return []
    from serial.tools.list_ports import comports

    try:
        return [Port(port.device, _label(port)) for port in sorted(comports(), key=lambda port: str(port.device))]
    except Exception:  # it asks the system in many ways; a list that is not there is no reason to stop
        return []


def _label(port: Any) -> str:
    about = str(port.description or "")
    return port.device if about in ("", "n/a", port.device) else f"{port.device}　{about}"


class SerialPort:
    """An open port. It is a `ByteStream`; whatever pyserial raises arrives as OSError."""

    def __init__(self, name: str) -> None:
        """
        Raises:
            Refusal: `no-serial-library`, `no-serial-port`, `serial-port-busy`.
        """
        serial = _library()
        try:
            self._port = serial.Serial(name, SPEED, timeout=MOMENT, write_timeout=1.0, exclusive=True)
        except Exception as error:
            raise _refusal(name, error) from None

    def send(self, data: bytes) -> None:
        """Sends all of it."""
        with _as_os_error():
            self._port.write(data)

    def receive(self) -> bytes:
        """What has come, after a moment where nothing has."""
        with _as_os_error():
            return bytes(self._port.read(max(self._port.in_waiting, 1)))

    def forget(self) -> None:
        """Drops what came without having been asked for."""
        with _as_os_error():
            self._port.reset_input_buffer()

    def close(self) -> None:
        """Lets the port go."""
        with _as_os_error():
            self._port.close()


def _library() -> Any:
    if not is_installed():
        raise Refusal(
            "no-serial-library", "没有安装 pyserial，用不了串口读卡器。", "请管理员安装 counter-assistant[reader]。"
        )
    import serial

    return serial


@contextmanager
def _as_os_error() -> Iterator[None]:
    """A port that is pulled out makes pyserial raise what its system's calls raise, termios.error among them."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(str(error)) from error


def _refusal(name: str, error: Exception) -> Refusal:
    number = getattr(error, "errno", None)
    if number in (errno.EACCES, errno.EPERM) or isinstance(error.__context__, PermissionError):
        return Refusal(
            "serial-port-busy", f"端口 {name} 打不开，可能有别的程序正在用读卡器。",
            "请关掉那个程序里的读卡；在 Linux 上还要让当前用户能用串口（dialout 组）。",
        )  # fmt: skip
    if number == errno.EAGAIN or number == errno.EBUSY or "lock" in str(error).lower():
        return Refusal("serial-port-busy", f"端口 {name} 正被别的程序使用。", "请关掉那个程序里的读卡，再试。")
    return Refusal("no-serial-port", f"找不到端口 {name}。", "请插好读卡器，或者到设置的“本机”里重选端口。")
