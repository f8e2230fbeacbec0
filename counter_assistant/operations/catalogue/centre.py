"""本中心定的，网点不改：照内容包告知的网点，目录由签名的中心定；补上的是自己的岗位、人员、电话、时间、地方假日."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.packs.key_file import NAME, read_key_file

if TYPE_CHECKING:
    from counter_assistant.domain.revision.content_entry import TakenPack
    from counter_assistant.operations.office import Office


def refuse_fixed(office: Office) -> None:
    """Lets the catalogue be changed only where it is not another's to change.

    Raises:
        Refusal: `fixed-by-centre`: what is told came in a pack, and this installation does not hold the key that signed it.
    """
    taken = office.content.taken
    if taken and taken.pack and not holds_key_of(office, taken.pack):
        raise Refusal(
            "fixed-by-centre",
            f"事项目录由{taken.pack.centre}核定、以内容包下发（{taken.edition.version}），网点不能自行改动。",
            "要改的请报中心；本网点的岗位、人员、电话、办公时间和地方假日在设置里改。",
        )


def holds_key_of(office: Office, pack: TakenPack) -> bool:
    """Whether the key file in the data folder is that of the key which signed a pack. What it seals is not opened."""
    try:
        held = read_key_file(office.folder / NAME)
    except Refusal:
        return False
    return (held.algorithm, held.key) == (pack.algorithm, pack.key)
