"""The bundled plugins are loaded as the host's own tests load theirs."""

from __future__ import annotations

from tests.plugin_host.conftest import bundled, load, make_plugin, state_of

__all__ = ["bundled", "load", "make_plugin", "state_of"]
