"""One plugin that fails in every hook in turn: the program, its other plugins and the document survive each."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import (
    AnimationSpec,
    FamilySpec,
    FilterSpec,
    InfluenceContext,
    InfluenceSpec,
    PanelSpec,
    SchedulerSpec,
    hooks,
)
from studio.api.testing import FakeEngine, run_animation
from studio.cli.jobs import InlineWorker
from studio.cli.output import ProgressLine
from studio.document import Document, filled_mask, new_document
from studio.document.tiles import Rect
from studio.errors import ShorelineError
from studio.generation import CancelToken, GenerationRequest, GenerationSettings, UpscaleTask
from studio.jobs.runner import JobRunner
from studio.plugin_host import QUARANTINE_AFTER, PluginHost
from studio.plugin_host.files import PluginFiles
from studio.plugin_host.kinds import KINDS
from studio.plugin_host.panels import run_panel_action
from studio.raster.filtering import filter_layer
from studio.session import JobStatus, Session

HOOKS = [name for name in vars(hooks) if name.startswith("shoreline_")]
DECLARING = [name for name in HOOKS if not inspect.signature(getattr(hooks, name)).parameters]
SPECS = {
    "shoreline_schedulers": "SchedulerSpec(id='bad', name='Bad', factory=fail)",
    "shoreline_tools": "ToolSpec(id='bad', name='Bad', run=fail)",
    "shoreline_filters": "FilterSpec(id='bad', name='Bad', run=fail)",
    "shoreline_importers": "ImporterSpec(id='bad', name='Bad', suffixes=('bad',), decode=fail)",
    "shoreline_exporters": "ExporterSpec(id='bad', name='Bad', suffixes=('bad',), encode=fail)",
    "shoreline_upscalers": "UpscalerSpec(id='bad', name='Bad', run=fail)",
    "shoreline_animations": "AnimationSpec(id='bad', name='Bad', frame=fail)",
    "shoreline_families": "FamilySpec(id='bad', name='Bad', run=fail, pipelines=('Bad',), network="
    "FamilyNetwork(build=fail, tensors=fail, config={}))",
    "shoreline_influences": "InfluenceSpec(id='bad', name='Bad', run=fail)",
    "shoreline_panels": "PanelSpec(id='bad', name='Bad', actions=(PanelAction(id='bad', name='Bad', run=fail),))",
}
WITHOUT_CALLABLE = {kind.hook for kind in KINDS if not kind.callback}
"""Values and nothing else: there is nothing to call."""
HEAD = """
from studio.api import *
from studio.api import hookimpl

def fail(*arguments, **named):
    raise {error}

@hookimpl
"""
GOOD = """
from studio.api import GeneratedImage, SchedulerSpec, ToolSpec, hookimpl
import numpy as np

def draw(context):
    return (GeneratedImage(pixels=np.full((8, 8, 4), 255, np.uint8), seed=1),)

