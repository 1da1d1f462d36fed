"""The Python packages that a plugin needs: which are missing, and which can never be there."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

from studio.errors import EngineMissingError, PluginError
from studio.installation.present import is_of_plugins, normalised
from studio.message import Message
from studio.plugin_host.manifest import parsed_requirements
from studio.system.parts import NEEDED, OPTIONAL

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def missing_libraries(requires: tuple[str, ...]) -> tuple[str, ...]:
    """The requirements that are not met and can be, by an installation beside the engine.

    Raises `PluginError` for one that is misspelled, names a place, or does not fit a package that Shoreline or its
    engine come with; `EngineMissingError` for one that comes with an engine.
    """
    return tuple(str(requirement) for requirement in parsed_requirements(requires) if not _is_met(requirement))


def missing_text(missing: tuple[str, ...]) -> str:
    """A sentence that names them."""
    if len(missing) == 1:
        return Message("The Python package {name} is missing.", name=missing[0])
    return Message("The Python packages {names} are missing.", names=", ".join(missing))


def _is_met(requirement: Requirement) -> bool:
    if requirement.marker is not None and not requirement.marker.evaluate():
        return True
    try:
        found = importlib.metadata.distribution(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        _check_obtainable(requirement)
        return False
    if requirement.specifier.contains(found.version, prereleases=True):
        return True
    if is_of_plugins(found):
        return False
    raise PluginError(
        "It needs {requirement}, but {package} {version} is part of Shoreline or its engine.",
        "Ask its author for a version that goes together with it.",
        requirement=requirement,
        package=requirement.name,
        version=found.version,
    )


def _check_obtainable(requirement: Requirement) -> None:
    if requirement.url is not None:
        raise PluginError(
            "It needs a package from {url}.",
            "Only packages of the package index are installed; ask its author.",
            url=requirement.url,
        )
    parts = {normalised(name): name for name in (*NEEDED, *OPTIONAL)}
    part = parts.get(normalised(requirement.name))
    if part is not None:
        raise EngineMissingError(part)
