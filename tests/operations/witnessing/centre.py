"""A centre that co-signs heads, and branches that send them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.witnessing.cosigning import Witnessing, cosign
from counter_assistant.operations.witnessing.stating import state_head
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.witnessing.cosigned_head import HEADS
from counter_assistant.storage.witnessing.statement_file import read_statement
from tests.make import NOW

SECRET = bytes(range(32))


def a_signer(secret: bytes = SECRET) -> Signer:
    return Signer(ciphers.ED25519, ciphers.public_key(secret).hex(), secret)


class Centre:
    """The office of a centre, with its key and its record of what it signed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.signer = folder, a_signer()
        self.record = folder / "data" / HEADS
        with closing(self._office()):
            pass

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its key, as it stands on paper."""
        return fingerprint(self.signer.algorithm, self.signer.key)

    def _office(self) -> Office:
        return open_office(self.folder / "data", lambda: NOW)

    def sign(self, sent: Path, anew: str = "") -> Witnessing:
        """Signs what a branch sent."""
        with closing(self._office()) as office:
            return cosign(office, read_statement(sent), self.signer, anew=anew)

    def answer(self, office: Office, since: int | None = None) -> Path:
        """The whole way: what the office says of its book, signed, as the file that comes back."""
        back = self.folder / "back.jsonl"
        back.write_text(f"{self.sign(self.sent(office, since)).head.line}\n", "utf-8")
        return back

    def sent(self, office: Office, since: int | None = None) -> Path:
        """The file that the office sends."""
        path = self.folder / "sent.jsonl"
        state_head(office, path, since)
        return path