@hookimpl
def shoreline_tools():
    return [ToolSpec(id="good", name="Good", run=draw)]

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="good", name="Good", factory=dict)]
"""
ERRORS = ["LookupError('lost')", "SystemExit(3)", "RecursionError('deep')"]


def test_every_hook_has_a_way_to_fail_here() -> None:
    assert set(SPECS) | WITHOUT_CALLABLE == set(DECLARING)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("hook", HOOKS)
def test_a_plugin_that_raises_in_a_hook_harms_nobody_else(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], hook: str, error: str, tmp_path: Path
) -> None:
    arguments = ", ".join(inspect.signature(getattr(hooks, hook)).parameters)
    make_plugin("bad", HEAD.format(error=error) + f"def {hook}({arguments}):\n    fail()\n")
    make_plugin("good", GOOD)
    host = load()
    work_as_usual(host, tmp_path)
    bad = host.state("bad")
    assert bad.status == ("failed" if hook in DECLARING else "enabled")
    assert bad.details


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("hook", SPECS)
def test_a_callable_that_raises_fails_alone_until_it_is_quarantined(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], hook: str, error: str, tmp_path: Path
) -> None:
    make_plugin("bad", HEAD.format(error=error) + f"def {hook}():\n    return [{SPECS[hook]}]\n")
    make_plugin("good", GOOD)
    host = load()
    for _ in range(QUARANTINE_AFTER):
        assert host.state("bad").status == "enabled"
        use_bad(host, hook, tmp_path)
        work_as_usual(host, tmp_path)
    assert host.state("bad").status == "failed"
    assert f"{QUARANTINE_AFTER} times in a row" in host.state("bad").problem
    work_as_usual(host, tmp_path)


def work_as_usual(host: PluginHost, folder: Path) -> None:
    """Draw, save, open: with a document that has a mask, which must come back as it was."""
    document = new_document(64, 64).with_generation_mask(filled_mask(Rect(8, 8, 16, 16)))
    session = Session(document, InlineWorker(JobRunner(host, FakeEngine), ProgressLine(quiet=True)))
    job = session.start(GenerationSettings(tool="good", scheduler="good", steps=2))
    assert job.status is JobStatus.FINISHED, job.error
    assert len(session.document.layers) == len(document.layers) + 1
    session.undo()
    assert session.document is document
    files = PluginFiles(host)
    files.save(document, folder / "work.ora")
    assert files.open(folder / "work.ora").document.generation_mask.bounds() == Rect(8, 8, 16, 16)


def use_bad(host: PluginHost, hook: str, folder: Path) -> None:
    """Let the callable of the bad plugin fail, as the program would call it."""
    document: Document = new_document(64, 64)
    before = document.layers
    none = CancelToken()
    (folder / "x.bad").write_bytes(b"x")
    context = InfluenceContext(picture=np.zeros((8, 8, 3), np.uint8), strength=1.0, family="sd1")
    calls: dict[str, Callable[[], Any]] = {
        "shoreline_schedulers": lambda: host.specs(SchedulerSpec)["bad"].factory({}),
        "shoreline_tools": lambda: _draw(host, document),
        "shoreline_filters": lambda: filter_layer(
            document, document.layers[0].id, lambda given: host.specs(FilterSpec)["bad"].run(given, {}, none, print)
        ),
        "shoreline_families": lambda: host.specs(FamilySpec)["bad"].run(None),
        "shoreline_influences": lambda: host.specs(InfluenceSpec)["bad"].run(context),
        "shoreline_importers": lambda: PluginFiles(host).open(folder / "x.bad"),
        "shoreline_exporters": lambda: PluginFiles(host).save(document, folder / "x.bad"),
        "shoreline_upscalers": lambda: _upscale(host, document),
        "shoreline_animations": lambda: run_animation(host.specs(AnimationSpec)["bad"], 1),
        "shoreline_panels": lambda: _press(host, document),
    }
    with pytest.raises(ShorelineError) as caught, contextlib.suppress(KeyError):
        calls[hook]()
    assert "Bad" in str(caught.value)
    assert document.layers is before


def _upscale(host: PluginHost, document: Document) -> None:
    task = UpscaleTask(upscaler="bad")
    request = GenerationRequest(settings=GenerationSettings(), document=document, upscale=task)
    JobRunner(host, FakeEngine).run(request, CancelToken(), lambda _progress: None)


def _press(host: PluginHost, document: Document) -> None:
    panel = host.specs(PanelSpec)["bad"]
    painted = document.with_active(document.layers[0].id)
    run_panel_action(panel, panel.actions[0], painted, {}, CancelToken(), print)


def _draw(host: PluginHost, document: Document) -> None:
    session = Session(document, InlineWorker(JobRunner(host, FakeEngine), ProgressLine(quiet=True)))
    job = session.start(GenerationSettings(tool="bad", scheduler="good", steps=2))
    assert job.status is JobStatus.FAILED
    assert session.document is document
    assert job.error is not None
    raise job.error
