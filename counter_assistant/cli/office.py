"""命令行打开的网点：按公共的选项打开，用完关上."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_assistant.operations.office import Office, open_office
from counter_assistant.paths import named_folder


@contextmanager
def open_named(options: Namespace) -> Iterator[Office]:
    """The office of the folder that was named, else this user's; closed at the end.

    Raises:
        Refusal: what `named_folder` and `open_office` refuse.
    """
    office = open_office(named(options.data_dir, "--data-dir"), training=options.training)
    try:
        if options.clock_confirmed:
            office.confirm_clock()
        yield office
    finally:
        office.close()


def named(folder: str | None, option: str) -> Path | None:
    """A folder that an option may name; None where it does not."""
    return None if folder is None else named_folder(folder, option)
