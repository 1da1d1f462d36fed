"""An engine that is removed, or damaged, while it is loaded: what fails then is told as the engine's state."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.engine.faults import readable_errors
from studio.errors import EngineUnusableError, SettingError
from studio.generation import CancelToken
from studio.plugin_host.failures import Raised, passed_on
from studio.system import parts
from studio.system.parts import engine_failures, engine_part, part_error

LAZY = """
import importlib
def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except Exception as error:
        raise RuntimeError(f"Failed to import {__name__}.{name} because of the following error") from error
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A part of an engine that imports the rest of itself when it is used."""
    folder = tmp_path / "lib" / "peft"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(LAZY, encoding="utf-8")
    (folder / "pipelines.py").write_text("from peft.deeper import thing", encoding="utf-8")
    loaded = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "peft"}
    for name in loaded:
        del sys.modules[name]
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    importlib.invalidate_caches()
    importlib.import_module("peft")
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "peft"]:
        del sys.modules[name]
    sys.modules.update(loaded)


def failure() -> Exception:
    with pytest.raises(RuntimeError) as caught:
        sys.modules["peft"].pipelines  # noqa: B018 - the import happens here
    return caught.value


def test_a_part_whose_files_are_gone_is_the_engines_state(library: Path) -> None:
    shutil.rmtree(library)
    importlib.invalidate_caches()
    error = failure()
    assert type(error) is RuntimeError
    for typed in (part_error(error), passed_on(error)):
        assert isinstance(typed, EngineUnusableError)
        assert "the files of peft are gone" in typed.message
        assert "shoreline engine install" in typed.advice


def test_a_part_that_lost_a_file_is_damaged(library: Path) -> None:
    error = failure()
    said = r"peft does not load \(No module named 'peft.deeper'\)"
    with pytest.raises(EngineUnusableError, match=said) as caught, engine_failures():
        raise error
    assert "repair" in caught.value.advice
    assert library.is_dir()


def test_a_file_that_is_not_found_in_an_engine_that_is_gone(library: Path) -> None:
    shutil.rmtree(library)
    assert isinstance(
        part_error(FileNotFoundError(2, "No such file", str(library / "config.json"))), EngineUnusableError
    )


def test_what_a_plugin_asks_wrongly_of_a_part_stays_the_plugins(library: Path) -> None:
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module("peft.nonsense")
    assert part_error(caught.value) is None
    assert isinstance(passed_on(caught.value), Raised)
    assert library.is_dir()


def test_the_engine_itself_says_so_of_what_fails_while_it_draws(library: Path) -> None:
    shutil.rmtree(library)
    importlib.invalidate_caches()
    error = failure()
    with pytest.raises(EngineUnusableError, match="files of peft are gone"), readable_errors("drawing", CancelToken()):
        raise error


def written(library: Path, first: str, **others: str) -> None:
    """The part anew, not loaded, with these modules."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "peft"]:
        del sys.modules[name]
    for name, source in {"__init__": first, **others}.items():
        (library / f"{name}.py").write_text(source, encoding="utf-8")
    importlib.invalidate_caches()


@pytest.mark.parametrize("last", ["from peft import two", "import peft.two", "raise AttributeError('no two')"])
def test_an_engine_that_is_removed_while_it_loads_is_gone(library: Path, last: str) -> None:
    away = f"import shutil; shutil.rmtree({str(library)!r}); import importlib; importlib.invalidate_caches()"
    written(library, f"import peft.one; {away}; {last}", one="", two="")
    with pytest.raises(EngineUnusableError, match="files of peft are gone"):
        engine_part("peft")


@pytest.mark.parametrize("inside", ["from peft import two", "import peft; peft.two"])
def test_an_engine_that_was_changed_while_it_loaded_wants_a_new_start(library: Path, inside: str) -> None:
    written(library, "import peft.one", one=inside)
    with pytest.raises(EngineUnusableError, match="peft was loaded only in part") as caught:
        engine_part("peft")
    assert "initialized" not in caught.value.message
    assert "Start Shoreline again" in caught.value.advice
    written(library, "import peft.one", one=inside)
    with pytest.raises(EngineUnusableError, match="peft was loaded only in part"), engine_failures():
        importlib.import_module("peft")


def test_what_has_nothing_to_do_with_an_engine_stays_as_it_is() -> None:
    for error in (ValueError("slip"), RuntimeError("shapes differ"), OSError(28, "full"), KeyError("x")):
        assert part_error(error) is None
    with pytest.raises(SettingError), engine_failures():
        raise SettingError("no")
    with pytest.raises(RuntimeError, match="shapes"), engine_failures():
        raise RuntimeError("shapes differ")


def test_a_part_that_is_not_there_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "is_there", lambda _name: False)
    error = part_error(ModuleNotFoundError("No module named 'av'", name="av"))
    assert error is not None
    assert "av is missing" in error.message
