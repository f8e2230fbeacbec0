"""What tests of packs need: a centre with an edition and a key, its pack as a file, and offices that may take it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_assistant.domain.catalogue.items import Approval, Catalogue
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.edition import edition
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.domain.revision.revision import TextEdited
from counter_assistant.domain.revision.statements import newest, open_places
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.operations.catalogue import packs
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import take_revision
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.program import program
from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.key_file import Signer
from tests.make import NOW, confirmed, give_items

TODAY = NOW.date()
PASSPHRASE = "三月的雨 落在耿马 的屋檐上"
APPROVAL = Approval("临住金〔2026〕18号", TODAY, "主任办公会", TODAY + timedelta(days=7))
CENTRE = Source("centre", document=APPROVAL.number, clause="第五条", day=TODAY)
FEW = ("A01", "B08", "B09")
CHEAP = ciphers.Cost(1, 8192)


def a_signer(seed: int = 1) -> Signer:
    """A key whose secret is of no use to anybody."""
    secret = bytes([seed]) * 32
    return Signer(ciphers.ED25519, ciphers.public_key(secret).hex(), secret)


def few_items() -> Catalogue:
    """The catalogue with a few of its items, so that a check of all of it is quick."""
    known = program().catalogue
    return replace(known, items={id_: known.items[id_] for id_ in FEW}, materials=dict(known.materials))


def an_office_at(folder: Path, hours: int = 0) -> Office:
    """A confirmed office with a few of the items, whose clock is so many hours after the others'."""
    office = open_office(folder, lambda: NOW + timedelta(hours=hours))
    give_items(office, few_items())
    if not office.profile.confirmed:
        office.decide_profile(confirmed(office.profile))
    return office


def settle(revising: Revising, item: str) -> None:
    """Agrees to every open sentence of an item, for that item alone."""
    while place := next(open_places(newest(revising.working, item)), None):
        revising.do(Verdict(place.statement, Answer.AGREE, CENTRE, "", (item,)))


def approve_renamed(office: Office, name: str, approval: Approval = APPROVAL) -> None:
    """An edition in which B08 is settled and called otherwise."""
    revising = Revising(office)
    settle(revising, "B08")
    revising.do(TextEdited(replace(newest(revising.working, "B08"), name=name)))
    take_revision(office, revising, approval, "0002")


def packed(office: Office, path: Path, signer: Signer | None = None) -> Pack:
    """The pack of what an office tells, written to a file."""
    content, pack = packs.make_pack(office, signer or a_signer())
    path.write_bytes(content)
    return pack


def a_pack(base: Catalogue, made: datetime = NOW, approval: Approval = APPROVAL) -> Pack:
    """A pack of a whole catalogue in which nothing is changed."""
    signer = a_signer()
    content = edition(base, base, approval, approval.since.isoformat(), ("没有改动",))
    return Pack("某住房公积金管理中心", made, content, signer.algorithm, signer.key)


def written(pack: Pack) -> dict[str, Any]:
    """What is signed of a pack, free to be changed."""
    copied: dict[str, Any] = json.loads(json.dumps(pack.to_json()))
    return copied


def signed(content: dict[str, Any], signer: Signer | None = None) -> bytes:
    """The bytes of a pack file, whatever its content says, with a right signature."""
    signature = (signer or a_signer()).sign(chain.canonical(content).encode())
    return chain.canonical(content | {"signature": signature.hex()}).encode()
