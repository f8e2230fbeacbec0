"""盖在受理台上的各层：情况、换一种文书、常去的单位、与上次对照；一次开一层，Esc 关最上面的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.papers.kinds import CHOSEN
from counter_assistant.operations.intake.usual_bodies import find_bodies
from counter_assistant.ui.desk.controllers.earlier import EarlierNotices
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from counter_assistant.ui.desk.overlays.usual_bodies import UsualBodies
from counter_assistant.ui.desk.presentation import circumstances
from counter_assistant.ui.widgets.fields.parts_strip import PartsStrip

if TYPE_CHECKING:
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.widgets.page import Page

BY_RULE = "0"
OFFERED = {str(n): kind for n, kind in enumerate(CHOSEN, 1)}


class Overlays:
    """What is opened over the page. The two that take one key are made when they are first opened."""

    def __init__(self, model: DeskModel, cards: CardSet, page: Page) -> None:
        self._model, self._cards, self._page = model, cards, page
        self._circumstances: KeyOverlay | None = None
        self._kinds: KeyOverlay | None = None
        self.earlier = EarlierNotices(page, cards.earlier_bar)
        self.bodies = UsualBodies(cards.paper_fields.text_field("refer_to"), page)
        self.bodies.search = lambda typed: find_bodies(model.office.profile.bodies, typed)
        self.parts = PartsStrip(page, model.fonts.show)
        for key in ("name", "agent_name"):
            self.parts.watch(cards.applicant.fields[key])
        self.parts.described.connect(self._describe)
        for shown in (self.bodies.text_shown, self.earlier.text_shown):
            shown.connect(model.fonts.show)
        for changed in (model.restarted, model.presented_changed):
            changed.connect(self._look_back)
        cards.decision.circumstances_wanted.connect(self.toggle_circumstances)
        cards.buttons.other.connect(self.toggle_kinds)

    def toggle_circumstances(self) -> None:
        """F10: whose business it is, what is held, the eligibility, how and when it came."""
        if self._circumstances is None:
            groups = [
                (name, [(option.key, option.label) for option in options]) for name, options in circumstances.GROUPS
            ]
            foot = "按一个键设定，再按同一个键撤销"
            self._circumstances = KeyOverlay("情况", groups, foot, self._page)
            self._circumstances.pressed.connect(self._set_circumstance)
        state, item = self._model.state, self._model.item()
        holding = {key for key, option in circumstances.OPTIONS.items() if circumstances.is_set(state, option, item)}
        self._circumstances.allow(circumstances.available(state))
        self._toggle(self._circumstances, holding)

    def toggle_kinds(self) -> None:
        """F7: another paper than the recommended one."""
        if self._kinds is None:
            groups = [("文书", [(key, kind.in_words) for key, kind in OFFERED.items()]), ("", [(BY_RULE, "按规定")])]
            foot = "改出告知单不用理由，改出其他文书要写理由"
            self._kinds = KeyOverlay("换一种文书", groups, foot, self._page)
            self._kinds.pressed.connect(self._set_kind)
        verdict = self._model.presented.verdict if self._model.presented else None
        holding = {key for key, kind in OFFERED.items() if verdict and kind is verdict.kind}
        self._toggle(self._kinds, holding | ({BY_RULE} if verdict and not verdict.departs else set()))

    def close_top(self) -> bool:
        """Closes what lies uppermost; False where nothing was open."""
        return (
            self.parts.close_overlay()
            or self.bodies.close_overlay()
            or self.earlier.close()
            or self._close_key_overlays()
        )

    def fit(self) -> None:
        """The page has another size, or its cards other places."""
        self.earlier.fit()
        self.bodies.fit()
        self.parts.fit()

    def _look_back(self) -> None:
        presented = self._model.presented
        if presented is None:
            self.earlier.drop()
        else:
            self.earlier.want(self._model.office, presented.matter)

    def _describe(self, parts: str) -> None:
        """A character of a name has no code: its parts begin what the paper says of it."""
        before = self._model.state.details.get("uncoded", "")
        self._model.state.details["uncoded"] = "、".join(filter(None, (before, parts)))
        self._model.changed()

    def _close_key_overlays(self) -> bool:
        closed = [overlay.close_overlay() for overlay in (self._circumstances, self._kinds) if overlay]
        return any(closed)

    def _toggle(self, overlay: KeyOverlay, holding: set[str]) -> None:
        if overlay.close_overlay():
            return
        self._close_key_overlays()
        overlay.show_chosen(holding)
        overlay.open_at(self._cards.decision.geometry())

    def _set_circumstance(self, key: str) -> None:
        option = circumstances.toggle(self._model.state, key, self._model.item())
        if option is None:
            return
        if option.field == "late":
            self._model.ask_item()
        self._changed()

    def _set_kind(self, key: str) -> None:
        self._model.state.slip = "" if key == BY_RULE else OFFERED[key].value
        self._changed()

    def _changed(self) -> None:
        """What follows is shown, and the first field that now has to be filled in gets the cursor."""
        before = self._asked()
        self._model.changed(tint=True)
        fresh = [key for key in self._asked() if key not in before]
        if fresh:
            self._cards.paper_fields.go_to(fresh[0])

    def _asked(self) -> list[str]:
        presented = self._model.presented
        return [entry.key for entry in presented.paper_fields] if presented else []
