"""网点的台账在服务器上的：中心记下是哪一台，从此与盘上送来的一起看."""

from __future__ import annotations

from counter_assistant.domain.people.roles import Permission
from counter_assistant.operations.office import Office
from counter_assistant.operations.server_reading import Ask, ServerBooks
from counter_assistant.storage.server.branch_server import note_branch_server, read_branch_server


def note_server(office: Office, address: str, ask: Ask) -> int:
    """Notes on which server branches have their books, once it was reached; an empty address notes that on none. Returns how many books can be
    read there.

    Raises:
        Refusal: what `Office.permit`, `ServerBooks.noted` and `note_branch_server` refuse; nothing is noted then.
    """
    office.permit(Permission.BRANCHES)
    books = len(ServerBooks.noted(address, ask).names()) if address else 0
    note_branch_server(office.folder, address)
    return books


def server_of(office: Office, ask: Ask | None) -> ServerBooks | None:
    """The server on which branches have their books: the one that was noted, where somebody can be asked for a password, else that of the
    centre's own book.

    Raises:
        Refusal: what `read_branch_server` and `ServerBooks.noted` refuse.
    """
    address = read_branch_server(office.folder) if ask else ""
    if address and ask:
        return ServerBooks.noted(address, ask)
    return ServerBooks.beside(office.database)
