"""What is sealed to a public half opens with the secret one, and with nothing else."""

from __future__ import annotations

import pytest

from counter_assistant.storage.ciphers import new_pair, open_sealed, pair_of, seal_to


@pytest.mark.parametrize("plain", [b"", bytes(32), "投诉".encode() * 1000])
def test_what_is_sealed_to_somebody_opens_for_them_alone(plain: bytes) -> None:
    ours, theirs = new_pair(), new_pair()
    box = seal_to(ours.public, plain)
    assert open_sealed(ours.secret, box) == plain
    assert open_sealed(theirs.secret, box) is None
    assert seal_to(ours.public, plain) != box, "who has seen one does not know that the next is the same"
    assert pair_of(ours.secret) == ours
    assert ours.secret != ours.public


def test_any_change_of_what_was_sealed_is_noticed() -> None:
    ours = new_pair()
    box = seal_to(ours.public, b"whole")
    for place in range(len(box)):
        assert open_sealed(ours.secret, box[:place]) is None
        assert open_sealed(ours.secret, box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]) is None, place


def test_what_is_no_half_of_a_key_seals_and_opens_nothing() -> None:
    for public in (b"", bytes(31), bytes(32), b"\1" + bytes(31)):
        with pytest.raises(ValueError, match="public half"):
            seal_to(public, b"plain")
    assert open_sealed(bytes(31), seal_to(new_pair().public, b"plain")) is None
    with pytest.raises(ValueError, match="another length"):
        pair_of(bytes(31))
