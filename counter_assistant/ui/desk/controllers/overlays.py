"""情况与换一种文书：两个按键小层，开、选、关。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.papers.kinds import CHOSEN
from counter_assistant.ui.desk.overlays.key_overlay import KeyLayer
from counter_assistant.ui.desk.presentation import circumstances

if TYPE_CHECKING:
    from counter_assistant.ui.desk.page import DeskPage

BY_RULE = "0"
OFFERED = {str(n): kind for n, kind in enumerate(CHOSEN, 1)}


class Layers:
    """The two layers of the desk; each is made when it is first opened."""

    def __init__(self, page: DeskPage) -> None:
        self._page = page
        self.standing: KeyLayer | None = None
        self.kinds: KeyLayer | None = None
        page.panels.decision.standing_wanted.connect(self.turn_standing)
        page.panels.buttons.other.connect(self.turn_kinds)

    def turn_standing(self) -> None:
        """F10: whose business it is, what is held, the eligibility, how and when it came."""
        if self.standing is None:
            groups = [
                (name, [(option.key, option.label) for option in options]) for name, options in circumstances.GROUPS
            ]
            foot = "按一个键设定，再按同一个键撤销　Esc 关上"
            self.standing = KeyLayer("情况", groups, foot, self._page)
            self.standing.pressed.connect(self._set_standing)
        page = self._page
        item = page.item()
        holding = {
            key for key, option in circumstances.OPTIONS.items() if circumstances.chosen(page.state, option, item)
        }
        self.standing.allow(circumstances.fitting(page.state))
        self._turn(self.standing, holding)

    def turn_kinds(self) -> None:
        """F7: another paper than the recommended one."""
        if self.kinds is None:
            groups = [("文书", [(key, kind.in_words) for key, kind in OFFERED.items()]), ("", [(BY_RULE, "按规定")])]
            foot = "改出告知单不用理由，改出其他文书要写理由　Esc 关上"
            self.kinds = KeyLayer("换一种文书", groups, foot, self._page)
            self.kinds.pressed.connect(self._set_kind)
        sight = self._page.sight
        kind = sight.verdict.kind if sight else None
        holding = {key for key, entry in OFFERED.items() if entry is kind}
        self._turn(self.kinds, holding | ({BY_RULE} if sight and not sight.verdict.departs else set()))

    def close_layers(self) -> bool:
        """Closes what is open; False where nothing was."""
        closed = [layer.close_layer() for layer in (self.standing, self.kinds) if layer]
        return any(closed)

    def _turn(self, layer: KeyLayer, holding: set[str]) -> None:
        if layer.close_layer():
            return
        self.close_layers()
        layer.show_chosen(holding)
        layer.open_at(self._page.panels.decision.geometry())

    def _set_standing(self, key: str) -> None:
        page = self._page
        option = circumstances.turn(page.state, key, page.item())
        if option is None:
            return
        if option.field == "late":
            page.show_item()
        self._changed()

    def _set_kind(self, key: str) -> None:
        self._page.state.slip = "" if key == BY_RULE else OFFERED[key].value
        self._changed()

    def _changed(self) -> None:
        """What follows is shown, and the first field that now has to be filled in gets the cursor."""
        page = self._page
        before = {entry.key for entry in page.sight.asked} if page.sight else set()
        page.changed(tint=True)
        fresh = [entry.key for entry in page.sight.asked if entry.key not in before] if page.sight else []
        if fresh:
            page.panels.details.go_to(fresh[0])
