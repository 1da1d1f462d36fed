"""A plugin that needs the engine where there is none: it is told what to press, and is not blamed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from studio.api import CancelToken, FilterSpec, GenerationRequest, GenerationSettings
from studio.document import new_document
from studio.errors import EngineMissingError, PluginError
from studio.paths import Paths
from studio.plugin_host import PluginHost
from studio.plugin_host.failures import passed_on
from studio.plugin_host.host import QUARANTINE_AFTER

FILTER = """
from studio.api import FilterSpec, hookimpl

def run(pixels, parameters, cancel, report):
    import {module}

@hookimpl
def shoreline_filters():
    return [FilterSpec(id="needy", name="Needy", run=run)]

@hookimpl
def shoreline_generation_started(request):
    import {module}
"""
PARTS = ("torch", "spandrel", "av")


@pytest.fixture
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PARTS:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.fixture
def host_with(paths: Paths) -> Callable[[str], PluginHost]:
    def host(source: str) -> PluginHost:
        folder: Path = paths.user_plugins / "needy"
        folder.mkdir(parents=True)
        (folder / "plugin.toml").write_text('id = "needy"\nname = "Needy"\nversion = "1"\napi_version = 1\n', "utf-8")
        (folder / "plugin.py").write_text(source, "utf-8")
        return PluginHost.load(paths, entry_points=False)

    return host


def run_filter(host: PluginHost) -> object:
    pixels = np.zeros((2, 2, 4), np.uint8)
    return host.specs(FilterSpec)["needy"].run(pixels, {}, CancelToken(), lambda _fraction, _text: None)


@pytest.mark.parametrize("module", PARTS)
def test_what_runs_without_an_engine_names_the_way_out_and_is_not_stopped(
    without_engine: None, host_with: Callable[[str], PluginHost], module: str
) -> None:
    host = host_with(FILTER.format(module=module))
    request = GenerationRequest(settings=GenerationSettings(tool="text_to_image"), document=new_document(8, 8))
    for _ in range(QUARANTINE_AFTER + 1):
        with pytest.raises(EngineMissingError, match="Preferences > Engine"):
            run_filter(host)
        host.notify_started(request)
    assert host.state("needy").status == "enabled"
    assert host.state("needy").failures == 0


def test_an_import_at_the_top_leaves_it_off_in_the_same_words_and_tried_again(
    without_engine: None, host_with: Callable[[str], PluginHost], paths: Paths
) -> None:
    state = host_with("import av\n" + FILTER.format(module="json")).state("needy")
    assert (state.status, state.details) == ("lacking", "")
    assert "Preferences > Engine" in state.problem
    sys.modules.pop("av")
    later = PluginHost.load(paths, entry_points=False).state("needy")
    assert later.status == "enabled", later.problem


def test_an_import_while_it_is_asked_what_it_adds_leaves_it_off_in_the_same_words(
    without_engine: None, host_with: Callable[[str], PluginHost]
) -> None:
    source = FILTER.format(module="json").replace("    return [", "    import torch\n    return [")
    state = host_with(source).state("needy")
    assert state.status == "lacking"
    assert "Preferences > Engine" in state.problem


def test_another_library_that_is_missing_is_the_plugins_own_failure(host_with: Callable[[str], PluginHost]) -> None:
    host = host_with(FILTER.format(module="no_such_library"))
    with pytest.raises(PluginError, match="No module named 'no_such_library'"):
        run_filter(host)
    assert host.state("needy").failures == 1


def test_a_module_that_a_part_of_the_engine_lacks_is_the_plugins_own_failure() -> None:
    outcome = passed_on(ModuleNotFoundError("No module named 'torch.nothing'", name="torch.nothing"))
    assert not isinstance(outcome, EngineMissingError)


def test_an_error_of_the_engine_that_holds_more_than_text_is_passed_on_all_the_same() -> None:
    error = EngineMissingError("torch")
    error.args = (object(),)
    outcome = passed_on(error)
    assert isinstance(outcome, EngineMissingError)
    assert "Preferences > Engine" in str(outcome)
