"""Taking packages out of a folder: those that nothing wants any more. Nothing is fetched for that."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import Distribution
from importlib.metadata import distributions as found_in
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from studio.installation.present import distributions, normalised

_CACHE: Final = "__pycache__"


def copy_pruned(source: Path, target: Path, requirements: Iterable[str]) -> None:
    """Copy a folder of packages, less what ``requirements`` do not need. Raises `OSError`."""
    if not source.is_dir():
        return
    shutil.copytree(source, target, dirs_exist_ok=True, copy_function=_link_or_copy)
    packages = {normalised(package.metadata["Name"]): package for package in found_in(path=[str(target)])}
    needed = _needed(packages, requirements)
    for name, package in packages.items():
        if name not in needed:
            _delete(package, target)


def loaded_and_changed(before: Path, after: Path) -> bool:
    """Whether this process has loaded modules of a package that the folder ``after`` has in no or another version."""
    old, new = distributions([before]), distributions([after])
    changed = {name for name, version in old.items() if new.get(name) != version}
    loaded = {name for name, module in list(sys.modules.items()) if _is_below(module, before)}
    packages = (package for package in found_in(path=[str(before)]) if normalised(package.metadata["Name"]) in changed)
    return any(_modules(package) & loaded for package in packages)


def _needed(packages: dict[str, Distribution], requirements: Iterable[str]) -> set[str]:
    """Names of packages that requirements need, and those that these need."""
    seen: set[tuple[str, frozenset[str]]] = set()
    pending = [requirement for line in requirements if _applies(requirement := Requirement(line))]
    while pending:
        requirement = pending.pop()
        visit = (normalised(requirement.name), frozenset(requirement.extras))
        package = packages.get(visit[0])
        if package is not None and visit not in seen:
            seen.add(visit)
            pending += _requirements(package, visit[1])
    return {name for name, _ in seen}


def _requirements(package: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        requirement = Requirement(line)
        if any(_applies(requirement, extra) for extra in ("", *extras)):
            yield requirement


def _applies(requirement: Requirement, extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _delete(package: Distribution, folder: Path) -> None:
    """Remove a package's files, and folders that are empty then; nothing outside of ``folder``."""
    for file in package.files or ():
        path = Path(os.path.normpath(str(package.locate_file(file))))
        if not path.is_relative_to(folder):
            continue
        path.unlink(missing_ok=True)
        if path.suffix == ".py":
            Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
        for parent in (path.parent / _CACHE, path.parent, *path.parent.parents):
            if parent != folder and parent.is_relative_to(folder):
                with suppress(OSError):  # not empty, or gone
                    parent.rmdir()


def _modules(package: Distribution) -> set[str]:
    """The top modules of a package."""
    return {file.parts[0].partition(".")[0] for file in package.files or () if file.parts[0] != ".."}


def _is_below(module: object, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return type(file) is str and Path(file).is_relative_to(folder)


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
