"""本机设置：printer, card reader, size of type and place of the window, in settings.toml beside the book.

What an office decides is an entry of its book; only what belongs to this one screen and its printer is here. Nothing of
worth is lost with the file, so a damaged one counts as none. It is read each time it is asked for, so that every page
knows what another one changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from counter_assistant.paths import OFFLINE
from counter_assistant.printing.media import Adjustment
from counter_assistant.storage.server.book_place import NAME as BOOK_PLACE

NAME = "settings.toml"
_LARGEST = 1 << 16
TYPE_SIZES = {"标准": 1.0, "大": 1.15, "特大": 1.3}


class LocalSettings(NamedTuple):
    """`printer` is the system's name of the one used last, empty for the system's default; `geometry` is Qt's, in base64.

    `phrases` is where the panel of 文明用语 was last (docked or floating), `phrases_place` where its small window stood. `reader` is the
    identity card reader, as counter_assistant/devices/readers.py names it; empty for none. `opener` is who opened a sealed book here
    last, by staff number, and `key_file` where the key file lay with which somebody did; never what is in it. `lock_minutes` is after how
    many minutes without a key or the mouse the window of a sealed book locks; 0 is never. `printers` is by size of paper, such as A4: the
    one that was chosen for it last, where that is another than `printer`. `adjustments` is by printer how its papers are moved, and the tray.
    `draft` is the id of what stands on the desk while the program opens anew, offline or in its hall, and `offline_since` when it went offline.
    """

    printer: str = ""
    type_size: float = 1.0
    geometry: str = ""
    phrases: str = ""
    phrases_place: str = ""
    reader: str = ""
    opener: str = ""
    key_file: str = ""
    lock_minutes: int = 10
    printers: Mapping[str, str] = {}
    adjustments: Mapping[str, Mapping[str, str | float]] = {}
    draft: str = ""
    offline_since: str = ""

    def adjustment_of(self, printer: str) -> Adjustment:
        """What is set for a printer, by the system's name; empty for the system's default."""
        return Adjustment.of(self.adjustments.get(printer))

    def printer_for(self, size: str) -> str:
        """The printer of a size of paper: the one that was chosen for it last, else that of every size."""
        return str(self.printers.get(size, self.printer))


def load(folder: Path) -> LocalSettings:
    """The settings of a data folder (`office.folder`); those of the wrong kind count as not set."""
    path = _place(folder)
    try:
        if not path.is_file():
            return LocalSettings()
        import tomllib  # the first paint waits for this: not before somebody has set something

        from counter_assistant.files import read_plain

        values = tomllib.loads(read_plain(path, _LARGEST).decode())
    except (OSError, ValueError):
        return LocalSettings()
    usual = LocalSettings()._asdict()
    return LocalSettings(**{key: values[key] for key in usual if type(values.get(key)) is type(usual[key])})


def _place(folder: Path) -> Path:
    """Offline a PC has the settings that it has in its hall."""
    return (folder.parent if folder.name == OFFLINE and (folder.parent / BOOK_PLACE).is_file() else folder) / NAME


def adjust_printer(folder: Path, printer: str, adjustment: Adjustment) -> None:
    """Remembers how the papers of a printer are moved, and its tray."""
    others = {name: one for name, one in load(folder).adjustments.items() if name != printer}
    change(folder, adjustments=others if adjustment == Adjustment() else others | {printer: adjustment._asdict()})


def use_printer(folder: Path, size: str, name: str) -> None:
    """Remembers the printer of a size of paper; without a size it is that of every size."""
    if size:
        change(folder, printers={**load(folder).printers, size: name})
    else:
        change(folder, printer=name, printers={})


def change(
    folder: Path, **values: str | float | Mapping[str, str] | Mapping[str, Mapping[str, str | float]]
) -> LocalSettings:
    """Changes some of them. A folder that cannot be written is nothing that anybody needs to stop for."""
    import tomli_w

    from counter_assistant.files import write_atomic

    settings = load(folder)._replace(**values)  # type: ignore[arg-type]
    with suppress(OSError):
        write_atomic(_place(folder), tomli_w.dumps(settings._asdict()).encode("utf-8", "replace"))
    return settings
