"""网点的台账头凭据：写成文件，送到中心签名."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.closing.head_statement import HeadStatement, HeadWitnessed
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.files import reason_of
from counter_assistant.operations.office import Office
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.witnessing.statement_file import write_statement


def state_head(office: Office, path: Path, since: int | None = None) -> HeadStatement:
    """Writes the head of the book for the centre to sign. With it go the links from the head that was signed last, if one was taken in,
    or from the entry with number `since`; they hold no content.

    Raises:
        Refusal: `no-such-entry`, `statement-unsaved`, `book-damaged`.
    """
    seq, head = office.book.head()
    if since is None:
        since = last_witnessed(office)
    elif not 0 <= since <= seq:
        raise Refusal("no-such-entry", f"台账只有 {seq} 条，没有第 {since} 条。", "请写中心签过的是第几条。")
    with office.database.query() as handle:
        book = book_name(handle)
    time = office.database.now().replace(microsecond=0).isoformat()
    statement = HeadStatement(book, seq, head, half_width(office.profile.installation_code), time)
    try:
        write_statement(path, statement, office.database, since)
    except (OSError, ValueError) as error:
        raise Refusal(
            "statement-unsaved", f"凭据没有写出去：{reason_of(error)}。", "请用 --out 换一个地方。"
        ) from error
    return statement


def last_witnessed(office: Office) -> int | None:
    """The number of the entry whose hash the centre signed last, as far as that was taken in; None where nothing was."""
    entry = office.book.latest(EntryKind.HEAD_WITNESSED)
    return HeadStatement.from_text(HeadWitnessed.from_payload(entry.payload).statement).entries if entry else None
