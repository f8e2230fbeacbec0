"""A pack says whose it is, what it holds and which key signed it; its fingerprint can be read out and typed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition import edition
from counter_assistant.domain.revision.pack import Pack, fingerprint, is_fingerprint

APPROVED = Approval("临住金〔2026〕18号", date(2026, 12, 3), "主任办公会", date(2026, 12, 15))
MADE = datetime(2026, 12, 3, 10, 42, tzinfo=timezone(timedelta(hours=8)))
KEY = "ab" * 32


def a_pack(make: Any) -> Pack:
    base = make.catalogue(make.item())
    return Pack("某中心", MADE, edition(base, base, APPROVED, "2026-12-15", ("改了",)), "Ed25519", KEY, "5f1e")


def test_it_is_read_as_it_was_written(make: Any) -> None:
    pack = a_pack(make)
    written = json.loads(json.dumps(pack.to_json()))
    read = Pack.from_json(written, "5f1e")
    assert (read.centre, read.made, read.algorithm, read.key, read.id) == ("某中心", MADE, "Ed25519", KEY, "5f1e")
    assert read.to_json() == pack.to_json() == written
    assert read.fingerprint == pack.fingerprint


def test_what_is_signed_names_its_kind_and_format_and_its_key_is_read_out_in_full(make: Any) -> None:
    pack = a_pack(make)
    assert pack.to_json() == {
        "kind": "counter-assistant-content", "format": 1, "algorithm": "Ed25519", "key": KEY, "centre": "某中心",
        "made": "2026-12-03T10:42:00+08:00", "edition": pack.edition.to_json(),
    }  # fmt: skip
    digits = sha256(f"Ed25519\0{KEY}".encode()).hexdigest()
    assert pack.fingerprint.replace(" ", "") == digits[:32]
    with pytest.raises(Refusal) as refused:
        Pack.from_json([], "")
    assert str(refused.value) == "这不是一版核定的内容。请换一份没有改动过的文件。"


@pytest.mark.parametrize(
    "change",
    [
        {"made": "2026-12-03"},
        {"made": "soon"},
        {"made": 1},
        {"centre": None},
        {"centre": "某\x1b[2J中心"},
        {"edition": []},
        {"key": []},
    ],
)
def test_what_is_no_pack_is_refused(make: Any, change: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        Pack.from_json(a_pack(make).to_json() | change, "")
    assert refused.value.code == "broken-content"


def test_every_text_is_read_at_once(make: Any) -> None:
    written = json.loads(json.dumps(a_pack(make).to_json()))
    written["edition"]["content"]["items"]["T01"][0]["colour"] = "red"
    with pytest.raises(Refusal) as refused:
        Pack.from_json(written, "")
    assert "items.T01[1].colour" in refused.value.sentence


def test_a_fingerprint_is_eight_groups_and_another_for_every_key_and_algorithm() -> None:
    own = fingerprint("Ed25519", KEY)
    assert [len(group) for group in own.split(" ")] == [4] * 8
    assert len({own, fingerprint("Ed25519", "ac" * 32), fingerprint("SM2", KEY)}) == 3


def test_it_is_typed_with_or_without_blanks_and_never_in_part() -> None:
    own = fingerprint("Ed25519", KEY)
    for typed in (own, own.upper(), own.replace(" ", ""), own.replace(" ", "-"), f" {own}\n"):
        assert is_fingerprint(typed, own)
    for typed in ("", own[:-1], own + "0", own[5:]):
        assert not is_fingerprint(typed, own)
