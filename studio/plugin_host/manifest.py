"""The plugin.toml that stands in every plugin's folder."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio.api import API_VERSION
from studio.errors import PluginError

MANIFEST_NAME = "plugin.toml"
_MAX_MANIFEST_BYTES = 64 * 1024


class PluginManifest(BaseModel):
    """What a plugin says about itself.

    ``id`` is unique among all plugins. ``module`` names a Python file (``plugin`` for ``plugin.py``) beside
    the manifest. ``requires`` lists distributions as pip spells them (``"scipy>=1.11"``). ``uses`` declares
    "torch" for a plugin that imports torch or diffusers while it runs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,63}$")]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    api_version: int
    module: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = "plugin"
    author: str = ""
    description: str = ""
    requires: Annotated[tuple[str, ...], Field(strict=False)] = ()
    uses: Annotated[tuple[Literal["torch"], ...], Field(strict=False)] = ()


def read_manifest(path: Path) -> PluginManifest:
    """Read and check a plugin.toml; `PluginError` naming the file and the key that is wrong."""
    try:
        if path.stat().st_size > _MAX_MANIFEST_BYTES:
            raise PluginError(f"{path} is larger than {_MAX_MANIFEST_BYTES} bytes.", "A manifest is a few lines.")
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PluginError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise PluginError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise PluginError(f"{path} is not valid TOML: {error}.") from error
    try:
        return PluginManifest.model_validate(data)
    except ValidationError as error:
        raise PluginError(f"{path}: {_first_problem(error)}", "See the help page about plugins.") from error


def check_api_version(manifest: PluginManifest) -> None:
    """`PluginError` unless the plugin was written for this version of `studio.api`."""
    if manifest.api_version > API_VERSION:
        raise PluginError(
            f"It needs plugin API {manifest.api_version}; this Shoreline offers {API_VERSION}.", "Update Shoreline."
        )
    if manifest.api_version < API_VERSION:
        raise PluginError(
            f"It was written for plugin API {manifest.api_version}; this Shoreline offers {API_VERSION}.",
            "Ask for a newer version of the plugin.",
        )


def check_requirements(requires: tuple[str, ...]) -> None:
    """`PluginError` naming the first required distribution that is missing, too old or misspelled."""
    if not requires:
        return
    from packaging.requirements import InvalidRequirement, Requirement  # 30 ms that most plugins do not need

    for text in requires:
        try:
            requirement = Requirement(text)
        except InvalidRequirement as error:
            raise PluginError(f"The requirement {text!r} is not understood.", 'Write it like "scipy>=1.11".') from error
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            installed = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError as error:
            raise PluginError(
                f"The Python package {requirement.name} is missing.", f'Install it: pip install "{text}".'
            ) from error
        if not requirement.specifier.contains(installed, prereleases=True):
            raise PluginError(
                f"It needs {text}, but {requirement.name} {installed} is installed.", f'Run: pip install "{text}".'
            )


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f"{key} is missing."
    if first["type"] == "extra_forbidden":
        return f"there is no key {key!r}; known are {', '.join(PluginManifest.model_fields)}."
    return f"{key}: {first['msg']} (it is {first['input']!r})."
