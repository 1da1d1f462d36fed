"""What is importable already: the packages of the application, by which everything else has to go."""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from studio.installation.store import WANTED


def distributions(folders: Iterable[str | Path]) -> dict[str, str]:
    """Normalised name to version of every distribution in folders of Python's path; the first one found counts."""
    found: dict[str, str] = {}
    for distribution in importlib.metadata.distributions(path=[str(folder) for folder in folders]):
        name = distribution.metadata["Name"]
        if name:
            found.setdefault(normalised(name), distribution.version)
    return found


def of_application(engines: Path) -> dict[str, str]:
    """The packages that came with the application: all on the path but what lies below ``engines``."""
    return distributions(folder for folder in sys.path if not Path(folder).is_relative_to(engines))


def is_of_plugins(package: importlib.metadata.Distribution) -> bool:
    """Whether a package lies in the folder of what plugins need, where it may be replaced."""
    return Path(str(package.locate_file("")), os.pardir, WANTED).is_file()


def without(chosen: str, packages: Mapping[str, str]) -> str:
    """A list of pinned packages without those that are there; lines with hashes are indented below their package."""
    lines: list[str] = []
    dropping = False
    for line in chosen.splitlines():
        if line and not line[0].isspace():
            dropping = normalised(line.partition("==")[0].strip()) in packages
        if not dropping:
            lines.append(line)
    return "\n".join(lines) + "\n"


def as_constraints(packages: Mapping[str, str]) -> str:
    """A constraints file that holds these packages at their versions."""
    return "".join(f"{name}=={version}\n" for name, version in sorted(packages.items()))


def normalised(name: str) -> str:
    """The one spelling of a distribution's name that the packaging specifications define."""
    return re.sub(r"[-_.]+", "-", name).lower()
