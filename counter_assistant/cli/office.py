"""命令行打开的网点：按公共的选项打开，用完关上."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office, is_sealed, office_folder, open_office
from counter_assistant.operations.sealing import key_by_passphrase, key_by_sheet, note_opened_by_sheet
from counter_assistant.paths import named_folder
from counter_assistant.storage.sealing.book_key import BookKey


@contextmanager
def open_named(options: Namespace) -> Iterator[Office]:
    """The office of the folder that was named, else this user's; closed at the end. A sealed one is opened as `--as`.

    Raises:
        Refusal: `book-sealed` (nobody was named who opens it); what `named_folder`, `read_secret`, `key_by_passphrase`,
            `key_by_sheet`, `open_office` and `Office.act_as` refuse.
    """
    folder = named(options.data_dir, "--data-dir")
    office = open_office(folder, training=options.training, key=_key(options, folder))
    try:
        if options.acting:
            office.act_as(options.acting)
        if options.clock_confirmed:
            office.confirm_clock()
        if options.sheet and office.sealed:
            note_opened_by_sheet(office, options.acting)
        yield office
    finally:
        office.close()


def named(folder: str | None, option: str) -> Path | None:
    """A folder that an option may name; None where it does not."""
    return None if folder is None else named_folder(folder, option)


def _key(options: Namespace, data_dir: Path | None) -> BookKey | None:
    folder = office_folder(data_dir, training=options.training)
    if not is_sealed(folder):
        return None
    if not options.acting:
        raise Refusal(
            "book-sealed", "台账是密封的。", "请用 --as 写明工号，在终端里输入口令，或者用 --secret-fd 指明从哪里读。"
        )
    if options.sheet:
        return key_by_sheet(folder, read_secret(options, "恢复单上的 12 个字"))
    return key_by_passphrase(folder, options.acting, read_secret(options, f"工号 {options.acting} 的口令"))
