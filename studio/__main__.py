"""`shoreline` and `python -m studio`: the window without arguments or with files, else a command."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from studio.installation.activation import activate
from studio.paths import default_paths
from studio.system.late_imports import import_late
from studio.system.plain_imports import import_plainly
from studio.system.process_end import ProcessEnd


def main() -> int:
    """Entry point of the process, which ends with it. Returns the exit status."""
    end = ProcessEnd()
    return end.begin(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The window or a command. Returns the exit status."""
    activate(default_paths())
    if not arguments or all(Path(argument).is_file() for argument in arguments):
        if not _window_can_start():
            return 1
        return _open_window(arguments)
    from studio.cli.main import run_command

    return run_command(arguments, to_the_end=True)


def _open_window(arguments: list[str]) -> int:
    prepare()
    from studio.app import main as open_window

    return open_window(arguments)


def prepare() -> None:
    """Let the window's modules be imported as quickly as can be; before the first of them."""
    gc.disable()  # until the window is there: nothing is garbage yet, and looking for it takes a tenth of a second
    import PySide6.QtCore  # noqa: F401 - brings its import hook, which is taken back

    import_plainly()
    import_late("numpy", "cv2")


def _window_can_start() -> bool:
    """Says on stderr what is missing: Qt itself would abort the process with a riddle."""
    from studio.cli.window_libraries import require_window_libraries
    from studio.errors import SystemLibraryError

    try:
        require_window_libraries()
    except SystemLibraryError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
