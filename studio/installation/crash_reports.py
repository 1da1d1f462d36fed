"""What a fault leaves behind: a report in the logs folder, shown to the person and sent nowhere. No Qt.

Python's faulthandler writes into a file that is there while the program runs. A file of a process that is gone with a
fault in it becomes a report at the next start; one without (a kill, a power failure) is removed: the pictures of such
an end are the business of recovery.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import time
from pathlib import Path
from typing import IO, Final

from studio import __version__
from studio.files.disk.file_lock import try_lock
from studio.installation.activation import engine_state
from studio.paths import Paths
from studio.system.private_files import make_private_folder

MOST_REPORTS: Final = 10
_NAME: Final = "Shoreline "
"""What the description of a process begins with."""
_LOG: Final = "shoreline.log"
_LOG_LINES: Final = 40
_LOG_BYTES: Final = 64 * 1024
_TRACE_BYTES: Final = 256 * 1024
_FAULT: Final = re.compile(r"^(?:Fatal Python error|Windows fatal exception)", re.MULTILINE)
_SAID: Final = " studio.said: "
"""What the window said names the person's files."""
_RECORD: Final = re.compile(r"^(\d{4}-\S+ \S+ \w+ [\w.]+:) ")
_CODE: Final = re.compile(r'^\s*File "[^"]*\.pyw?", line \d+')
_FILE_NAME: Final = re.compile(r"""(?:^|[\s"'(\[“‘=:])(?:~|[A-Za-z]:)?[\\/]{1,2}[^\s\\/]""")


class CrashWatch:
    """Lets a hard fault of this process be found by the next start, from `begin` to `end`."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._path = paths.logs / f"running-{os.getpid()}-{os.urandom(4).hex()}.trace"
        self._stream: IO[bytes] | None = None

    def begin(self) -> None:
        """From now on; where the folder cannot be written, faults leave nothing. See `describe`."""
        try:
            make_private_folder(self._path.parent)
            stream = open(self._path, "ab", buffering=0, opener=_private)  # noqa: SIM115 - open while we run
            try_lock(stream.fileno())
        except OSError:
            return
        self._stream = stream
        faulthandler.enable(stream)

    def describe(self) -> None:
        """Write what a report begins with; asking for all versions takes longer than the first window may wait."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.write(about(self._paths).encode("utf-8", "backslashreplace"))

    def end(self) -> None:
        """The program ends of its own will."""
        if self._stream is not None:
            faulthandler.disable()
            self._stream.close()
            self._stream = None
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def take_crashes(paths: Paths) -> tuple[Path, ...]:
    """Make reports of the faults that processes which are gone have left; each is found once."""
    with contextlib.suppress(OSError):
        traces = sorted(paths.logs.glob("running-*.trace"))
        texts = [text for trace in traces if (text := _taken(trace)) is not None and _FAULT.search(text)]
        # One may have been installed or removed since that process began.
        now = f"\n\nAt the next start: {_engine(paths)}"
        written = [write_report(paths, _with_head(paths, text).rstrip() + now) for text in texts]
        return tuple(report for report in written if report is not None)
    return ()


def write_report(paths: Paths, trace: str) -> Path | None:
    """Write a report around a traceback. ``None`` where the folder cannot be written. Only the newest are kept."""
    text = "\n".join(
        [
            "Shoreline report. It was written on this machine and sent nowhere.",
            f"Written {time.strftime('%Y-%m-%dT%H:%M:%S%z')}",
            "",
            trace.strip(),
            "",
            "Last lines of the log, without what names files:",
            *_log_lines(paths.logs / _LOG),
            "",
        ]
    )
    try:
        make_private_folder(paths.logs)
        path = paths.logs / f"report-{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(2).hex()}.txt"
        with open(path, "x", encoding="utf-8", errors="backslashreplace", opener=_private) as stream:
            stream.write(without_home(text))
        for old in sorted(paths.logs.glob("report-*.txt"))[:-MOST_REPORTS]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def about(paths: Paths) -> str:
    """Versions, the system, and how the engine stands; lines that end a header."""
    import platform  # nobody waits for a description

    return (
        f"{_NAME}{__version__}, Python {platform.python_version()}, Qt {_version('PySide6-Essentials')}, "
        f"NumPy {_version('numpy')}\nSystem: {platform.platform()}\n{_engine(paths)}\n\n"
    )


def _with_head(paths: Paths, text: str) -> str:
    """A fault before `CrashWatch.describe` came from what is installed now, most likely."""
    return text if text.startswith(_NAME) else about(paths) + text


def _engine(paths: Paths) -> str:
    """Which engine is in use at this moment, on one line."""
    state = engine_state(paths)
    engine = state.kind if state.engine is None else f"{state.kind} {state.engine.name}"
    parts = {} if state.engine is None else state.engine.manifest.parts
    libraries = parts or {name: _version(name) for name in ("torch", "diffusers")}
    return f"Engine: {engine}; {', '.join(f'{name} {version}' for name, version in libraries.items())}"


def without_home(text: str) -> str:
    """A text with "~" for the person's home folder, which has their name in it."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _taken(trace: Path) -> str | None:
    """What a process that is gone has written; its file is removed then."""
    with trace.open("r+b") as stream:
        if not try_lock(stream.fileno()):
            return None
        stream.seek(0)
        text = stream.read(_TRACE_BYTES).decode("utf-8", "replace")
    trace.unlink(missing_ok=True)
    return text


def _log_lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _LOG_BYTES))
            lines = stream.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [_discreet(line) for line in lines if _SAID not in line][-_LOG_LINES:]


def _discreet(line: str) -> str:
    """A line of the log; of one that names a file other than code only its beginning."""
    if _CODE.match(line) or not _FILE_NAME.search(line):
        return line
    beginning = _RECORD.match(line)
    return f"{beginning[1]} …" if beginning else "…"


def _version(name: str) -> str:
    from importlib import metadata  # reads mail headers, which the first window does without

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
