"""中心签过的台账头：一行一个；中心的见证记录和发回网点的文件是同一种写法，记录里还有从头见证的缘由.

The lines are appended and made durable before a signature leaves the centre, so what a power cut leaves at the end was never handed out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from counter_assistant.domain.closing.head_statement import COSIGNED, HeadStatement, signed_bytes
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import make_durable, read_plain, reason_of, standing_file, sync_names
from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.key_file import Signer

HEADS = "witnessed-heads.jsonl"
"""What the centre's record is called in its data folder."""
BESIDE = "centre-heads.jsonl"
"""What is called in a branch's data folder what the centre signed of its book, so that an older copy of the book does not take it back."""
ANEW = "counter-assistant-witness-anew-1"
LARGEST = 64 << 20
"""The most bytes of a record: a line has half a thousand."""
_KEYS = frozenset(("format", "statement", "algorithm", "key", "signature"))
_ANEW_KEYS = frozenset(("format", "book", "installation", "time", "reason"))


@dataclass(frozen=True, slots=True)
class CosignedHead:
    """A statement that was signed: its text to the letter, the name of the algorithm, public key and signature in hex."""

    statement: str
    algorithm: str
    key: str
    signature: str

    @property
    def said(self) -> HeadStatement:
        """The statement, read. One that was read from a file has the shape of one."""
        return HeadStatement.from_text(self.statement)

    @property
    def line(self) -> str:
        """The one way to write it down, without an end of line."""
        return chain.canonical({"format": COSIGNED, **{name: getattr(self, name) for name in self.__slots__}})


@dataclass(frozen=True, slots=True)
class Anew:
    """The centre begins anew with a book, or with an installation that has another one, though what it signed before speaks against
    it: since `time`, for a `reason` in words."""

    book: str
    installation: str
    time: str
    reason: str

    @property
    def line(self) -> str:
        """The one way to write it down, without an end of line."""
        return chain.canonical({"format": ANEW, **{name: getattr(self, name) for name in self.__slots__}})


Record = CosignedHead | Anew


def cosigned(statement: HeadStatement, signer: Signer) -> CosignedHead:
    """A statement, signed."""
    text = statement.text
    return CosignedHead(text, signer.algorithm, signer.key, signer.sign(signed_bytes(text)).hex())


def is_signed(head: CosignedHead) -> bool:
    """Whether the signature was made with the key that is named; whose that is is asked elsewhere."""
    verify = ciphers.KNOWN.get(head.algorithm)
    try:
        key, signature = bytes.fromhex(head.key), bytes.fromhex(head.signature)
    except ValueError:
        return False
    spelled = (key.hex(), signature.hex()) == (head.key, head.signature)
    return spelled and verify is not None and verify(key, signed_bytes(head.statement), signature)


def read_record(path: Path) -> list[Record]:
    """The lines of a record or of a file that the centre sent, every signature verified.

    Raises:
        Refusal: `heads-unreadable` (the file cannot be read), `heads-foreign` (it is something else), `heads-damaged`, which names the
            line, `heads-signature` (a wrong one, or of an algorithm that this program does not know).
    """
    try:
        content = read_plain(path, LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Refusal("heads-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请核对文件。") from error
    if len(content) > LARGEST or not any(name.encode() in content[:2048] for name in (COSIGNED, ANEW)):
        raise Refusal(
            "heads-foreign", f"{path.name} 不是中心签过的台账头。", "请选中心签好发回的文件，或者中心的见证记录。"
        )
    lines = _whole(content).splitlines(keepends=True)
    if not lines:
        raise _damaged(1)
    return [_read(n, line) for n, line in enumerate(lines, 1)]


def head_from(text: str) -> CosignedHead:
    """The one head that a part of a bundle holds, its signature verified.

    Raises:
        Refusal: `heads-damaged`, `heads-signature`.
    """
    read = _read(1, f"{text}\n".encode())
    if not isinstance(read, CosignedHead):
        raise _damaged(1)
    return read


def own_record(path: Path) -> list[Record]:
    """The lines of the centre's own record; none where it is not there, or was cut off while its first line was written.

    Raises:
        Refusal: what `read_record` refuses.
    """
    try:
        if not _whole(read_plain(path, LARGEST + 1)):
            return []
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        pass  # said by whoever reads it
    return read_record(path)


def append(path: Path, records: Sequence[Record]) -> None:
    """Appends lines to the centre's record, which is begun where there is none; durable at the end.

    Raises:
        Refusal: `heads-unsaved`: it cannot be written.
    """
    try:
        with standing_file(path, 0o600) as file:
            file.seek(_end(file))
            file.truncate()
            file.write("".join(f"{record.line}\n" for record in records).encode())
            make_durable(file)
        sync_names(path.parent)
    except (OSError, ValueError) as error:
        raise Refusal(
            "heads-unsaved",
            f"中心的见证写不进 {path.name}：{reason_of(error)}。",
            "没有签，也没有收；请检查磁盘后重试。",
        ) from error


def of_book(records: Sequence[Record], book: str) -> list[CosignedHead]:
    """The heads of a book since the centre last began anew with it, oldest first."""
    found: list[CosignedHead] = []
    for record in records:
        if isinstance(record, Anew):
            found = [] if record.book == book else found
        elif record.said.book == book:
            found.append(record)
    return found


def book_of(records: Sequence[Record], installation: str) -> str:
    """The book of which the centre last signed a head of an installation; empty where it signed none."""
    return next(_books(records, installation), "")


def _books(records: Sequence[Record], installation: str) -> Iterator[str]:
    for record in reversed(records):
        if isinstance(record, CosignedHead) and record.said.installation == installation:
            yield record.said.book


def _end(file: BinaryIO) -> int:
    content = file.read(LARGEST + 1)
    return len(_whole(content))


def _whole(content: bytes) -> bytes:
    """What is there without a last line that a power cut left: without its end, or with zeros where blocks never came."""
    end = content.rfind(b"\n") + 1
    start = content.rfind(b"\n", 0, max(end - 1, 0)) + 1
    return content[:start] if b"\0" in content[start:end] else content[:end]


def _read(n: int, line: bytes) -> Record:
    try:
        text = line.decode().removesuffix("\n")
        written = chain.parse(text)
        record = _record(written)
        if record.line != text:
            raise ValueError("spelled otherwise")
    except (ValueError, TypeError, RecursionError, Refusal) as error:
        raise _damaged(n) from error
    if isinstance(record, CosignedHead) and not is_signed(record):
        raise Refusal(
            "heads-signature",
            f"第 {n} 行的签名不对：签名以后内容被改过，或者不是用所写的密钥签的。",
            "请不要使用，并告诉本中心。",
        )
    return record


def _record(written: dict[str, Any]) -> Record:
    format_ = written.pop("format", None)
    if not all(isinstance(value, str) for value in written.values()):
        raise TypeError("texts only")
    if format_ == COSIGNED and {*written, "format"} == _KEYS:
        HeadStatement.from_text(written["statement"])
        return CosignedHead(**written)
    if format_ == ANEW and {*written, "format"} == _ANEW_KEYS:
        return Anew(**written)
    raise ValueError("no record")


def _damaged(n: int) -> Refusal:
    return Refusal("heads-damaged", f"中心签过的台账头第 {n} 行已经损坏。", "请向中心重新索取，不要用这一份。")
