"""What is sealed to the keepers of a register opens for them alone, says little by its length, and belongs to one place."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.storage import ciphers
from counter_assistant.storage.sealing.sealed_payload import (
    ALGORITHM,
    SMALLEST,
    RegisterKey,
    SealedPlace,
    Unsealed,
    open_content,
    seal_content,
)

HERE, ELSEWHERE = SealedPlace("complaint", "book:sealed:1"), SealedPlace("complaint", "book:sealed:2")
SAID = {"supplement": {"text": "龘靐齉说等了一个小时"}}


def new_key() -> RegisterKey:
    pair = ciphers.new_pair()
    return RegisterKey(pair.public, pair.secret)


KEY = new_key()
ANYBODY = RegisterKey(KEY.public)


def sealed_plain(plain: bytes) -> SealedContent:
    """Whatever somebody with the public half may have sealed."""
    return SealedContent(ALGORITHM, KEY.name, b64encode(ciphers.seal_to(KEY.public, plain)).decode())


def in_length(text: str) -> bytes:
    return len(text.encode()).to_bytes(4, "big") + text.encode()


@pytest.mark.parametrize(("key", "by_keeper"), [(KEY, True), (ANYBODY, False)])
def test_anybody_seals_and_the_keepers_open(key: RegisterKey, by_keeper: bool) -> None:
    content = seal_content(key, HERE, SAID)
    assert open_content(KEY, HERE, content) == Unsealed(SAID, by_keeper)
    with pytest.raises(ValueError, match="secret half"):
        open_content(ANYBODY, HERE, content)
    assert open_content(new_key(), HERE, content) is None
    assert open_content(replace(new_key(), public=KEY.public), HERE, content) is None


def test_it_belongs_to_one_place() -> None:
    content = seal_content(KEY, HERE, SAID)
    assert open_content(KEY, ELSEWHERE, content) is None
    assert open_content(KEY, SealedPlace("draft", HERE.act), content) is None


def test_a_mark_is_of_one_content_at_one_place() -> None:
    """GIVEN a mark that a keeper made WHEN somebody puts it on another content, or elsewhere THEN it is no keeper's."""
    plain = ciphers.open_sealed(KEY.secret or b"", b64decode(seal_content(KEY, HERE, SAID).box))
    assert plain
    written = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])
    for place, change in ((HERE, {"said": {"step": {}}}), (ELSEWHERE, {"act": ELSEWHERE.act}), (HERE, {"mark": "龘"})):
        forged = json.dumps(written | change, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        opened = open_content(KEY, place, sealed_plain(in_length(forged)))
        assert opened
        assert not opened.by_keeper
    assert open_content(KEY, HERE, seal_content(new_key(), HERE, SAID)) is None


def test_its_length_says_little() -> None:
    lengths = {
        count: len(b64decode(seal_content(ANYBODY, HERE, {"text": "问" * count}).box)) for count in range(0, 9000, 450)
    }
    overhead = min(lengths.values()) - SMALLEST
    assert {length - overhead for length in lengths.values()} == {SMALLEST, 4 * SMALLEST, 16 * SMALLEST}
    assert len({seal_content(ANYBODY, HERE, SAID).box for _ in range(3)}) == 3, "twice the same does not look the same"


def test_nothing_of_it_and_nothing_secret_is_outside() -> None:
    content = seal_content(KEY, HERE, SAID)
    outside = json.dumps(content.to_payload()) + repr(KEY) + KEY.name + repr(open_content(KEY, HERE, content))
    for secret in ((KEY.secret or b"").hex(), repr(KEY.secret), KEY.public.hex()[:16], HERE.act, "supplement"):
        assert secret not in outside.replace(repr(KEY.public), "")


@pytest.mark.parametrize(
    "change", [{"by": "sm2, sm4"}, {"key": "00" * 8}, {"box": "?"}, {"box": "龘"}, {"box": ""}, {"box": "AAAA"}]
)
def test_what_was_changed_does_not_open(change: dict[str, str]) -> None:
    assert open_content(KEY, HERE, replace(seal_content(KEY, HERE, SAID), **change)) is None


def test_no_byte_of_a_box_is_changed_unnoticed() -> None:
    content = seal_content(KEY, HERE, SAID)
    box = b64decode(content.box)
    for place in range(0, len(box), 37):
        changed = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        assert open_content(KEY, HERE, replace(content, box=b64encode(changed).decode())) is None, place


def whole(**changes: Any) -> str:
    values = {"act": HERE.act, "kind": HERE.kind, "mark": "", "said": {}} | changes
    return json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(
    "plain",
    [
        b"", b"\xff" * 8, in_length("[]"), in_length("{}"), in_length("[" * 60_000), in_length(whole(said=[])),
        in_length(whole(said={"text": "\ud800"})), in_length(whole(more=1)), in_length(whole(mark=None)),
        in_length(whole(said={"n": 2**60})), in_length(whole() + " "), in_length(whole(said={"n": 0.5})),
    ],
)  # fmt: skip
def test_whatever_was_sealed_to_the_keepers_stops_nobody(plain: bytes) -> None:
    assert open_content(KEY, HERE, sealed_plain(plain)) is None
    assert open_content(KEY, HERE, sealed_plain(in_length(whole())))
