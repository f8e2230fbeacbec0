"""First copies that are filed: in which volume each lies, and how it is signed."""

from __future__ import annotations

from counter_assistant.domain.closing.copies import CopiesFiled, Filed, Signature, filed_copies

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def test_a_copy_lies_where_it_was_first_filed_and_is_signed_as_was_said_last() -> None:
    filings = (
        CopiesFiled(MONDAY, {"告2号": Signature.MISSING, "告1号": Signature.SIGNED}, "0001"),
        CopiesFiled(TUESDAY, {"告2号": Signature.SIGNED, "告3号": Signature.REFUSED}, "0002"),
    )
    assert list(filed_copies(filings).items()) == [
        ("告2号", Filed(MONDAY, Signature.SIGNED)),
        ("告1号", Filed(MONDAY, Signature.SIGNED)),
        ("告3号", Filed(TUESDAY, Signature.REFUSED)),
    ]


def test_the_order_of_scanning_is_kept_in_the_book() -> None:
    filed = CopiesFiled(MONDAY, {"b": Signature.SIGNED, "a": Signature.REFUSED}, "0001")
    read = CopiesFiled.from_payload(filed.to_payload())
    assert (read, list(read.copies)) == (filed, ["b", "a"])


def test_each_press_says_the_next_thing_of_a_signature() -> None:
    assert [signature.label for signature in Signature] == ["已签", "拒签", "漏签"]
    assert [signature.following for signature in Signature] == [Signature.REFUSED, Signature.MISSING, Signature.SIGNED]
