"""Brings the translations up to date: collects the texts of the window and of the bundled plugins, then compiles.

Run with the environment's Python from the top of the checkout: ``python packaging/translations.py``. New texts
stand in ``resources/translations/*.ts`` as unfinished; translate them there and run it again.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "resources" / "translations"
PLUGIN_CONTEXT = "Plugins"
STEP_CONTEXT = "History"
MESSAGE_CONTEXT = "Messages"
NOT_IN_A_WINDOW = ("cli", "training")
"""Rooms of `studio` whose errors no window shows."""


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
            _as_source(MESSAGE_CONTEXT, messages(TOP / "studio", TOP / "plugins")),
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


def messages(folder: Path, *plugins: Path) -> list[str]:
    """What is said of errors and files in a folder of sources and by the plugins in others: templates of English.

    Written as ``AnyError("what happened", "what to do", ...)`` with any error of `studio.errors` or made from one, as
    ``Message("template", ...)``, as ``damaged(path, "why")``, and for kinds of layers without pixels as
    ``LayerKind("id", "icon", ("why", "what to do"))``. Constants of the same file may stand for the texts. What the
    tables of families, of kinds of files and of well-known models call things is collected too.
    """
    paths = [*_shown(folder), *(path for each in plugins for path in each.rglob("*.py"))]
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    errors = error_names(folder)
    found = set(_named_texts())
    for tree in trees:
        constants = _constants(tree)
        wanted = {
            **dict.fromkeys(errors | held_in(tree, errors), slice(2)),
            "Message": slice(1),
            "damaged": slice(1, 2),
        }
        for call in _calls_in(tree):
            if call.func.id == "LayerKind" and len(call.args) > 2:
                found.update(ast.literal_eval(call.args[2]))
            for argument in call.args[wanted.get(call.func.id, slice(0))]:
                found.update(_texts_in(argument, constants))
    return sorted(found - {""})


def held_in(tree: ast.Module, errors: Set[str]) -> set[str]:
    """The variables and parameters of a file that hold one of these classes, as ``kind`` in ``kind = AnError``."""
    nodes = list(ast.walk(tree))
    assigned = (node for node in nodes if isinstance(node, ast.Assign | ast.AnnAssign))
    pairs = [(target, node.value) for node in assigned for target in _targets(node)]
    pairs += [(node.target, node.value) for node in nodes if isinstance(node, ast.NamedExpr)]
    held = {target.id for target, value in pairs if isinstance(target, ast.Name) and _is_class(value, errors)}
    parameters = (node for node in nodes if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Subscript))
    return held | {each.arg for each in parameters if _is_type_of(each.annotation, errors)}


def _is_type_of(annotation: ast.expr | None, errors: Set[str]) -> bool:
    """Whether this is ``type[AnError]``."""
    names = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)} if annotation else set()
    return "type" in names and bool(names & errors)


def _is_class(value: ast.expr | None, errors: Set[str]) -> bool:
    """Whether an expression is one of these classes, or chooses between some."""
    if isinstance(value, ast.IfExp):
        return _is_class(value.body, errors) or _is_class(value.orelse, errors)
    return isinstance(value, ast.Name) and value.id in errors


def error_names(folder: Path) -> set[str]:
    """The errors that a person can meet: `ShorelineError` and what is made of it."""
    classes = [node for path in folder.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for node in classes
        if isinstance(node, ast.ClassDef)
    }
    names, before = {"ShorelineError"}, set[str]()
    while names != before:
        before = set(names)
        names |= {name for name, own in bases.items() if own & names}
    return names


def _shown(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if path.relative_to(folder).parts[0] not in NOT_IN_A_WINDOW]


def _named_texts() -> Iterator[str]:
    """What tables call the networks of families, the kinds of files, and well-known models with their licences."""
    from studio.engine.models.families.table import FAMILIES
    from studio.engine.models.identity.rules import NETWORKS, OTHERS
    from studio.engine.models.known_models import known_models

    for model in known_models(TOP / "resources" / "models"):
        yield from (model.name, model.licence)
    for family in FAMILIES.values():
        yield from (part.called for part in family.parts)
        yield from (clause for _tensor, clause in family.foreign)
    for rule in (*NETWORKS, *OTHERS):
        yield from (rule.what, rule.title) if rule.kind != "model" else ()


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """The values of names that a file gives one."""
    assigned = (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))
    pairs = ((target, node.value) for node in assigned for target in _targets(node))
    return {target.id: value for target, value in pairs if isinstance(target, ast.Name) and value is not None}


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _texts_in(node: ast.expr, constants: Mapping[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts_in(node.body, constants)
        yield from _texts_in(node.orelse, constants)
    elif isinstance(node, ast.Name) and isinstance(constants.get(node.id), ast.Constant):
        yield from _texts_in(constants[node.id], {})


def _calls(folder: Path, name: str) -> Iterator[ast.Call]:
    """Every call of ``name`` in a folder of sources."""
    for path in folder.rglob("*.py"):
        yield from (call for call in _calls_in(ast.parse(path.read_text("utf-8"))) if call.func.id == name)


def _calls_in(tree: ast.Module) -> Iterator[Any]:
    """Every call of a plain name."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return (call for call in calls if isinstance(call.func, ast.Name))


def _as_source(context: str, texts: Iterable[str]) -> str:
    return "\n".join(f"QT_TRANSLATE_NOOP({context!r}, {text!r})" for text in texts)


def _run(tool: str, arguments: list[str]) -> None:
    script = Path(sys.executable).parent / f"pyside6-{tool}"
    done = subprocess.run([str(script), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
