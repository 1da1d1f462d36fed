"""`shoreline` and `python -m studio`: the window without arguments or with files, else a command."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> int:
    """Entry point. Returns the exit status."""
    arguments = sys.argv[1:]
    if not arguments or all(Path(argument).is_file() for argument in arguments):
        gc.disable()  # until the window is there: nothing is garbage yet, and looking for it takes a tenth of a second
        from studio.app import main as open_window

        return open_window(arguments)
    from studio.cli.main import run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
