"""评价条：办事的人自愿填的一张小条，不写姓名；不编号、不签名、不入档（国办发〔2019〕51号）."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RatingSlip:
    """What is printed on a slip. `about` and `wanted` have a line after each to write on, `remarks` has some under it, `code` names the
    place that is left for a QR code of the centre's own; `note` is small print at its foot."""

    title: str
    unit: str
    ask: str
    levels: tuple[str, ...]
    about: tuple[str, ...]
    remarks: str
    wanted: tuple[str, ...]
    code: str
    note: str

    def texts(self) -> list[str]:
        """Every string that will be drawn."""
        written = (*self.about, self.remarks, *self.wanted)
        return [self.title, self.unit, self.ask, *self.levels, *written, self.code, self.note]
