"""uv, which puts packages into a folder: found, started without the person's own configuration, and stopped whole."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from studio.errors import EngineError

_NO_ANSWER_SECONDS: Final = "30"
"""uv gives a connection up that long after its last byte."""
CERTIFICATES: Final = (
    Path("/etc/ssl/certs/ca-certificates.crt"),
    Path("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
    Path("/etc/pki/tls/certs/ca-bundle.crt"),
    Path("/etc/ssl/ca-bundle.pem"),
    Path("/etc/ssl/cert.pem"),
)
"""Where distributions of Linux keep those that the system trusts."""
_LEASH: Final = Path(__file__).with_name("leash.py")
_ORPHAN_SECONDS: Final = 5.0
"""So long a process may take to end that was killed."""
if sys.platform == "win32":
    _WITHOUT_CONSOLE: Final = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _WITHOUT_CONSOLE: Final = 0


def find_uv() -> Path:
    """The uv that ships with the application, that of the Python environment, or one on the path.

    Raises `EngineError` when there is none.
    """
    bundled = Path(sys.prefix).parent / "bin" / _file_name()
    if bundled.is_file():
        return bundled
    try:
        return Path(importlib.import_module("uv").find_uv_bin())
    except (ImportError, OSError):
        found = shutil.which("uv")
    if found is None:
        raise EngineError(
            "uv, which installs engines, is not here.",
            "Reinstall Shoreline, or put uv on the path (`pip install uv`).",
        )
    return Path(found)


def start_uv(arguments: Sequence[str], *, cache: Path) -> subprocess.Popen[str]:
    """Start uv; its report comes on stderr, line by line."""
    return start_leashed([str(find_uv()), *arguments], uv_environment(os.environ, cache), stdout=subprocess.DEVNULL)


def start_leashed(
    command: Sequence[str], environment: Mapping[str, str], *, stdout: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    """Start a process in a group of its own that ends, whole, when this process ends, however that comes."""
    return subprocess.Popen(
        # -I and -S: what starts first has no need of any package, or of what the person's environment says.
        [sys.executable, "-I", "-S", str(_LEASH), *command],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=dict(environment),
        # Ctrl+C in a terminal reaches us alone: we stop it and clear up.
        start_new_session=os.name != "nt",
        creationflags=_WITHOUT_CONSOLE,
    )


def uv_environment(ours: Mapping[str, str], cache: Path) -> dict[str, str]:
    """What uv is started with: proxies, certificates and mirrors of our environment hold.

    The person's uv configuration does not, so that every machine makes the same engine. Certificates are those of the
    system, where it has them: a company's own is among them, and not among uv's.
    """
    defaults = {"UV_HTTP_TIMEOUT": _NO_ANSWER_SECONDS, "UV_SYSTEM_CERTS": "1" if _system_has_certificates() else "0"}
    return {
        **defaults,
        **without_other_pythons(ours),
        "UV_CACHE_DIR": str(cache),
        "UV_NO_CONFIG": "1",
        "UV_NO_PROGRESS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "NO_COLOR": "1",
    }


def _system_has_certificates() -> bool:
    """uv does not start where it shall take the system's and there are none."""
    return sys.platform in ("win32", "darwin") or any(bundle.is_file() for bundle in CERTIFICATES)


def without_other_pythons(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without the folders of another Python, which the application itself does not heed."""
    return {name: value for name, value in environment.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def for_this_python() -> list[str]:
    """Arguments for packages that this Python can import, whatever others are on the path."""
    return ["--python", sys.executable]


def stop_whole(process: subprocess.Popen[str]) -> None:
    """End a process and its children at once."""
    with suppress(psutil.NoSuchProcess):
        _end(psutil.Process(process.pid))
    process.wait()


def stop_orphans(folder: Path) -> None:
    """End what an installation that was killed has left running and still fills ``folder``: it was told so there."""
    for process in psutil.process_iter(["cmdline"]):
        if any(_is_within(argument, folder) for argument in process.info["cmdline"] or ()):
            with suppress(psutil.Error):
                _end(process)
                process.wait(_ORPHAN_SECONDS)


def _end(process: psutil.Process) -> None:
    for member in [*process.children(recursive=True), process]:
        with suppress(psutil.NoSuchProcess):
            member.kill()


def _is_within(argument: str, folder: Path) -> bool:
    return argument == str(folder) or argument.startswith(str(folder) + os.sep)


def _file_name() -> str:
    return "uv.exe" if os.name == "nt" else "uv"
