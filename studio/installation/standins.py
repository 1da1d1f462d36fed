"""Empty wheels in the place of packages that are there already, so that a resolution takes them as they are.

An index need not have them in these versions, or at all: builds of PyTorch for one kind of card, Shoreline itself.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from packaging.version import InvalidVersion, Version


def write_standins(folder: Path, packages: Mapping[str, str]) -> Path:
    """A wheel without content for each package, by normalised name and version. Returns the folder, which is made."""
    folder.mkdir()
    for name, version in packages.items():
        try:
            _write(folder, name.replace("-", "_"), str(Version(version)))
        except InvalidVersion:
            continue
    return folder


def _write(folder: Path, name: str, version: str) -> None:
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
