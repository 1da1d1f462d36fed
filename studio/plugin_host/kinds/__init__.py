"""The kinds of things that plugins add: a file each, and this list of them. A new kind is one more of both."""

from __future__ import annotations

from typing import Any, Final

from studio.plugin_host.kinds.animations import ANIMATIONS
from studio.plugin_host.kinds.families import FAMILIES
from studio.plugin_host.kinds.filters import FILTERS
from studio.plugin_host.kinds.formats import EXPORTERS, IMPORTERS
from studio.plugin_host.kinds.guides import GUIDES
from studio.plugin_host.kinds.influences import INFLUENCES
from studio.plugin_host.kinds.kind import Kind
from studio.plugin_host.kinds.panels import PANELS
from studio.plugin_host.kinds.prompt_styles import PROMPT_STYLES
from studio.plugin_host.kinds.schedulers import SCHEDULERS
from studio.plugin_host.kinds.settings_pages import SETTINGS_PAGES
from studio.plugin_host.kinds.tools import TOOLS
from studio.plugin_host.kinds.upscalers import UPSCALERS

KINDS: Final[tuple[Kind[Any], ...]] = (
    SCHEDULERS,
    TOOLS,
    FILTERS,
    IMPORTERS,
    EXPORTERS,
    UPSCALERS,
    ANIMATIONS,
    SETTINGS_PAGES,
    PANELS,
    PROMPT_STYLES,
    GUIDES,
    INFLUENCES,
    FAMILIES,
)
"""In the order in which the hooks of a plugin are called."""
