"""一本密封台账的钥匙：谁打得开它，谁看得到封给保管人的登记.

What opens it is a `Slot` each. A change gives another ring; what lies beside the book changes when that is written (`ring_file`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from counter_assistant.domain.people.passphrase import normal
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import ciphers
from counter_assistant.storage.sealing.book_key import BookKey, Witness
from counter_assistant.storage.sealing.key_refusals import damaged_keys, wrong_passphrase, wrong_sheet
from counter_assistant.storage.sealing.slots import (
    Access,
    Holder,
    Slot,
    Stick,
    Wrap,
    centre_slot,
    passphrase_slot,
    person_access,
    sheet_access,
    sheet_pair,
)


@dataclass(frozen=True)
class KeyRing:
    """The keys: `book` is the name that the key gives the book, in hex; `older` are slots of format 1, brought over when their
    secret is next typed. `register_public` is empty while no keeper was named."""

    book: str
    slots: tuple[Slot, ...] = ()
    register_public: bytes = b""
    older: tuple[Wrap, ...] = ()
    witness: Witness | None = field(default=None, compare=False)

    @property
    def people(self) -> tuple[str, ...]:
        """Who opens it, by staff number."""
        everybody: tuple[Wrap | Slot, ...] = (*self.older, *self.slots)
        return tuple(each.who for each in everybody if each.holder is Holder.PERSON)

    @property
    def keepers(self) -> tuple[str, ...]:
        """Who reads what is sealed for the keepers of registers, by staff number."""
        return tuple(slot.who for slot in self.slots if slot.holder is Holder.PERSON and slot.register)

    def by_passphrase(self, who: str, passphrase: str) -> Access:
        """Opens it by somebody's passphrase.

        Raises:
            Refusal: `no-passphrase-of` (nobody of that number has one), `wrong-passphrase`, `keys-damaged`.
        """
        said = normal(passphrase)
        if wrap := self._wrap(Holder.PERSON, who):
            key = self._key(_unsealed(lambda: ciphers.unseal(wrap.sealed, said), wrong_passphrase))
            return person_access(key, who, said)
        slot = self.slot(Holder.PERSON, who)
        if slot is None:
            raise Refusal(
                "no-passphrase-of", f"工号 {who} 还没有打开台账的口令。", "请有口令的同事先打开，再为其添加。"
            )
        if slot.passphrase is None:
            raise Refusal("no-passphrase-of", f"工号 {who} 没有口令，用的是钥匙文件。", "请用钥匙文件打开。")
        sealed = slot.passphrase
        return self._access(slot, _unsealed(lambda: ciphers.unseal(sealed, said), wrong_passphrase))

    def by_key_file(self, who: str, stick: Stick) -> Access:
        """Opens it by somebody's key file.

        Raises:
            Refusal: `key-file-of-another` (a colleague's), `key-file-not-here` (one of another book, or that was replaced),
                `keys-damaged`.
        """
        slot = next((each for each in self.slots if each.stick and each.stick_name == stick.name), None)
        if slot is None or slot.stick is None:
            raise Refusal(
                "key-file-not-here", "这个钥匙文件打不开这本台账：是别处的，或者已经换过。", "请选现在用的那一个。"
            )
        if slot.who != who:
            raise Refusal(
                "key-file-of-another", f"这是工号 {slot.who} 的钥匙文件，不是 {who} 的。", "请选自己的，或者核对工号。"
            )
        sealed = slot.stick
        return self._access(slot, _unsealed(lambda: ciphers.unseal_random(sealed, stick.secret), damaged_keys))

    def by_sheet(self, secret: bytes) -> Access:
        """Opens it by the bytes of the recovery sheet.

        Raises:
            Refusal: `wrong-sheet` (that of another book, or an earlier one of this), `keys-damaged`.
        """
        if wrap := self._wrap(Holder.SHEET):
            key = self._key(_unsealed(lambda: ciphers.unseal_random(wrap.sealed, secret), wrong_sheet))
            return sheet_access(key, secret)
        slot, pair = self.slot(Holder.SHEET), sheet_pair(secret)
        if slot is None or slot.public != pair.public:
            raise wrong_sheet()
        return self._access(slot, pair.secret)

    def by_centre(self, private: bytes) -> Access:
        """Opens it by the secret half of the centre's key.

        Raises:
            Refusal: `no-centre-slot` (it was never sealed for a centre), `wrong-centre-key`, `keys-damaged`.
        """
        slot = self.slot(Holder.CENTRE)
        if slot is None:
            raise Refusal("no-centre-slot", "这本台账没有为中心封一份钥匙。", "请用口令或者恢复单打开。")
        if slot.public != ciphers.pair_of(private).public:
            raise Refusal("wrong-centre-key", "这本台账是为中心的另一把密钥封的。", "请用网点收下的那一把。")
        return self._access(slot, private)

    def slot(self, holder: Holder, who: str = "") -> Slot | None:
        """A slot of this format; None where there is none."""
        return next((slot for slot in self.slots if (slot.holder, slot.who) == (holder, who)), None)

    def with_slot(self, new: Slot) -> KeyRing:
        """The ring with a slot more, in place of the one of the same person, or of the sheet or the centre."""
        named = (new.holder, new.who)
        kept = tuple(slot for slot in self.slots if (slot.holder, slot.who) != named)
        return replace(self, slots=(*kept, new), older=self._older_but(*named))

    def brought_over(self, slot: Slot) -> KeyRing:
        """The ring with a slot in the place of one of format 1; the same ring where there is none."""
        return self.with_slot(slot) if self._wrap(slot.holder, slot.who) else self

    def with_passphrase(self, key: BookKey, who: str, passphrase: str) -> KeyRing:
        """The ring with a new passphrase of somebody, and with no other way in of theirs.

        Raises:
            Refusal: what `typed_passphrase` refuses.
        """
        return self.with_slot(passphrase_slot(key, who, passphrase))

    def with_sheet(self, key: BookKey, secret: bytes) -> KeyRing:
        """The ring with a new recovery sheet; an earlier one opens it no more."""
        return self.with_slot(sheet_access(key, secret).slot)

    def with_centre(self, key: BookKey, public: bytes) -> KeyRing:
        """The ring with the key of the centre, in place of an earlier one.

        Raises:
            ValueError: it is no public half.
        """
        return self.with_slot(centre_slot(key, public))

    def without(self, who: str, staff: Collection[str]) -> KeyRing:
        """The ring without a person; `staff` are the numbers of those who are here today.

        Raises:
            Refusal: `no-passphrase-of`, `last-passphrase` (nobody else who is here opens it).
        """
        if who not in self.people:
            raise Refusal("no-passphrase-of", f"工号 {who} 没有打开台账的口令。", "请核对工号。")
        if not {*self.people} & {*staff} - {who}:
            raise Refusal("last-passphrase", "这是最后一个人的口令，不能去掉。", "请先为另一位同事添加口令。")
        kept = tuple(slot for slot in self.slots if (slot.holder, slot.who) != (Holder.PERSON, who))
        return replace(self, slots=kept, older=self._older_but(Holder.PERSON, who))

    def under(self, key: BookKey) -> KeyRing:
        """The ring of the same book under another key, sealed to everybody who is in this one.

        Raises:
            Refusal: `keys-of-before`: somebody's slot is of format 1, to which nothing can be sealed.
        """
        if self.older:
            names = "、".join(f"工号 {wrap.who}" if wrap.who else "恢复单" for wrap in self.older)
            raise Refusal(
                "keys-of-before",
                f"{names} 还是旧格式的，封不进新钥匙。",
                "请本人先用口令打开一次；恢复单请换一张；用不着的先去掉。",
            )
        slots = tuple(replace(slot, key=ciphers.seal_to(slot.public, key.secret)) for slot in self.slots)
        return KeyRing(key.name.hex(), slots, self.register_public)

    def with_keeper(self, who: str, secret: bytes) -> KeyRing:
        """The ring with somebody more who reads the registers; `secret` is the secret half of their key. With it the sheet and
        the centre read them too.

        Raises:
            Refusal: `no-passphrase-of` (they do not open the book), `keys-of-before` (they did it only under format 1).
        """
        if who not in self.people:
            raise Refusal("no-passphrase-of", f"工号 {who} 没有打开台账的口令。", "请先为其添加口令。")
        if self.slot(Holder.PERSON, who) is None:
            raise Refusal("keys-of-before", f"工号 {who} 的口令还是旧格式的。", "请本人先用口令打开一次台账。")
        named = replace(self, register_public=ciphers.pair_of(secret).public)
        given = {(Holder.PERSON, who), (Holder.SHEET, ""), (Holder.CENTRE, "")}
        return named._register_to(lambda slot: (slot.holder, slot.who) in given, secret)

    def with_register(self, secret: bytes) -> KeyRing:
        """The ring in which the sheet and the centre read the registers, whatever slot of theirs is new."""
        return self._register_to(lambda slot: slot.holder is not Holder.PERSON and not slot.register, secret)

    def without_keeper(self, who: str) -> KeyRing:
        """The ring in which somebody opens the book and reads the registers no more.

        Raises:
            Refusal: `not-a-keeper`, `last-keeper`.
        """
        if who not in self.keepers:
            raise Refusal("not-a-keeper", f"工号 {who} 不是登记保管人。", "请核对工号。")
        if len(self.keepers) == 1:
            raise Refusal("last-keeper", "这是最后一位登记保管人，不能去掉。", "请先指定另一位。")
        slots = (replace(slot, register=b"") if slot.who == who else slot for slot in self.slots)
        return replace(self, slots=tuple(slots))

    def register_secret(self, private: bytes) -> bytes:
        """The secret half of the key of the registers, for the secret half of a keeper's key, the sheet's or the centre's.

        Raises:
            Refusal: `not-a-keeper`, `keys-damaged`.
        """
        public = ciphers.pair_of(private).public
        slot = next((each for each in self.slots if each.public == public and each.register), None)
        if slot is None:
            raise Refusal("not-a-keeper", "这些登记只封给了登记保管人。", "请登记保管人本人打开。")
        secret = ciphers.open_sealed(private, slot.register)
        if secret is None or ciphers.pair_of(secret).public != self.register_public:
            raise damaged_keys()
        return secret

    def register_of(self, access: Access) -> bytes:
        """The same for who has opened it; empty for whoever is no keeper.

        Raises:
            Refusal: `keys-damaged`.
        """
        return self.register_secret(access.private) if access.slot.register else b""

    def _register_to(self, whom: Callable[[Slot], bool], secret: bytes) -> KeyRing:
        return replace(
            self,
            slots=tuple(
                replace(slot, register=ciphers.seal_to(slot.public, secret)) if whom(slot) else slot
                for slot in self.slots
            ),
        )

    def _wrap(self, holder: Holder, who: str = "") -> Wrap | None:
        return next((wrap for wrap in self.older if (wrap.holder, wrap.who) == (holder, who)), None)

    def _older_but(self, holder: Holder, who: str) -> tuple[Wrap, ...]:
        return tuple(wrap for wrap in self.older if (wrap.holder, wrap.who) != (holder, who))

    def _access(self, slot: Slot, private: bytes) -> Access:
        secret = ciphers.open_sealed(private, slot.key)
        if secret is None:
            raise damaged_keys()
        return Access(self._key(secret), private, slot)

    def proven(self, key: BookKey) -> KeyRing:
        """This ring, if it is that of a key, and whoever wrote it has that.

        Raises:
            Refusal: `keys-damaged`.
        """
        if key.name.hex() != self.book or (self.witness and not key.wrote(self.witness)):
            raise damaged_keys()
        return self

    def _key(self, secret: bytes) -> BookKey:
        try:
            key = BookKey(secret)
        except ValueError as error:
            raise damaged_keys() from error
        self.proven(key)
        return key


def new_ring(key: BookKey) -> KeyRing:
    """The ring of a new key, which opens for nobody yet."""
    return KeyRing(key.name.hex())


def new_key() -> BookKey:
    """A new key of a book."""
    return BookKey(ciphers.random_bytes(ciphers.KEY_SIZE))


def _unsealed(unseal: Callable[[], bytes | None], wrong: Callable[[], Refusal]) -> bytes:
    try:
        secret = unseal()
    except ValueError as error:
        raise damaged_keys() from error
    if secret is None:
        raise wrong()
    return secret
