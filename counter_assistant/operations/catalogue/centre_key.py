"""为中心封一份：中心发来打开台账的公钥，核对是谁签的，收下；从此台账的钥匙总也封给中心."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import is_fingerprint
from counter_assistant.operations.catalogue.packs import trusted_key
from counter_assistant.operations.keys.ring_changes import change_ring, looks_after_keys
from counter_assistant.storage.packs.handed_key import HandedKey, hand_out
from counter_assistant.storage.packs.key_file import read_key_file

if TYPE_CHECKING:
    from counter_assistant.domain.entry import Entry
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.packs.key_file import Signer


def handed_out(office: Office, path: Path, signer: Signer) -> bytes:
    """The file that this centre gives its branches: the public half of the key file at `path`, signed.

    Raises:
        Refusal: what `read_key_file` and `hand_out` refuse.
    """
    return hand_out(office.profile.unit, read_key_file(path), signer)


def take_centre_key(office: Office, by: str, handed: HandedKey, trust: str = "") -> Entry:
    """Takes the key that a centre handed out: the key of the book is sealed to it, now or when the book is sealed, and with every
    change. `trust` is the fingerprint of the key that signed it, where somebody compared that.

    Raises:
        Refusal: `fingerprint-differs`, `centre-key-unconfirmed` (this office does not trust who signed it, and nobody compared the
            fingerprint); what `looks_after_keys` and `change_ring` refuse.
    """
    by = looks_after_keys(office, by)
    if trust and not is_fingerprint(trust, handed.fingerprint):
        raise Refusal(
            "fingerprint-differs",
            f"核对的指纹与签这把公钥的不同，签它的是 {handed.fingerprint}。",
            "请与中心纸面上的指纹再对一遍；不一致的不要收。",
        )
    if not trust and trusted_key(office) != (handed.algorithm, handed.signed_with):
        raise Refusal(
            "centre-key-unconfirmed",
            f"签这把公钥的密钥，指纹还没有核对：{handed.fingerprint}。",
            "请与中心纸面上的指纹逐组核对，一致的再收。",
        )
    if office.sealed:
        return change_ring(office, lambda ring: ring, KeyAct.CENTRE_TAKEN, handed.key, by)
    return office.book.append(EntryKind.KEY_SLOT, KeySlot(KeyAct.CENTRE_TAKEN, handed.key, by).to_payload())
