"""The plugin.toml that stands in every plugin's folder."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio.api import API_VERSION
from studio.errors import PluginError
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_toml

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

MANIFEST_NAME = "plugin.toml"
Permission = Literal["files", "network", "programs"]
_MAX_MANIFEST_BYTES = 64 * 1024
_MAX_ITEMS = 100
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_LONGEST_SHOWN = 80


class PluginManifest(BaseModel):
    """What a plugin says about itself.

    ``id`` is unique among all plugins. ``module`` names a Python file (``plugin`` for ``plugin.py``) beside
    the manifest. ``requires`` lists distributions as pip spells them (``"scipy>=1.11"``), ``needs`` other plugins
    in the same way (``"filters>=1.0"``). ``uses`` declares "torch" for a plugin that imports torch or diffusers
    while it runs. ``permissions`` says what else it touches ("files", "network", "programs"); a person is told
    before it is installed, but nothing holds it to that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,63}$")]
    name: Annotated[str, Field(min_length=1, max_length=80, pattern=_ONE_LINE)]
    version: Annotated[str, Field(min_length=1, max_length=40, pattern=_ONE_LINE)]
    api_version: Annotated[int, Field(ge=0, le=1_000_000)]
    module: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = "plugin"
    author: Annotated[str, Field(max_length=200, pattern=_ONE_LINE)] = ""
    description: Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*$")] = ""
    requires: Annotated[tuple[str, ...], Field(strict=False, max_length=_MAX_ITEMS)] = ()
    needs: Annotated[tuple[str, ...], Field(strict=False, max_length=_MAX_ITEMS)] = ()
    uses: Annotated[tuple[Literal["torch"], ...], Field(strict=False)] = ()
    permissions: Annotated[tuple[Permission, ...], Field(strict=False)] = ()


def read_manifest(path: Path) -> PluginManifest:
    """Read and check a plugin.toml; `PluginError` naming the file and the key that is wrong."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise PluginError("{path} is no file.", "A pipe or a device is not read: it might never end.", path=path)
        with path.open("rb") as stream:
            content = stream.read(_MAX_MANIFEST_BYTES + 1)
    except OSError as error:
        raise PluginError("{path} cannot be read: {reason}.", path=path, reason=reason_for(error)) from error
    return parsed_manifest(content, str(path))


def parsed_manifest(content: bytes, name: str) -> PluginManifest:
    """The manifest in the bytes of a plugin.toml; `PluginError` names the file by ``name``."""
    if len(content) > _MAX_MANIFEST_BYTES:
        raise _too_long(name)
    try:
        data = parse_toml(content)
    except UnicodeDecodeError as error:
        raise PluginError("{name} is not UTF-8 text.", "Save it as UTF-8.", name=name) from error
    except ValueError as error:
        raise PluginError("{name} is not valid TOML: {shown}.", name=name, shown=_shown(error)) from error
    try:
        return PluginManifest.model_validate(data)
    except ValidationError as error:
        raise PluginError(
            "{name}: {first_problem}",
            "See the help page about plugins.",
            name=name,
            first_problem=_first_problem(error),
        ) from error


def check_api_version(manifest: PluginManifest) -> None:
    """`PluginError` unless the plugin was written for this version of `studio.api`."""
    if manifest.api_version > API_VERSION:
        raise PluginError(
            "It needs plugin API {api_version}; this Shoreline offers {offered}.",
            "Update Shoreline.",
            api_version=manifest.api_version,
            offered=API_VERSION,
        )
    if manifest.api_version < API_VERSION:
        raise PluginError(
            "It was written for plugin API {api_version}; this Shoreline offers {offered}.",
            "Ask for a newer version of the plugin.",
            api_version=manifest.api_version,
            offered=API_VERSION,
        )


def check_needs(needs: tuple[str, ...], versions: Mapping[str, str]) -> None:
    """`PluginError` naming the first plugin of ``needs`` that is not among ``versions`` (id to version) as asked."""
    for need in parsed_requirements(needs):
        version = versions.get(need.name)
        if version is None:
            raise PluginError(
                "It needs the plugin {need}, which is not there or is switched off.",
                "Install or enable {need} first.",
                need=need.name,
            )
        if need.specifier and not _fits(need.specifier, version):
            raise PluginError(
                "It needs the plugin {need}, but {found} {version} is installed.",
                "Install {need} first.",
                need=need,
                found=need.name,
                version=version,
            )


def parsed_requirements(texts: tuple[str, ...]) -> list[Requirement]:
    """Requirements as pip spells them; `PluginError` for one that is misspelled."""
    if not texts:
        return []
    from packaging.requirements import InvalidRequirement, Requirement  # 30 ms that most plugins do not need

    found: list[Requirement] = []
    for text in texts:
        try:
            found.append(Requirement(text))
        except InvalidRequirement as error:
            raise PluginError(
                "The requirement {text!r} is not understood.", 'Write it like "scipy>=1.11".', text=text
            ) from error
    return found


def _fits(specifier: SpecifierSet, version: str) -> bool:
    from packaging.version import InvalidVersion

    try:
        return specifier.contains(version, prereleases=True)
    except InvalidVersion:
        return False


def _too_long(name: str) -> PluginError:
    return PluginError(
        "{name} is larger than {max_manifest_bytes} bytes.",
        "A manifest is a few lines.",
        name=name,
        max_manifest_bytes=_MAX_MANIFEST_BYTES,
    )


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    key = _shown(".".join(str(part) for part in first["loc"]))
    if first["type"] == "missing":
        return f"{key} is missing."
    if first["type"] == "extra_forbidden":
        return f"there is no key {key!r}; known are {', '.join(PluginManifest.model_fields)}."
    return f"{key}: {first['msg']} (it is {_shown(first['input'], repr)})."


def _shown(value: object, text_of: Callable[[object], str] = str) -> str:
    """Not more of it than fits a message; a number may have too many digits to be written at all."""
    try:
        text = text_of(value)
    except (ValueError, RecursionError):
        return f"a {type(value).__name__} too large to be shown"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
