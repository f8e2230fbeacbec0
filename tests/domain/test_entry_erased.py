"""What an erasure says: what is kept, why, and who answers for it."""

from __future__ import annotations

from counter_assistant.domain.entry import EntryKind, PayloadErased


def test_an_erasure_says_only_what_there_is_and_reads_as_it_was_written() -> None:
    old = {"kept": {"card": {"number": "1号"}}}
    assert PayloadErased.from_payload(old) == PayloadErased({"card": {"number": "1号"}})
    assert PayloadErased.from_payload(old).to_payload() == old
    whole = PayloadErased({"a": 1}, EntryKind.SLIP_ISSUED, "办3号", "0001", "0002", "销1号", "2037-02-01")
    said = {
        "kept": {"a": 1}, "of": "slip_issued", "reason": "办3号", "by": "0001", "second": "0002", "certificate": "销1号",
        "copies_by": "2037-02-01",
    }  # fmt: skip
    assert whole.to_payload() == said
    assert PayloadErased.from_payload(said) == whole


def test_of_an_erasure_that_was_left_with_less_that_is_what_is_left() -> None:
    assert PayloadErased({"kept": {"card": 2}, "of": "slip_issued"}, EntryKind.PAYLOAD_ERASED).left == {"card": 2}
    assert PayloadErased({"card": 1}, EntryKind.SLIP_ISSUED).left == {"card": 1}
    assert PayloadErased({"card": 1}).left == {"card": 1}
