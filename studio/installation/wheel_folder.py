"""A folder of wheels for a machine without a network: whether what is wanted can be made of it, and what it lacks.

It is looked at before anything is done, because a resolver's words are about resolving. What it would take is never
refused here: only that whole parts are missing is certain without it.
"""

from __future__ import annotations

import platform
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

from studio.errors import FileError, WheelsMissingError
from studio.installation.present import normalised
from studio.system.parts import NEEDED
from studio.text.exceptions import reason_for

_MOST_NAMES: Final = 12
_FILL: Final = "`shoreline engine wheels` prints the command that fills a folder, for a machine that has a network."


@dataclass(frozen=True)
class Wanted:
    """What wheels are for, as an error says it: who needs them, and how a folder is filled."""

    who: str
    how_to_fill: str


ENGINE: Final = Wanted("an engine", _FILL)


@dataclass(frozen=True)
class Wheel:
    """A wheel that this Python can use."""

    path: Path
    name: str
    version: Version


class WheelFolder:
    """The wheels of a folder: those that fit this Python and system, and the names of the others.

    Raises `FileError` where there is no folder that can be read.
    """

    def __init__(self, folder: Path, wanted: Wanted = ENGINE) -> None:
        self.folder = folder
        self._wanted = wanted
        self.fitting: list[Wheel] = []
        self.others: list[str] = []
        self.sources: list[str] = []
        supported = frozenset(sys_tags())
        for path in _files(folder, wanted):
            if path.suffix != ".whl":
                self.sources += [path.name] if path.name.endswith((".tar.gz", ".zip")) else []
                continue
            try:
                name, version, _build, tags = parse_wheel_filename(path.name)
            except InvalidWheelFilename:
                self.others.append(path.name)
                continue
            if tags & supported:
                self.fitting.append(Wheel(path, normalised(name), version))
            else:
                self.others.append(path.name)

    def has(self, name: str) -> bool:
        """Whether there is a fitting wheel of a package."""
        return any(wheel.name == normalised(name) for wheel in self.fitting)

    def check(self, requirements: Iterable[str], kept: Mapping[str, str], needed: Iterable[str] = NEEDED) -> None:
        """Raises `WheelsMissingError` where there is none that fits, or one that is ``needed`` is missing.

        ``kept`` are packages that are there already, normalised name to version.
        """
        lacking = list(self._unmet(requirements, kept, {normalised(name) for name in needed}))
        if lacking and not self.fitting:
            raise WheelsMissingError(
                "{nothing_fits} {made_for}",
                self._wanted.how_to_fill,
                nothing_fits=self._nothing_fits(),
                made_for=self._made_for(),
            )
        if lacking:
            raise self._error(lacking)

    def error(self, requirements: Iterable[str], kept: Mapping[str, str]) -> WheelsMissingError | None:
        """The error that names what is `lacking`, if anything is."""
        lacking = self.lacking(requirements, kept)
        return self._error(lacking) if lacking else None

    def lacking(self, requirements: Iterable[str], kept: Mapping[str, str]) -> list[str]:
        """What the requirements need, and what that needs, of which the folder has no fitting wheel; sorted."""
        pending = [Requirement(line) for line in requirements]
        seen: set[str] = set()
        found: set[str] = set()
        while pending:
            requirement = pending.pop()
            name = normalised(requirement.name)
            if name in kept or str(requirement) in seen or not _applies(requirement):
                continue
            seen.add(str(requirement))
            wheel = self._best(requirement)
            if wheel is None:
                found.add(_asked(requirement))
            else:
                pending += _needs(wheel.path)
        return sorted(found)

    def _error(self, lacking: Iterable[str]) -> WheelsMissingError:
        names = sorted(lacking)
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        unfit = [name for name in self.others if normalised(name.partition("-")[0]) in {_name(line) for line in names}]
        there = f" These are there, but for another Python or system: {', '.join(unfit[:3])}." if unfit else ""
        return WheelsMissingError(
            "The folder {folder} lacks what {who} needs: {names}{more}.{there} {made_for}",
            "Put them there and try again. {how_to_fill}",
            folder=self.folder,
            who=self._wanted.who,
            names=", ".join(names[:_MOST_NAMES]),
            more=more,
            there=there,
            made_for=self._made_for(),
            how_to_fill=self._wanted.how_to_fill,
        )

    def _unmet(self, requirements: Iterable[str], kept: Mapping[str, str], names: set[str]) -> Iterator[str]:
        for line in requirements:
            requirement = Requirement(line)
            name = normalised(requirement.name)
            is_wanted = name in names and name not in kept and _applies(requirement)
            if is_wanted and self._best(requirement) is None:
                yield _asked(requirement)

    def _best(self, requirement: Requirement) -> Wheel | None:
        """The newest fitting wheel that a requirement allows."""
        name = normalised(requirement.name)
        wheels = [wheel for wheel in self.fitting if wheel.name == name]
        allowed = [wheel for wheel in wheels if requirement.specifier.contains(wheel.version, prereleases=True)]
        return max(allowed, key=lambda wheel: wheel.version, default=None)

    def _nothing_fits(self) -> str:
        if self.others:
            return f"No wheel in {self.folder} fits this Python and system; one there is {self.others[0]}."
        if self.sources:
            return f"{self.folder} holds source archives such as {self.sources[0]}, which are not built here."
        return f"There is no wheel (.whl) in {self.folder}."

    def _made_for(self) -> str:
        return f"Wheels for {this_python()} are needed."


def this_python() -> str:
    """What wheels have to be made for, such as "Python 3.11 on Linux (x86_64)"."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"Python {python} on {platform.system().replace('Darwin', 'macOS')} ({platform.machine()})"


def _files(folder: Path, wanted: Wanted) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise FileError(
            "The folder of wheels {folder} cannot be read: {reason}.",
            "Choose a folder. {how_to_fill}",
            folder=folder,
            reason=reason_for(error),
            how_to_fill=wanted.how_to_fill,
        ) from error


def _needs(path: Path) -> list[Requirement]:
    """What a wheel says that it needs. Raises `FileError` for one that is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("-info/METADATA")]
            headers = BytesHeaderParser().parsebytes(archive.read(names[0]))
        return [Requirement(line) for line in headers.get_all("Requires-Dist") or ()]
    except (OSError, zipfile.BadZipFile, IndexError, ValueError) as error:
        raise FileError("The wheel {path} is damaged.", "Copy or fetch it again.", path=path) from error


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _asked(requirement: Requirement) -> str:
    return f"{normalised(requirement.name)}{requirement.specifier}"


def _name(asked: str) -> str:
    return normalised(Requirement(asked).name)
