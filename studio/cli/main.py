"""The `shoreline` command and how its errors are shown."""

from __future__ import annotations

import io
import sys
from typing import Any, Final, cast

import typer

from studio import __version__
from studio.cli import (
    animations,
    documents,
    engine,
    gallery,
    generation,
    grid,
    information,
    plugins,
    sheets,
    train,
    upscale,
    window,
)
from studio.cli.output import answers_on_stdout, say
from studio.errors import Cancelled, FileError, OutOfMemoryError, ShorelineError
from studio.text.json_text import json_text

EXIT_FAILED = 1
EXIT_CANCELLED = 130
# Found through the public class: newer typers bring a click of their own, whose errors are not click's.
_USAGE_ERROR: Final = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])


def build_app() -> typer.Typer:
    """The whole command tree."""
    app = typer.Typer(
        name="shoreline",
        help="A desktop studio for Stable Diffusion. Without a command it opens the window.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for module in (
        generation,
        grid,
        documents,
        upscale,
        animations,
        gallery,
        sheets,
        information,
        plugins,
        engine,
        window,
    ):
        module.register(app)
    app.add_typer(train.app, name="train", help="Train the starter model and evaluate it.")
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"shoreline {__version__}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Print the version."),
) -> None:
    """A desktop studio for Stable Diffusion. Without a command it opens the window."""


def run_command(arguments: list[str], *, to_the_end: bool = False) -> int:
    """Run one command. An error a person can meet is one line on stderr (or JSON with --json) and status 1.

    A command line that is not understood gets status 2 and its usage on stderr. ``to_the_end`` says that the process
    ends with it: then what plugins print never reaches stdout again.
    """
    with answers_on_stdout(to_the_end=to_the_end):
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    command = typer.main.get_command(build_app())
    as_json = "--json" in arguments
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="surrogateescape")  # file names that are no UTF-8 are printed as they are
    try:
        outcome = command.main(args=arguments, prog_name="shoreline", standalone_mode=False)
    except ShorelineError as error:
        return _report(error, as_json=as_json)
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        print("Cancelled.", file=sys.stderr)  # noqa: T201
        return EXIT_CANCELLED
    except _USAGE_ERROR as error:
        error.show()
        return error.exit_code
    except OSError as error:
        return _report(_refused_by_system(error), as_json=as_json)
    except MemoryError:
        problem = OutOfMemoryError("There is not enough memory for this.", "Choose a smaller picture.")
        return _report(problem, as_json=as_json)
    if outcome == EXIT_CANCELLED:  # newer typers catch the interrupt themselves
        print("Cancelled.", file=sys.stderr)  # noqa: T201
    return outcome if isinstance(outcome, int) else 0


def _refused_by_system(error: OSError) -> FileError:
    """For files that no command looks at by itself, such as the folders of the settings."""
    where = f"{error.filename}: " if error.filename else ""
    return FileError(f"{where}{error.strerror or error}.", "Check that it is there, and that you may use it.")


def _report(error: ShorelineError, *, as_json: bool) -> int:
    if as_json:
        problem: dict[str, Any] = {
            "error": type(error).__name__,
            "message": error.message,
            "advice": error.advice,
        }
        say(json_text(problem))
    else:
        print(f"shoreline: {error.lines}", file=sys.stderr)  # noqa: T201
    return EXIT_FAILED
