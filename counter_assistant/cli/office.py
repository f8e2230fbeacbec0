"""命令行打开的网点：按公共的选项打开，用完关上."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from counter_assistant.cli.answer import warn
from counter_assistant.cli.secret import read_secret
from counter_assistant.operations.data_folder import is_sealed, office_folder
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.recovering.comparing import Watch
from counter_assistant.operations.sealing import Opened, by_centre_key, by_key_file, by_passphrase, by_sheet, let_in
from counter_assistant.paths import named_folder
from counter_assistant.storage.server.book_place import BookPlace, Shift, read_book_place


@contextmanager
def open_named(options: Namespace) -> Iterator[Office]:
    """The office of the folder that was named, else this user's; closed at the end. A sealed one is opened as `--as`.

    Raises:
        Refusal: what `named_folder`, `read_secret`, `by_passphrase`, `by_sheet`, `by_key_file`, `by_centre_key`, `open_office`, `let_in` and
            `Office.act_as` refuse.
    """
    folder = named(options.data_dir, "--data-dir")
    place = (
        BookPlace(options.book) if options.book else read_book_place(office_folder(folder, training=options.training))
    )
    shift, opened = _shift(options, place), None if place.on_server else _opened(options, folder)
    office = open_office(
        folder, training=options.training, key=opened.key if opened else None, place=place, shift=shift
    )  # fmt: skip
    if not options.training:
        office.before_acts = partial(Watch(office.folder).before_acts, office)
    try:
        if opened:
            let_in(office, opened._replace(clock_confirmed=options.clock_confirmed))
        elif options.acting and not shift:
            office.act_as(options.acting)
        if options.clock_confirmed:
            office.confirm_clock()
        yield office
        office.journal.finish()
        if office.journal.notice:
            warn(f"{office.journal.notice}。")
    finally:
        office.close()


def _shift(options: Namespace, place: BookPlace) -> Shift | None:
    """Who works with a book on a server, who shows their password there; None where nobody is named, and the server knows by itself."""
    if not (place.on_server and options.acting):
        return None
    return Shift(options.acting, read_secret(options, f"工号 {options.acting} 在服务器上的密码"))


def named(folder: str | None, option: str) -> Path | None:
    """A folder that an option may name; None where it does not."""
    return None if folder is None else named_folder(folder, option)


def _opened(options: Namespace, data_dir: Path | None) -> Opened | None:
    """Who opens the book with what; None where it needs no key, or nobody is named."""
    folder, who = office_folder(data_dir, training=options.training), options.acting
    options.shown = ""  # what somebody's own was opened with, for who changes that
    if not (who and is_sealed(folder)):
        return None
    if options.centre_key:
        return by_centre_key(folder, who, options.centre_key, read_secret(options, "中心密钥的口令"))
    if options.sheet:
        return by_sheet(folder, who, read_secret(options, "恢复单上的 12 个字"))
    if options.key_file:
        options.shown = options.key_file
        return by_key_file(folder, who, options.key_file)
    options.shown = read_secret(options, f"工号 {who} 的口令")
    return by_passphrase(folder, who, options.shown)
