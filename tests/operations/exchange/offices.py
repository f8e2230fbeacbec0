"""A centre that keeps the books of branches, and what a branch needs to send to it: whole offices, without a window."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.bundle_entry import BundleTaken
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.operations.exchange.answering import Answer, answer_branch
from counter_assistant.operations.exchange.merging import bring
from counter_assistant.operations.exchange.sending import Sent, send_to_centre
from counter_assistant.operations.exchange.taking import Received, books_of, take_bundle
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from tests.make import NOW
from tests.operations.exchange.branches import OPENING, Branch
from tests.operations.witnessing.centre import a_signer

ALL = 1_000_000


class Centre:
    """An office that takes bundles; its book is the example's, unless it was sealed before."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stick, self.now = folder / "centre", folder / "stick", NOW
        self.stick.mkdir(parents=True, exist_ok=True)
        self.signer = a_signer()

    def office(self) -> Office:
        """The office, to be closed again."""
        return open_office(self.folder, self.clock)

    def clock(self) -> datetime:
        """The time that it is made to be."""
        return self.now

    def take(self, path: Path, trust: str | None = None) -> Received:
        """Takes a bundle; the fingerprint is compared unless another was typed."""
        bundle = read_bundle(path)
        with closing(self.office()) as office:
            return take_bundle(office, bundle, OPENING, bundle.manifest.fingerprint if trust is None else trust)

    def answer(self, installation: str, handed: Path | None = None) -> Answer:
        """A bundle for a branch."""
        with closing(self.office()) as office:
            return answer_branch(office, self.stick, installation, self.signer, handed)

    def lines(self) -> dict[str, list[Line]]:
        """All entries of each strand."""
        with closing(self.office()) as office:
            return {name: lines_of_strand(office, name) for name in books_of(office).names()}


def lines_of_strand(office: Office, name: str) -> list[Line]:
    with books_of(office).opened(name) as book:
        return lines_after(book.database.handle, 0, ALL)


def send(office: Office, stick: Path, since: int | None = None) -> Sent:
    """A bundle for the centre, whose key is taken where it was not."""
    if office.book.latest(EntryKind.KEY_SLOT) is None:
        taken = KeySlot(KeyAct.CENTRE_TAKEN, OPENING.public.hex(), "0001")
        office.book.append(EntryKind.KEY_SLOT, taken.to_payload())
    return send_to_centre(office, stick, since)


def keep_branches(office: Office, stick: Path, chance: random.Random) -> None:
    """Gives an office the books of four branches, one of which forked, and one of which a part is missing; for a picture."""
    branches, brought = (
        [Branch(chance, code, now=NOW - timedelta(days=3)) for code in ("530922", "530925", "530926", "530929")],
        list[Path](),
    )

    def send(branch: Branch, after: int = 0) -> None:
        brought.append(branch.send(stick / f"{len(brought)}.bundle", after))

    for branch in branches:
        branch.go_on(chance.randint(60, 160))
        send(branch)
    forked, end, missing = branches[2], branches[2].end, branches[0].end + 5
    for branch in (forked, forked.copied()):
        branch.go_on(8)
        send(branch, end)
    branches[0].go_on(12)
    send(branches[0], missing)
    for path in brought:
        bundle = read_bundle(path)
        said, merged = bundle.manifest, bring(books_of(office), bundle, OPENING)
        taken = BundleTaken(
            bundle.id,
            said.statement,
            said.after,
            said.algorithm,
            said.key,
            said.opens,
            merged.outcome,
            "",
            True,
            "0001",
        )
        office.book.append(EntryKind.BUNDLE_TAKEN, taken.to_payload())
