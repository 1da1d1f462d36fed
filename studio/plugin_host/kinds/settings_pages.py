"""Pages in Preferences: nothing of them is called."""

from __future__ import annotations

from typing import Final

from studio.api import SettingsPageSpec
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Kind


def _check(spec: SettingsPageSpec) -> None:
    if not spec.parameters:
        raise PluginError(
            "The settings_page {spec} has no parameters.", "A page without any shows nothing.", spec=spec.id
        )


def _try(_spec: SettingsPageSpec) -> str:
    """There is nothing to run: its parameters were looked at."""
    return ""


SETTINGS_PAGES: Final = Kind(
    id="settings_page",
    label="Page in Preferences: {name}",
    hook="shoreline_settings_pages",
    spec=SettingsPageSpec,
    callback="",
    trial=_try,
    check=_check,
)
