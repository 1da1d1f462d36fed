"""What a plugin costs at the start: finding, importing and registering it, against the bare import of the same file."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from typing import Final

from studio.plugin_host import PluginHost
from tests.bench.measurement import Measurement, alternating, as_milliseconds

COUNT: Final = 50
RUNS: Final = 7
_PREFIX: Final = "shoreline_plugin_"
_MANIFEST: Final = 'id = "{id}"\nname = "Bench {id}"\nversion = "1.0"\napi_version = 1\nauthor = "Bench"\n'


def run() -> list[Measurement]:
    """Time for each plugin, all loaded by the host and all imported barely, in turns."""
    source = (Path(__file__).parents[2] / "plugins" / "template" / "plugin.py").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        files = [_written(Path(folder), f"bench_{number}", source) for number in range(COUNT)]
        own, bare = alternating(lambda: _loaded(Path(folder)), lambda: _imported(files), RUNS)
    return [
        Measurement(
            name="start-up of a plugin against a bare import of its file",
            value=own / bare,
            unit="x",
            ours=f"{as_milliseconds(own / COUNT)} a plugin",
            peer=f"{as_milliseconds(bare / COUNT)} importlib",
            note=f"{COUNT} copies of the template; manifest, import, hooks, specs; {RUNS} runs",
        )
    ]


def _written(folder: Path, plugin_id: str, source: str) -> Path:
    place = folder / plugin_id
    place.mkdir()
    (place / "plugin.toml").write_text(_MANIFEST.format(id=plugin_id), "utf-8")
    (place / "plugin.py").write_text(source.replace('"template"', f'"{plugin_id}"'), "utf-8")
    return place / "plugin.py"


def _loaded(folder: Path) -> None:
    _forget()
    states = PluginHost.load([folder], entry_points=False).states()
    problems = [state.problem for state in states if state.status != "enabled"]
    if problems or len(states) != COUNT:
        raise RuntimeError(f"not every plugin was loaded: {problems}")


def _imported(files: list[Path]) -> None:
    _forget()
    for file in files:
        name = _PREFIX + file.parent.name
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)


def _forget() -> None:
    for name in [name for name in sys.modules if name.startswith(_PREFIX)]:
        del sys.modules[name]
