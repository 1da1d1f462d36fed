"""Brings the translations up to date: collects the texts of the window and of the bundled plugins, then compiles.

Run with the environment's Python from the top of the checkout: ``python packaging/translations.py``. New texts
stand in ``resources/translations/*.ts`` as unfinished; translate them there and run it again.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "resources" / "translations"
PLUGIN_CONTEXT = "Plugins"
STEP_CONTEXT = "History"
REFUSAL_CONTEXT = "Refusals"


def main() -> int:
    for ts in sorted(FOLDER.glob("*.ts")):
        collect(ts)
        release(ts, ts.with_suffix(".qm"))
    return 0


def collect(ts: Path) -> None:
    """Add new texts to a .ts file and drop those that are gone."""
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(folder) / "plugin_texts.py"
        texts = [
            _as_source(PLUGIN_CONTEXT, plugin_texts()),
            _as_source(STEP_CONTEXT, step_labels(TOP / "studio")),
            _as_source(REFUSAL_CONTEXT, refusals(TOP / "studio")),
        ]
        plugins.write_text("\n".join(texts), encoding="utf-8")
        sources = [str(path) for path in sorted((TOP / "studio").rglob("*.py"))]
        command = ["-no-obsolete", "-locations", "none", *sources, str(plugins), "-ts", str(ts)]
        _run("lupdate", command)


def release(ts: Path, qm: Path) -> None:
    """Compile a .ts file."""
    _run("lrelease", [str(ts), "-qm", str(qm)])


def plugin_texts() -> list[str]:
    """Every text that the bundled plugins show: names, descriptions, labels, help, choices."""
    from studio.paths import default_paths
    from studio.plugin_host import PluginFolder, PluginHost
    from studio.plugin_host.kinds import KINDS

    host = PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
    texts: set[str] = {text for state in host.states() for text in (state.name, state.description)}
    texts.update(kind.label for kind in KINDS)
    for spec in (contribution.spec for contribution in host.contributions().values()):
        texts.update(_texts_of(spec))
    texts.update(text for path in default_paths().plugins.glob("*/*.py") for text in messages_in(path))
    return sorted(texts - {""})


def _texts_of(spec: Any) -> Iterator[str]:
    yield from (spec.name, spec.description)
    yield from (text for action in getattr(spec, "actions", ()) for text in (action.name, action.description))
    for parameter in (*getattr(spec, "parameters", ()), *getattr(spec, "keyframed", ())):
        yield from (parameter.label, parameter.help, getattr(parameter, "minimum_label", ""))
        for field in ("choices", "swatches"):
            yield from (label for _, label in getattr(parameter, field, ()))
        yield from getattr(parameter, "hints", ())


def messages_in(path: Path) -> set[str]:
    """The messages that a plugin's panels show, written as ``message="..."``."""
    keywords = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.keyword))
    found = (word.value for word in keywords if word.arg == "message" and isinstance(word.value, ast.Constant))
    return {constant.value for constant in found if isinstance(constant.value, str)}


def step_labels(folder: Path) -> list[str]:
    """What the kinds of steps in a folder of sources are called, written as ``StepKind("id", "label", ...)``."""
    found = (call.args[1] for call in _calls(folder, "StepKind") if len(call.args) > 1)
    return sorted({label.value for label in found if isinstance(label, ast.Constant)})


def refusals(folder: Path) -> list[str]:
    """Why something cannot be done, and what to do.

    Written as ``SettingError("why", "what to do", ...)`` in the use cases, where requests run and for models, and for
    kinds of layers without pixels as ``LayerKind("id", "icon", ("why", "what to do"))``.
    """
    kinds = [ast.literal_eval(call.args[2]) for call in _calls(folder, "LayerKind") if len(call.args) > 2]
    rooms, names = ("editing", "jobs", "engine/models"), ("SettingError", "MissingNetworkError")
    errors = [call.args for room in rooms for name in names for call in _calls(folder / room, name)]
    constant = [[ast.literal_eval(text) for text in texts] for texts in errors if all(map(_is_constant, texts))]
    return sorted({text for texts in (*kinds, *constant) for text in texts})


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _calls(folder: Path, name: str) -> Iterator[ast.Call]:
    """Every call of ``name`` in a folder of sources."""
    for path in folder.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        yield from (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name)


def _as_source(context: str, texts: Iterable[str]) -> str:
    return "\n".join(f"QT_TRANSLATE_NOOP({context!r}, {text!r})" for text in texts)


def _run(tool: str, arguments: list[str]) -> None:
    script = Path(sys.executable).parent / f"pyside6-{tool}"
    done = subprocess.run([str(script), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
