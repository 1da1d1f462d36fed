"""The command that fills a folder with an engine's wheels, to be run where there is a network.

It is pip's, because any Python has that one, Shoreline or not. Every choice of pip's that would follow the machine it
runs on is made for this one: the Python, the system, the build of PyTorch.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from studio.errors import SettingError
from studio.installation.backends import Backend
from studio.installation.installing import requirement_lines

_PLATFORMS: Final = {
    "linux-x86_64": ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "linux-aarch64": (
        "manylinux_2_28_aarch64",
        "manylinux_2_27_aarch64",
        "manylinux_2_17_aarch64",
        "manylinux2014_aarch64",
    ),
    "darwin-arm64": ("macosx_14_0_arm64",),
    "win32-x86_64": ("win_amd64",),
}
"""pip takes the tags that it is given and, but for macOS, none that are older."""
_PYTORCH: Final = "https://download.pytorch.org/whl/"
"""Its builds have a local version, such as 2.9.0+cpu, which pip takes for newer than the usual index's."""


def download_command(backend: Backend, resources: Path, system: str, folder: str = "wheels") -> str:
    """The command for a build and a system such as "linux-x86_64". Raises `SettingError` for a system without one."""
    if system not in _PLATFORMS:
        raise SettingError("There are no wheels of an engine for {system}.", system=system)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    parts = ["python3 -m pip download --only-binary :all:", f"--python-version {python} --implementation cp"]
    parts += [f"--platform {tag}" for tag in _PLATFORMS[system]]
    if backend.torch_backend:
        parts.append(f"--extra-index-url {_PYTORCH}{backend.torch_backend}")
    parts += [f"--dest {folder}", *_quoted(requirement_lines(resources))]
    return " ".join(parts)


def _quoted(lines: Sequence[str]) -> list[str]:
    """In quotes that every shell knows: > would be a redirection."""
    return [f'"{line}"' for line in lines]
