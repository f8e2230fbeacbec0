"""要印哪一种牌证、公示，怎样印；印出来的 PDF。窗口和命令行都从这里要."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.displays.board import Board
from counter_assistant.domain.displays.cards import Badge, DeskPlate, PlateWords, WindowPlate
from counter_assistant.domain.displays.display_kind import DisplayKind, DisplaySize
from counter_assistant.domain.displays.rota import OnDuty
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.operations.publications.displays.guide_book import guide_book
from counter_assistant.operations.publications.displays.promises import PromiseScope, items_of, promise_board
from counter_assistant.operations.publications.displays.staff import posts_board, rota_board, staff_board
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.paper.displays.badges import BadgeMaker
from counter_assistant.paper.displays.boards import BoardMaker, measures_of
from counter_assistant.paper.displays.plates import PlateMaker

if TYPE_CHECKING:
    from counter_assistant.domain.people.office_profile import Clerk
    from counter_assistant.operations.office import Office
    from counter_assistant.paper.blocks import Image, Placed
    from counter_assistant.paper.geometry.imposition import Leaf
    from counter_assistant.paper.geometry.measures import Measures


@dataclass(frozen=True, slots=True)
class DisplayOrder:
    """What is wanted. `people` are staff numbers, everybody where there are none; `photos` are by staff number, and who has none gets a frame to
    stick one in. `says`, `name`, `second` and `script` (words in another script as a picture) are of a window plate, `scope` and
    `item` of the promises, `rota` of the rota; `day` is the day whose rules are told, today where it is not given."""

    kind: DisplayKind
    size: str = ""
    people: tuple[str, ...] = ()
    photos: Mapping[str, Image] = field(default_factory=dict)
    says: PlateWords = PlateWords.WINDOW
    name: str = ""
    second: str = ""
    script: Image | None = None
    scope: PromiseScope = PromiseScope.APPROVED
    item: str = ""
    rota: tuple[OnDuty, ...] = ()
    day: date | None = None


class MadeDisplay(NamedTuple):
    """A display as a PDF, and how many sheets it takes."""

    pdf: bytes
    sheets: int


def make_display(office: Office, order: DisplayOrder) -> Stoppable[MadeDisplay]:
    """A display, made piece by piece; marked 样本 in training.

    Raises:
        Refusal: `bad-display-size`, `nobody-chosen`, `nothing-approved`, `no-item-chosen`, `forbidden-wording`, `missing-glyph`; what `guide` and
            `OfficeProfile.clerk` refuse.
    """
    size = order.kind.size(order.size)
    match order.kind:
        case DisplayKind.GUIDE_BOOK:
            return _written(office, order, *(yield from guide_book(office, order.day or office.today())))
        case DisplayKind.PROMISES:
            return (yield from _promises(office, order, size))
        case DisplayKind.STAFF_LIST:
            return _board(office, staff_board(office, _people(office, order)), size, order)
        case DisplayKind.ROTA:
            refuse_forbidden({one.day_in_words: one.name for one in order.rota})
            return _board(office, rota_board(office, order.rota), size, order)
        case DisplayKind.BADGES:
            return _badges(office, order, size)
        case _:
            return _plates(office, order, size)


def _people(office: Office, order: DisplayOrder) -> list[Clerk]:
    """Who is on it.

    Raises:
        Refusal: `nobody-chosen`; `unknown-clerk`, `ambiguous-clerk`.
    """
    wanted = [office.profile.clerk(one) for one in order.people] if order.people else list(office.profile.clerks)
    if not wanted:
        raise Refusal("nobody-chosen", "还没有登记工作人员。", "请先在设置的“经办人”里登记。")
    return wanted


def _badges(office: Office, order: DisplayOrder, size: DisplaySize) -> MadeDisplay:
    setter = office.program.typesetter
    badges = [
        (Badge.of(office.profile, one, example=office.is_example), order.photos.get(one.staff_number))
        for one in _people(office, order)
    ]
    setter.refuse_missing(text for badge, _ in badges for text in badge.texts())
    return _written(office, order, *BadgeMaker(setter.breaker).sheets(badges, size))


def _plates(office: Office, order: DisplayOrder, size: DisplaySize) -> MadeDisplay:
    setter = office.program.typesetter
    maker = PlateMaker(setter.breaker)
    if order.kind is DisplayKind.DESK_PLATES:
        plates = [DeskPlate.of(office.profile, one, example=office.is_example) for one in _people(office, order)]
        setter.refuse_missing(text for plate in plates for text in plate.texts())
        return _written(office, order, *maker.on_desks(plates, size))
    refuse_forbidden({"窗口名称": order.name, "民族文字": order.second})
    plate = WindowPlate.of(office.profile, order.says, order.name, order.second, example=office.is_example)
    setter.refuse_missing((*plate.words, plate.second, plate.foot))
    return _written(office, order, *maker.over_window(plate, order.script, size))


def _promises(office: Office, order: DisplayOrder, size: DisplaySize) -> Stoppable[MadeDisplay]:
    """The board of posts, then that of each item."""
    setter, day = office.program.typesetter, order.day or office.today()
    maker, m = BoardMaker(setter.breaker), measures_of(size)
    codes = items_of(office, order.scope, order.item, day)
    pages: list[list[Placed]] = []
    if order.scope is not PromiseScope.ONE:
        pages += maker.pages(_drawable(office, posts_board(office)), m)
    for at, code in enumerate(codes, 1):
        pages += maker.pages(_drawable(office, promise_board(office, code, day)), m)
        yield Reached(at, len(codes))
    return _written(office, order, *maker.laid(pages, size))


def _board(office: Office, board: Board, size: DisplaySize, order: DisplayOrder) -> MadeDisplay:
    maker = BoardMaker(office.program.typesetter.breaker)
    return _written(office, order, *maker.sheets([_drawable(office, board)], size))


def _drawable(office: Office, board: Board) -> Board:
    """A board of which fonts draw every character.

    Raises:
        Refusal: `missing-glyph`.
    """
    office.program.typesetter.refuse_missing(board.texts())
    return board


def _written(
    office: Office, order: DisplayOrder, m: Measures, pages: Sequence[Sequence[Placed]], leaves: Sequence[Leaf]
) -> MadeDisplay:
    pdf = office.program.typesetter.write(order.kind.label, m, pages, leaves, office.watermark)
    return MadeDisplay(pdf, len(leaves))
