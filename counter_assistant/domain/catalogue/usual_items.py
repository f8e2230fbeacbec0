"""窗口上最常办的事项：台账里还没有数以前，按这个来."""

from __future__ import annotations

USUAL = ("B08", "B01", "B05", "B12", "B02", "A05", "A16", "A09", "C01")
"""What a counter is asked for most, until the book knows better, by code."""
