"""An edition lies whole in its entry, with who recorded and who compared it, and what it came in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken, TakenEdition, TakenPack
from counter_assistant.domain.revision.content_json import BrokenContent
from counter_assistant.domain.revision.edition import edition

APPROVED = Approval("临住金〔2026〕18号", date(2026, 12, 3), "主任办公会", date(2026, 12, 15))
PACK = TakenPack("5f1e", "某中心", "2026-12-03T10:00:00+08:00", "Ed25519", "00", True)


def payload(make: Any, pack: TakenPack | None = PACK) -> dict[str, Any]:
    base = make.catalogue(make.item())
    made = edition(base, base, APPROVED, "2026-12-15", ("改了",))
    written: dict[str, Any] = json.loads(json.dumps(ContentTaken(made, "0001", "0002", pack).to_payload()))
    return written


def test_it_is_written_and_read_back(make: Any) -> None:
    written = payload(make)
    assert set(written) == {"edition", "clerk", "confirmed_by", "pack"}
    assert (written["clerk"], written["confirmed_by"], written["pack"]["centre"]) == ("0001", "0002", "某中心")
    read = ContentTaken.from_payload(written)
    assert (read.clerk, read.confirmed_by, read.pack) == ("0001", "0002", PACK)
    assert dict(read.edition.catalogue.items) == dict(make.catalogue(make.item()).items)
    assert (read.edition.approval, read.edition.changes) == (APPROVED, ("改了",))
    assert read.to_payload() == written


def test_one_that_was_approved_here_came_in_none(make: Any) -> None:
    written = payload(make, None)
    assert written["pack"] is None
    assert ContentTaken.from_payload(written).pack is None


def test_a_list_of_editions_leaves_the_items_unread(make: Any) -> None:
    written = payload(make)
    written["edition"]["content"]["items"] = "not read"
    assert TakenEdition.from_payload(written) == TakenEdition("2026-12-15", APPROVED, "0001", "0002")
    with pytest.raises(Refusal):
        ContentTaken.from_payload(written)
    written["edition"]["approval"] = {}
    with pytest.raises(BrokenContent) as refused:
        TakenEdition.from_payload(written)
    assert refused.value.place == "approval.number"
