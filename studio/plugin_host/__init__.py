"""Finds, checks, loads and outlives plugins. No Qt, no torch."""

from studio.plugin_host.discovery import ENTRY_POINT_GROUP, PluginFolder
from studio.plugin_host.host import QUARANTINE_AFTER, PluginHost
from studio.plugin_host.manifest import MANIFEST_NAME, PluginManifest
from studio.plugin_host.states import PluginState
from studio.plugin_host.watch import Patience

__all__ = [
    "ENTRY_POINT_GROUP",
    "MANIFEST_NAME",
    "QUARANTINE_AFTER",
    "Patience",
    "PluginFolder",
    "PluginHost",
    "PluginManifest",
    "PluginState",
]
