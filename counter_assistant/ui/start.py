"""受理台的启动：读参数，备好输入法、字体和中文，再打开窗口。"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from counter_assistant import paths
from counter_assistant.arguments import ChineseParser
from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.ui import local_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from counter_assistant.storage.content.catalogue_index import CatalogueIndex
    from counter_assistant.ui.application import Desk

WRONG_USAGE = 2
NO_DISPLAY = "没有显示器，打不开窗口。请在桌面环境里运行，或者使用命令行：counter-assistant --help。"


def main(arguments: Sequence[str]) -> int:
    """Opens the desk; returns the exit code of the program."""
    try:
        folder, training, phrases = read_arguments(arguments)
    except ValueError as error:
        sys.stderr.write(f"{readable(str(error))}\n{_parser().format_usage()}")
        return WRONG_USAGE
    except Refusal as refusal:
        return show_only(refusal, 1.0)
    if not has_display(os.environ):
        sys.stderr.write(NO_DISPLAY + "\n")
        return 1
    prepare_input_method(os.environ)
    try:
        app, desk = assemble(folder, training=training)
    except Refusal as refusal:
        return show_only(refusal, local_settings.load(folder).type_size)
    return desk.run(app, phrases=phrases)


def assemble(folder: Path, *, training: bool) -> tuple[QApplication, Desk]:
    """The application and the window over a data folder, as they are before the first paint. Raises Refusal (broken-index).

    Garbage is collected when the window is painted, and not before (ui/garbage.py).
    """
    gc.disable()
    index = read_index()
    app = make_application(local_settings.load(folder).type_size)
    from counter_assistant.ui.application import Desk

    return app, Desk(folder, index, training=training)


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown. Without one Qt would end the process in English."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(environment.get(name) for name in names)


class Arguments(NamedTuple):
    """What the program is started with. `phrases`: to bring up the panel of 文明用语, as a desktop shortcut does."""

    folder: Path
    training: bool = False
    phrases: bool = False


def read_arguments(arguments: Sequence[str]) -> Arguments:
    """The data folder, whether to train, and whether to bring up the phrases.

    Raises: ValueError that names an argument which is not known or stands there wrongly; Refusal (relative-folder,
    folder-not-named, no-home-folder) of a data folder that is not named in full.
    """
    options, unknown = _parser().parse_known_args(arguments)
    if unknown:
        raise ValueError(_NOT_KNOWN.format(unknown[0]))
    given, training = options.data_dir, options.training
    folder = given / paths.TRAINING if given and training else given or paths.data_dir(training)
    if options.offline and not training:
        folder /= paths.OFFLINE
    return Arguments(folder, training, options.phrases)


_NOT_KNOWN = "不认识“{}”。"


class _DeskParser(ChineseParser):
    def error(self, message: str) -> NoReturn:
        """The library begins with the argument that it means: `argument --data-dir: expected one argument`."""
        raise ValueError(_NOT_KNOWN.format(message.partition(":")[0].removeprefix("argument ")))


def _parser() -> ChineseParser:
    parser = _DeskParser(prog="counter-assistant")
    parser.add_argument("--data-dir", type=lambda text: paths.absolute_folder(text, "--data-dir"), metavar="DIR")
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--phrases", action="store_true")
    return parser


def prepare_input_method(environment: MutableMapping[str, str]) -> None:
    """Lets fcitx type Chinese. Qt's wheel has no fcitx plugin; its ibus plugin reaches fcitx through the portal."""
    if sys.platform != "linux":
        return
    named = " ".join(environment.get(name, "") for name in ("XMODIFIERS", "GTK_IM_MODULE", "QT_IM_MODULE"))
    if "fcitx" in named.lower() and environment.get("QT_IM_MODULE", "fcitx") in ("", "fcitx", "fcitx5", "xim", "ibus"):
        environment["QT_IM_MODULE"] = "ibus"
        environment.setdefault("IBUS_USE_PORTAL", "1")


def read_index() -> CatalogueIndex:
    """What the search knows of the items. Raises Refusal (broken-index)."""
    from counter_assistant.storage.content.catalogue_index import CatalogueIndex

    return CatalogueIndex.load(paths.resources() / "catalogue" / "index.json")


def make_application(scale: float = 1.0) -> QApplication:
    """Qt with our face, our words and our colours, in the user's size."""
    from PySide6.QtWidgets import QApplication

    read_no_sources()
    from counter_assistant.ui.appearance import focus_frame, screen_font, theme, translation

    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["counter-assistant", "-style", "Fusion"])
    app.setApplicationName("counter-assistant")
    app.setApplicationDisplayName("柜台助手")
    screen_font.install(app, paths.resources() / "fonts")
    translation.install(app)
    theme.apply(app, scale)
    focus_frame.install(app)
    return app


def read_no_sources() -> None:
    """Keeps PySide from reading the source of every module imported from now on, which takes a tenth of the start.

    It looks for modules that may ask for its switchable features, and none of ours does. The name is private to PySide:
    where another version has it no longer, the start is slower and nothing else.
    """
    with suppress(ImportError):
        from shibokensupport import feature  # type: ignore[import-not-found]

        feature._mod_uses_pyside = lambda _module: True


def show_only(refusal: Refusal, scale: float) -> int:
    """A program without its own files, or without a place for its data, has nothing but a sentence to show."""
    if not has_display(os.environ):
        sys.stderr.write(f"{refusal}\n")
        return 1
    app = make_application(scale)
    from counter_assistant.ui.shell.trouble import TroublePage

    page = TroublePage(refusal)
    page.setWindowTitle("柜台助手")
    page.retry.connect(page.close)
    page.leave.connect(page.close)
    page.show()
    app.exec()
    return 1
