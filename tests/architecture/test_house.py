"""The shape of the project: what may import what, what is on disk, and what start-up loads."""

from __future__ import annotations

import ast
import functools
import graphlib
import re
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"studio", "plugins", "resources", "tests", "packaging"}
HEAVY = ("torch", "diffusers", "transformers")


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@functools.cache
def imported_modules(path: Path) -> frozenset[str]:
    """Every module that a file imports anywhere, type-checking blocks included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return frozenset(found)


def tracked_files() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return listing.stdout.splitlines()


def test_the_top_folders_are_fixed() -> None:
    tops = {name.split("/")[0] for name in tracked_files() if "/" in name}
    assert {top for top in tops if not top.startswith(".")} <= FOLDERS


def test_qt_widgets_are_used_in_the_window_only() -> None:
    users = [p for p in python_files("studio", "plugins") if "PySide6.QtWidgets" in imported_modules(p)]
    allowed = ROOT / "studio" / "ui"
    assert [p for p in users if not p.is_relative_to(allowed) and p != ROOT / "studio" / "app.py"] == []


def test_numbers_are_typed_into_our_own_boxes_only() -> None:
    """Qt's read a decimal comma as one between thousands, or drop it, depending on the language."""
    names = {f"PySide6.QtWidgets.{name}" for name in ("QSpinBox", "QDoubleSpinBox")}
    names |= {f"PySide6.QtGui.{name}" for name in ("QIntValidator", "QDoubleValidator")}
    offenders = [path for path in python_files("studio", "plugins") if imported_modules(path) & names]
    assert [path.name for path in offenders] == ["number_boxes.py"]


def test_torch_is_used_in_the_engine_and_in_training_only() -> None:
    allowed = (ROOT / "studio" / "engine", ROOT / "studio" / "training")
    users = [p for p in python_files("studio") if {m.split(".")[0] for m in imported_modules(p)} & set(HEAVY)]
    assert [p for p in users if not any(p.is_relative_to(folder) for folder in allowed)] == []


def test_bundled_plugins_import_nothing_of_studio_but_the_api() -> None:
    for path in python_files("plugins"):
        foreign = {
            name
            for name in imported_modules(path)
            if name.split(".")[0] == "studio" and not (name == "studio.api" or name.startswith("studio.api."))
        }
        assert foreign == set(), path


def test_no_module_is_excused_from_typing() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "ignore_errors" not in text
    assert "[[tool.mypy.overrides]]" not in text


def test_no_vague_module_names() -> None:
    vague = {"utils", "util", "helpers", "misc", "common", "manager"}
    assert [p for p in python_files("studio", "plugins") if p.stem in vague] == []


def test_only_safetensors_weights_are_tracked() -> None:
    pickles = (".ckpt", ".pt", ".pth", ".bin", ".pkl")
    assert [name for name in tracked_files() if name.endswith(pickles)] == []


def test_the_command_line_starts_without_torch() -> None:
    code = (
        "import sys; from studio.cli.main import build_app; build_app();"
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]; sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_code_compares_no_text_of_a_step() -> None:
    for path in python_files("studio"):
        compares = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Compare))
        for compare in compares:
            if all(isinstance(operator, ast.Is | ast.IsNot) for operator in compare.ops):
                continue
            parts = [compare.left, *compare.comparators]
            assert not any(isinstance(part, ast.Attribute) and part.attr == "label" for part in parts), path


def test_each_kind_of_step_has_its_id_and_an_icon() -> None:
    ids: set[str] = set()
    for path in python_files("studio"):
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        for call in calls:
            texts = [word.value for word in call.args if isinstance(word, ast.Constant)]
            if isinstance(call.func, ast.Name) and call.func.id == "StepKind" and len(texts) == 3:
                step_id, _label, icon = texts
                assert step_id not in ids, f"{path}: two kinds of steps are called {step_id}"
                ids.add(step_id)
                assert (ROOT / "resources" / "icons" / f"{icon}.svg").is_file(), (path, icon)
    assert len(ids) > 50


def test_tests_mirror_the_house() -> None:
    """A package of tests beside each room; what belongs to no room is named here."""
    beside = {"architecture", "bench", "end_to_end", "fuzz", "kills", "packaging", "plugins"}
    rooms = {path.name for path in (ROOT / "studio").iterdir() if (path / "__init__.py").is_file()}
    packages = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").is_file()}
    assert packages - beside <= rooms
    inside = {path.name for path in (ROOT / "tests" / "ui").iterdir() if (path / "__init__.py").is_file()}
    assert inside <= {path.name for path in (ROOT / "studio" / "ui").iterdir()}


def test_text_files_are_read_with_or_without_a_byte_order_mark() -> None:
    plain = re.compile(r"""read_text\((encoding=)?["']utf-?8["']""")
    assert [path for path in python_files("studio") if plain.search(path.read_text("utf-8"))] == []


def test_the_architecture_page_names_every_package_and_nothing_that_is_gone() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = set(re.findall(r"studio(?:/\w+)+(?:\.py)?", page))
    packages = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "studio").rglob("__init__.py")}
    assert packages - {"studio"} - named == set()
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = named | set(re.findall(r"(?:studio|tests|resources)(?:/\w+)+(?:\.\w+)?", guide))
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_the_architecture_page_names_classes_and_functions_that_stand() -> None:
    names = set(re.findall(r"`(?:\w+\.)?(\w+)(?:\(\))?`", (ROOT / "ARCHITECTURE.md").read_text("utf-8")))
    words = set(re.findall(r"\w+", " ".join(path.read_text("utf-8") for path in python_files("studio"))))
    folders = {path.name for path in ROOT.iterdir()}
    assert {name for name in names if name not in words and name not in folders} == set()


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in python_files("studio")}
    assert [path for path, count in lines.items() if count > 450] == []


def test_functions_are_short() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in python_files("studio")]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    lengths = sorted((node.end_lineno or node.lineno) - node.lineno + 1 for node in functions)
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 99 // 100] <= 31


def test_no_modules_import_each_other_in_a_circle() -> None:
    """For types neither: also of two modules one is the lower."""
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in python_files("studio")}
    modules = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    graph = {name: _imports_of(path, modules.keys()) - {name} for name, path in modules.items()}
    graphlib.TopologicalSorter(graph).prepare()


def _imports_of(path: Path, modules: Collection[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{name.name}" for name in node.names}
            found.update(name if name in modules else node.module for name in whole)
    return found & set(modules)
