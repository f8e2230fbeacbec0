"""命令行 about：各样东西是哪一版、诊断、许可；台账打不开的时候也说得出."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli.answer import answer, warn
from counter_assistant.cli.office import named, open_named
from counter_assistant.domain.about.diagnosis import Diagnosis, Printers
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.about.diagnosing import of_folder, of_office, printers_told
from counter_assistant.operations.about.licences import components
from counter_assistant.operations.about.versions import VersionGroup, version_groups
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.data_folder import office_folder
from counter_assistant.operations.office import Office
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.licences.component import Component


def about(options: Namespace) -> None:
    """Says what is inside and how it is. Nothing is made where there is no book, and one that is refused is told by the code of that.

    Raises:
        Refusal: what `office_folder` refuses.
    """
    folder = office_folder(named(options.data_dir, "--data-dir"), training=options.training)
    groups: tuple[VersionGroup, ...] = ()
    refused: Refusal | None = None
    diagnosis: Diagnosis | None = None
    if (folder / BOOK_NAME).is_file():
        try:
            with open_named(options) as office:
                groups, diagnosis = version_groups(office), of_office(office, printers=_printers(office))
        except Refusal as refusal:
            refused = refusal
    diagnosis = diagnosis or of_folder(folder, system_clock(), refused, _printers(None))
    listed = _listed()
    value = {
        "versions": {group.title: dict(group.rows) for group in groups},
        "diagnosis": diagnosis.to_json(),
        "licences": [
            {"name": each.name, "version": each.version, "licence": each.licence, "within": each.within}
            for each in listed
        ],
    }
    text = [
        f"{group.title}　{row.label}　{row.words}" for group in groups if group.title != "程序" for row in group.rows
    ]
    text += [*([""] if text else []), diagnosis.in_words()]
    text += ["", "程序里有这些，按各自的许可："] if listed else []
    text += [f"{each.name}　{each.version}　{each.licence}".replace("　　", "　") for each in listed]
    answer(options, value, text)


def _listed() -> tuple[Component, ...]:
    """Everything inside; nothing where the list is gone, which is said: whoever asks may be looking for just such a fault."""
    try:
        return components()
    except Refusal as refusal:
        warn(str(refusal))
        return ()


def _printers(office: Office | None) -> Printers | None:
    """What the system says of its printers; None where it does not answer."""
    from counter_assistant.printing.printers import printers

    try:
        return printers_told(printers(), office=office)
    except Refusal:
        return None


def add_commands(subparsers: Any, command: Callable[..., Any]) -> None:
    """Adds the command; `command` makes one with the options that all have."""
    command(subparsers, "about", about, "各样东西是哪一版、没有个人信息的诊断、里面各部分的许可")
