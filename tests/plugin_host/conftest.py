from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.api import SchedulerSpec
from studio.plugin_host import PluginHost, PluginState

MakePlugin = Callable[..., Path]

GOOD = """
from studio.api import SchedulerSpec, hookimpl

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="still_{id}", name="Still", factory=dict)]
"""


@pytest.fixture
def bundled() -> Path:
    return Path(__file__).resolve().parents[2] / "plugins"


@pytest.fixture
def make_plugin(tmp_path: Path) -> Iterator[MakePlugin]:
    """Writes a plugin folder below tmp_path/plugins: ``make_plugin("id", source)``; keywords are manifest lines."""

    def make(plugin_id: str, source: str = "", *, folder: str | None = None, **manifest: str) -> Path:
        path = tmp_path / "plugins" / (folder or plugin_id)
        path.mkdir(parents=True)
        lines = {
            "id": f'"{plugin_id}"',
            "name": f'"{plugin_id.title()}"',
            "version": '"1.2"',
            "api_version": "1",
            "author": '"Ada"',
            **manifest,
        }
        text = "\n".join(f"{key} = {value}" for key, value in lines.items() if value)
        (path / "plugin.toml").write_text(text, "utf-8")
        (path / "plugin.py").write_text(textwrap.dedent(source or GOOD.replace("{id}", plugin_id)), "utf-8")
        return path

    yield make
    for name in [name for name in sys.modules if name.startswith("shoreline_plugin_")]:
        del sys.modules[name]


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., PluginHost]:
    """Loads tmp_path/plugins, without the entry points of this environment."""

    def load_folder(**options: object) -> PluginHost:
        return PluginHost.load([tmp_path / "plugins"], entry_points=False, **options)  # type: ignore[arg-type]

    return load_folder


@pytest.fixture
def state_of(make_plugin: MakePlugin, load: Callable[..., PluginHost]) -> Callable[..., PluginState]:
    """The state of a plugin "bad" with this source, loaded beside a good one that must stay enabled."""

    def state(source: str, **manifest: str) -> PluginState:
        make_plugin("aa_good")
        make_plugin("bad", source, **manifest)
        make_plugin("zz_good")
        host = load()
        assert host.state("aa_good").status == host.state("zz_good").status == "enabled"
        assert set(host.specs(SchedulerSpec)) >= {"still_aa_good", "still_zz_good"}
        return host.state("bad")

    return state
