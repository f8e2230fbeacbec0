"""Draws the picture of a visitor who is open at two windows, in two real windows with one book on a server, each on a screen of its own.

    python packaging/docs/build_hall_images.py      (in a checkout, with the development packages, PostgreSQL, CUPS, Xvfb, openbox and xdotool)

Writes docs/images/hall-beside-1366.png. The clock stands, nobody in it lives.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from page_window import IMAGES, make_small  # noqa: E402

from tests import hall  # noqa: E402
from tests.make import PHONE  # noqa: E402
from tests.printing.conftest import private_server  # noqa: E402
from tests.ui.hall.real_windows import SIZES, two_windows  # noqa: E402
from tests.ui.x11 import until  # noqa: E402

NAME, RENTS = "岩罕", "1112"


def main() -> int:
    """Draws it; gives the exit code."""
    if why := hall.missing():
        sys.stderr.write(f"画不了：{why}\n")
        return 1
    picture = IMAGES / "hall-beside-1366.png"
    with hall.running() as server, private_server() as cups, TemporaryDirectory() as folder:
        cups.queue("counter", "窗口打印机")
        cups.run("lpadmin", "-d", "counter")
        with two_windows(Path(folder), f"{server.address}&schema=book", cups, (SIZES[0], SIZES[0])) as (one, two):
            for window in (one, two):
                window.take(RENTS)
                window.who(name=NAME, phone=PHONE)
                if window is one:
                    window.issue()
            until(lambda: two.says("beside") and two.says("earlier_words"))
            two.picture(picture)
    make_small(picture)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
