"""Where the tests find what the project ships and what they keep themselves."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "counter_assistant"
RESOURCES = ROOT / "resources"
FONTS = RESOURCES / "fonts"
CALENDARS = RESOURCES / "calendars"
TESTS = ROOT / "tests"
GOLDEN = TESTS / "golden"
FIXTURES = TESTS / "fixtures"
NOTICES = FIXTURES / "notices"
