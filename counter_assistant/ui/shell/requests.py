"""一页请另一页做的事。Which page does it stands in that page's `PageSpec`; whoever asks need not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.storage.views.cases import CaseList


class ShowCase(NamedTuple):
    """To show the case of a paper. `number`: the paper's, or what its QR code holds."""

    number: str


class FindCase(NamedTuple):
    """To search for what was typed, and mark a case that it finds."""

    typed: str
    case_id: str


class ShowCases(NamedTuple):
    """To show a list of cases."""

    which: CaseList


class ShowScanned(NamedTuple):
    """To show what belongs to a scanned paper. The page that is shown answers first, where it does answer."""

    number: str


class ShowPaper(NamedTuple):
    """To show a paper of the archive."""

    number: str


class ShowIssuedOffline(NamedTuple):
    """To show a paper that a PC of the hall issued offline."""

    number: str


class ShowRegisters(NamedTuple):
    """To show what waits in the registers of the service code, or the list of a register (a value of `RegisterList`); there with the
    line of entry `seq` marked, if one is named."""

    which: str = "waiting"
    seq: int = 0


class RecordComplaint(NamedTuple):
    """To record a complaint, sealed to the keepers of its register; of a category (a value of `Category`) where that is known."""

    category: str = ""


class ShowReview(NamedTuple):
    """To open the paper that waits longest for the current clerk's review."""


class ShowItem(NamedTuple):
    """To show an item of the catalogue as the public may read it."""

    item_id: str


class ShowUnprinted(NamedTuple):
    """To show the papers that were issued and did not come out of a printer."""


class RecordApproval(NamedTuple):
    """To record that the centre approved an item, without which no paper of it is issued."""

    item_id: str


class HandleItem(NamedTuple):
    """To begin with an item at the desk."""

    item_id: str
    name: str


class ContinueCase(NamedTuple):
    """To go on with a case at the desk, by a request that names it."""

    request: Request


class ContinueDraft(NamedTuple):
    """To go on with a visitor who was put aside, by the id of the draft."""

    uuid: str


class ShowMachine(NamedTuple):
    """To show the settings of this PC: where copies and journal are put, and whether a restored book is right."""


class CloseDay(NamedTuple):
    """To close the day that is due, which is shown in the place of all pages and on none of them."""


class ShowKit(NamedTuple):
    """To show the kits for when the power is out, or with a number to record what was written on that blank; as `CloseDay` on no page."""

    number: str = ""


PageRequest = (
    ShowMachine
    | ShowCase
    | ShowScanned
    | ShowIssuedOffline
    | FindCase
    | ShowCases
    | ShowPaper
    | ShowUnprinted
    | ShowReview
    | ShowItem
    | ShowRegisters
    | RecordComplaint
    | RecordApproval
    | HandleItem
    | ContinueCase
    | ContinueDraft
)
