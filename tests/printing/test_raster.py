"""What a driver of CUPS makes of a paper: the sheet has its size, and an offset is as far as it was set."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from counter_assistant.domain.papers.formats import FORMATS, PaperFormat
from counter_assistant.paper.typesetter import Typesetter
from counter_assistant.printing.media import Adjustment, adjusted, media_option
from tests.paper.test_typesetter import a_draft, a_slip
from tests.places import FONTS
from tests.printing.cups_raster import RasterPage, pages_of_raster

pytestmark = pytest.mark.cups

DRIVERS = Path("/usr/share/cups/drv/sample.drv")
SEARCHED = os.environ.get("PATH", "") + ":/usr/sbin"
DRAWN = {
    PaperFormat.A4: ("laserjet", ()),
    PaperFormat.HALVES: ("laserjet", ()),
    PaperFormat.A5: ("laserjet", ()),
    PaperFormat.CONTINUOUS: ("epson24", ("Resolution=360x180dpi",)),
    PaperFormat.LARGE: ("laserjet", ()),
}
POINT_MM = 25.4 / 72


@pytest.fixture(scope="module")
def drivers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drivers that come with CUPS, made ready for its filters."""
    missing = [name for name in ("cupsfilter", "ppdc") if not shutil.which(name, path=SEARCHED)]
    if missing or not DRIVERS.is_file() or not Path("/usr/lib/cups/filter/gstoraster").exists():
        pytest.skip(f"没有用真的驱动画过：缺 {'、'.join(missing) or 'cups-filters'}（apt install cups cups-filters）")
    folder = tmp_path_factory.mktemp("drivers")
    subprocess.run(
        [str(shutil.which("ppdc", path=SEARCHED)), "-d", str(folder), str(DRIVERS)], check=True, capture_output=True
    )
    return folder


def drawn(drivers: Path, folder: Path, pdf: bytes, which: PaperFormat) -> list[RasterPage]:
    """The pages of a paper as the driver gets them."""
    model, more = DRAWN[which]
    ppd, paper = drivers / f"{model}.ppd", folder / "paper.pdf"
    paper.write_bytes(pdf)
    options = [
        part for option in (f"media={media_option(pdf, '')}", "print-scaling=none", *more) for part in ("-o", option)
    ]
    command = [
        str(shutil.which("cupsfilter", path=SEARCHED)),
        "-p",
        str(ppd),
        "-m",
        "application/vnd.cups-raster",
        *options,
    ]
    done = subprocess.run([*command, str(paper)], env=os.environ | {"PPD": str(ppd)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:].decode("utf-8", "replace")
    return list(pages_of_raster(done.stdout))


@pytest.mark.slow
@pytest.mark.parametrize("which", PaperFormat)
def test_a_driver_gets_the_sheet_and_the_offset(drivers: Path, tmp_path: Path, which: PaperFormat) -> None:
    """GIVEN a paper in each format, as it is and moved THEN the driver is told its size, and what it draws lies 3 mm further to the
    right, within 0.2 mm; and so upwards by 2 mm where its dots are fine enough."""
    pdf = Typesetter(FONTS).pdf(a_slip(a_draft()), wanted=which)
    row = FORMATS[which]
    before, after = (drawn(drivers, tmp_path, paper, which)[0] for paper in (pdf, adjusted(pdf, Adjustment(3.0, -2.0))))
    for page in (before, after):
        assert [points * POINT_MM for points in page.size] == pytest.approx([row.width_mm, row.height_mm], abs=0.3)
    part = 0.48 if which is PaperFormat.HALVES else 1  # the line between halves runs from edge to edge
    ink = [page._replace(rows=page.rows[: round(len(page.rows) * part)]).ink() for page in (before, after)]
    moved = [now - then for then, now in zip(*ink, strict=True)]
    assert (moved[0], moved[2]) == pytest.approx((3.0, 3.0), abs=0.2)
    assert moved[3] == pytest.approx(-2.0, abs=0.2)
