"""练习用本单位自己的人和资料：进入练习时，把现在的单位资料记进练习的台账；编号、二维码用练习的，不会当成真的."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.office import Office, open_office

PLACE, CODE = "练", "899900"
"""The installation of every training book: on its papers the number says so, and its code is no other's."""


def lend_office(office: Office) -> None:
    """Lets the training book have the profile and the people of an office, as they are now; an example or a training office lends nothing.

    Raises:
        Refusal: what `open_office` and `Book.append` refuse, such as where somebody is practising in another window.
    """
    if office.training or office.book.latest(EntryKind.OFFICE_PROFILE) is None:
        return
    lent = replace(office.profile, installation_name=PLACE, installation_code=CODE)
    with closing(open_office(office.folder, office.clock, training=True)) as practice:
        if practice.profile != lent:
            practice.book.append(EntryKind.OFFICE_PROFILE, lent.to_payload())
