"""Compiles the kernels with Zig's C compiler, which comes as a Python package for every system: nobody needs another.

``python build.py [FOLDER]`` puts the libraries there, else beside this file. It needs only the standard library and
``ziglang``, so that it runs before anything else is installed.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).parent
SUFFIX: Final = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
INSTRUCTIONS: Final = {"plain": (), "avx2": ("-mavx2",)}
"""Sets of instructions that the same source is compiled for, and what the compiler is told."""

_TARGETS: Final = {"linux": "linux-gnu.2.17", "darwin": "macos", "win32": "windows-gnu"}
_ZIG_NAMES: Final = {"amd64": "x86_64", "arm64": "aarch64"}
_OPTIONS: Final = (
    *("-std=c11", "-O3", "-shared", "-fPIC", "-fvisibility=hidden", "-s"),
    *("-nostdlib", "-fno-builtin", *(("-Wl,-z,defs",) if sys.platform == "linux" else ())),  # they call nobody
    *("-fno-math-errno", "-ffp-contract=off"),  # the same values on every system
)


def instructions_here() -> tuple[str, ...]:
    """The sets that machines of this kind may have, the best last."""
    return ("plain", "avx2") if platform.machine().lower() in ("x86_64", "amd64") else ("plain",)


def library_name(instructions: str) -> str:
    """The file of a compiled library."""
    return f"kernels-{instructions}{SUFFIX}"


def is_built(folder: Path) -> bool:
    """Whether ``folder`` holds every library, none older than its source."""
    libraries = [folder / library_name(name) for name in instructions_here()]
    if not all(path.is_file() for path in libraries):
        return False
    newest = max(path.stat().st_mtime for path in (*SOURCES.glob("*.[ch]"), Path(__file__)))
    return all(path.stat().st_mtime >= newest for path in libraries)


def build(folder: Path) -> None:
    """Compile the libraries for this system into ``folder``; raises `subprocess.CalledProcessError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="build-") as work:
        for name in instructions_here():
            _compile(Path(work) / library_name(name), INSTRUCTIONS[name], Path(work) / "cache")
        for name in instructions_here():
            (Path(work) / library_name(name)).replace(folder / library_name(name))


def _compile(target: Path, options: tuple[str, ...], cache: Path) -> None:
    command = [sys.executable, "-m", "ziglang", "cc", "-target", _target(), *_OPTIONS, *options, "-o", target.name]
    command += map(str, sorted(SOURCES.glob("*.c")))
    places = {"ZIG_GLOBAL_CACHE_DIR": str(cache), "ZIG_LOCAL_CACHE_DIR": str(cache)}
    subprocess.run(command, check=True, cwd=target.parent, env={**os.environ, **places})


def _target() -> str:
    machine = platform.machine().lower()
    return f"{_ZIG_NAMES.get(machine, machine)}-{_TARGETS[sys.platform]}"


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCES)
