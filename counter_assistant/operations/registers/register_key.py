"""登记的钥匙：谁都能封进去的一半，保管人才有的另一半.

A sealed book has the key of its register beside its own. In training everybody is a keeper: its key is no secret, as its whole book
is none. An open book that is no training has no register, because what nobody may read would lie beside what everybody can.
"""

from __future__ import annotations

import hashlib
from functools import cache

from counter_assistant.domain.people.roles import Permission, in_words
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.keepers import keepers
from counter_assistant.operations.keys.ring_changes import ring_of
from counter_assistant.operations.office import Office
from counter_assistant.storage.ciphers import pair_of
from counter_assistant.storage.sealing.sealed_payload import RegisterKey


@cache
def training_key() -> RegisterKey:
    """The key of every training book."""
    pair = pair_of(hashlib.sha256(b"the register of the training book").digest())
    return RegisterKey(pair.public, pair.secret)


def refuse_unsealed(office: Office) -> None:
    """Asks whether a book can have a register that its keepers alone read.

    Raises:
        Refusal: `register-unsealed`.
    """
    if not (office.sealed or office.training):
        raise Refusal(
            "register-unsealed",
            "台账没有密封，投诉登记了别人也看得见。",
            "请先密封台账、指定登记保管人；在此之前请用纸质的《投诉来访登记表》，锁好保管。",
        )


def register_key(office: Office) -> RegisterKey:
    """The key of the register as far as whoever acts has it: the half to which anybody seals, and the other for a keeper who opened
    the book.

    Raises:
        Refusal: `no-keeper` (nobody has been named yet); what `refuse_unsealed` and `ring_of` refuse.
    """
    refuse_unsealed(office)
    if office.training:
        return training_key()
    public = ring_of(office).register_public
    if not public:
        raise Refusal(
            "no-keeper",
            "还没有指定投诉登记的保管人，登记了也没有人打得开。",
            "请先指定登记保管人（命令 book keeper）；在此之前请用纸质的《投诉来访登记表》，锁好保管。",
        )
    return RegisterKey(public, office.register_secret or None)


def require_keeper(office: Office, key: RegisterKey, clerk: str = "") -> str:
    """Asks whether whoever acts reads the register, and returns their staff number.

    Raises:
        Refusal: `not-a-keeper` (the role alone opens nothing); what `Office.permit` refuses.
    """
    who = office.permit(Permission.READ_SEALED, clerk).staff_number
    if key.secret is None:
        raise Refusal(
            "not-a-keeper", "投诉登记只封给了登记保管人，您打不开。", f"请{keepers_in_words(office)}打开台账来看。"
        )
    return who


def keepers_in_words(office: Office) -> str:
    """Who reads the register, with post and phone."""
    held = keepers(office) if office.sealed else ()
    named = (in_words(office.profile, clerk) for clerk in office.profile.clerks if clerk.staff_number in held)
    return "、".join(named) or "登记保管人"
