"""台账在哪里：本机，或一台服务器；记在数据文件夹里，一行地址，没有密码。

A file that is there and cannot be read is refused: the book of this PC is another one, and would give out numbers of its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of, write_atomic

NAME = "book-place.toml"
_LARGEST = 1 << 14


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Where the book of a PC lies. `address` is that of a server, such as `postgresql://10.0.0.5/centre?schema=linxiang`; empty for a
    file on this PC. `window` is what is printed as the window of this PC, in the place of the profile's; empty leaves that."""

    address: str = ""
    window: str = ""

    @property
    def on_server(self) -> bool:
        """Whether it lies on a server."""
        return bool(self.address)


def is_address(place: str) -> bool:
    """Whether a place is one on a server, as somebody types it or a book names it; else it is a file."""
    return "://" in place


@dataclass(frozen=True, slots=True)
class Shift:
    """Who works at a window from now on, by staff number, and the password that the server asks them for; it is kept nowhere."""

    who: str
    password: str = field(repr=False)


def read_book_place(folder: Path) -> BookPlace:
    """Where the book of a data folder lies.

    Raises:
        Refusal: `book-place-unread` (it is noted there, and cannot be read).
    """
    path = folder / NAME
    try:
        text = read_plain(path, _LARGEST).decode()
        import tomllib  # a PC that notes nothing starts without it

        values: dict[str, Any] = tomllib.loads(text)
        place = BookPlace(values.pop("address"), **values)
        if not all(isinstance(each, str) for each in asdict(place).values()):
            raise ValueError(NAME)
    except FileNotFoundError:
        return BookPlace()
    except (OSError, ValueError, TypeError, KeyError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "内容不对"
        raise Refusal(
            "book-place-unread",
            f"不知道台账在哪里：{path} 读不出来（{why}）。",
            "请管理员查看这个文件。不要删掉它：删掉就会在本机另起一本，编号会重复。",
        ) from error
    return place


def note_book_place(folder: Path, place: BookPlace) -> None:
    """Notes where the book of a data folder lies, from the next opening on.

    Raises:
        Refusal: `book-place-unsaved`.
    """
    import tomli_w

    try:
        write_atomic(folder / NAME, tomli_w.dumps(asdict(place)).encode(), 0o600)
    except OSError as error:
        raise Refusal(
            "book-place-unsaved",
            f"台账在哪里没有记下：{reason_of(error)}。",
            "请检查数据文件夹能不能写入，再试一次。",
        ) from error
