"""What commands are made of; from here on plugins run, and stdout is kept for answers."""

from __future__ import annotations

from functools import partial

from studio import composition
from studio.cli.output import keep_stdout_for_answers
from studio.composition import Services
from studio.engine.device.wish import Wish
from studio.paths import Paths, default_paths
from studio.plugin_host import PluginHost
from studio.settings import SettingsStore


def build_services(
    paths: Paths, *, device: str | None = None, precision: str | None = None, memory: str | None = None
) -> Services:
    """`studio.composition.build_services` for a command; what is ``None`` is as the settings say.

    Raises `SettingError` for a word that is not known.
    """
    keep_stdout_for_answers()
    asked = partial(Wish.but, device=device, precision=precision, memory=memory)
    return composition.build_services(paths, asked=asked)


def load_plugins(*, entry_points: bool = True) -> tuple[PluginHost, SettingsStore]:
    """All plugins, and the settings that say which of them are off."""
    keep_stdout_for_answers()
    paths = default_paths()
    store = SettingsStore(paths.config / "settings.json")
    disabled = frozenset(store.current.disabled_plugins)
    return PluginHost.load(paths, entry_points=entry_points, disabled=disabled), store
