"""Settings pages and panels of plugins, without a window; and the bundled ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import PanelSpec, SettingsPageSpec
from studio.api.testing import run_panel, stored_settings
from studio.document import Document, PaintLayer, Raster, Rect, filled_mask, new_document
from studio.errors import Cancelled, PluginError, SettingError
from studio.generation import CancelToken, GenerationRequest, GenerationSettings
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.files import PluginFiles
from studio.plugin_host.panels import PanelOutcome, run_panel_action

MakePlugin = Callable[..., Path]

PLUGIN = """
import numpy as np
from studio.api import *
from studio.api import hookimpl

PAGE = SettingsPageSpec(
    id="mine",
    name="Mine",
    parameters=(
        IntParameter(id="level", label="Level", default=5, minimum=0, maximum=9),
        BoolParameter(id="bold", label="Bold"),
    ),
)
heard = []

@hookimpl
def shoreline_settings_pages():
    return [PAGE]

@hookimpl
def shoreline_generation_started(request):
    heard.append(dict(settings_of(PAGE)))

def brighten(context):
    after = context.pixels.copy()
    after[..., :3] += np.uint8(settings_of(PAGE)["level"])
    return PanelResult(pixels=after, message="Done", values={"n": 3})

def actions():
    yield PanelAction(id="brighten", name="Brighten", run=brighten)
    yield PanelAction(id="nothing", name="Nothing", run=lambda context: None)
    yield PanelAction(id="size", name="Size", needs_layer=False,
                      run=lambda context: PanelResult(message=f"{context.document.width} {context.pixels}"))
    yield PanelAction(id="shape", name="Shape", run=lambda context: PanelResult(pixels=context.pixels[:1]))
    yield PanelAction(id="value", name="Value", run=lambda context: PanelResult(values={"n": 99}))
    yield PanelAction(id="text", name="Text", run=lambda context: "done")
    yield PanelAction(id="wait", name="Wait", run=wait)

def wait(context):
    while True:
        context.cancel.raise_if_cancelled()

@hookimpl
def shoreline_panels():
    n = IntParameter(id="n", label="N", default=1, minimum=0, maximum=9)
    return [PanelSpec(id="mine", name="Mine", actions=tuple(actions()), parameters=(n,))]
"""


def document(alpha: int = 255) -> Document:
    pixels = np.full((40, 50, 4), 100, np.uint8)
    pixels[..., 3] = alpha
    layer = PaintLayer(name="Grey", raster=Raster.from_array(pixels))
    return Document(width=50, height=40, layers=(layer,), active_id=layer.id)


def press(host: PluginHost, action_id: str, on: Document, **values: Any) -> PanelOutcome:
    panel = host.specs(PanelSpec)["mine"]
    action = next(action for action in panel.actions if action.id == action_id)
    return run_panel_action(panel, action, on, values, CancelToken(), lambda fraction, message: None)


def painted(outcome: PanelOutcome) -> np.ndarray:
    layer = outcome.document.layers[0]
    assert isinstance(layer, PaintLayer)
    return layer.raster.read(outcome.document.canvas)


def test_callables_and_events_read_what_is_stored_at_the_moment_of_the_call(
    make_plugin: MakePlugin, load: Callable[..., PluginHost]
) -> None:
    make_plugin("mine", PLUGIN)
    stored: dict[str, Any] = {}
    host = load(stored_settings=lambda: stored)
    assert painted(press(host, "brighten", document()))[0, 0, 0] == 105
    stored["mine"] = {"mine": {"level": 8, "bold": True}}
    assert painted(press(host, "brighten", document()))[0, 0, 0] == 108
    host.notify_started(GenerationRequest(settings=GenerationSettings(), document=new_document(8, 8)))
    import sys

    assert sys.modules["shoreline_plugin_mine"].heard == [{"level": 8, "bold": True}]
    assert host.state("mine").adds == ("settings_page mine", "panel mine")


@pytest.mark.parametrize("stored", [{"mine": {"level": 99}}, {"mine": {"level": "7"}}, {"mine": 3}, 4, None])
def test_a_bad_stored_value_counts_as_the_default_and_is_told(
    make_plugin: MakePlugin, load: Callable[..., PluginHost], stored: Any
) -> None:
    make_plugin("mine", PLUGIN)
    host = load(stored_settings=lambda: {"mine": stored})
    ((owner, page),) = host.pages_by_plugin()
    values, problems = host.page_values(owner, page)
    assert values == {"level": 5, "bold": False}
    assert len(problems) == (1 if isinstance(stored, dict) and isinstance(stored["mine"], dict) else 0)
    assert painted(press(host, "brighten", document()))[0, 0, 0] == 105


def test_a_page_goes_with_its_plugin(make_plugin: MakePlugin, load: Callable[..., PluginHost]) -> None:
    make_plugin("mine", PLUGIN)
    host = load()
    assert list(host.specs(SettingsPageSpec)) == list(host.specs(PanelSpec)) == ["mine"]
    host.disable("mine")
    assert host.pages_by_plugin() == ()
    assert dict(host.specs(PanelSpec)) == {}


def test_an_action_changes_what_is_selected_and_gives_message_and_values(
    make_plugin: MakePlugin, load: Callable[..., PluginHost]
) -> None:
    make_plugin("mine", PLUGIN)
    before = document().with_selection(filled_mask(Rect(10, 10, 5, 5)))
    outcome = press(load(), "brighten", before)
    assert (outcome.message, outcome.values) == ("Done", {"n": 3})
    changed = painted(outcome)[..., 0] != 100
    assert changed.sum() == 25
    assert changed[10:15, 10:15].all()


def test_an_action_without_pixels_leaves_the_very_document(
    make_plugin: MakePlugin, load: Callable[..., PluginHost]
) -> None:
    make_plugin("mine", PLUGIN)
    host, half = load(), document(alpha=128)
    assert press(host, "nothing", half).document is half
    empty = Document(width=50, height=40)
    assert press(host, "size", empty).message == "50 None"
    with pytest.raises(SettingError, match="nothing to work on"):
        press(host, "nothing", empty)
    with pytest.raises(SettingError, match="N"):
        press(host, "nothing", half, n=10)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("shape", r"must be uint8 \(40, 50, 4\)"),
        ("value", "values of the PanelResult"),
        ("text", "return a PanelResult"),
    ],
)
def test_what_an_action_returns_is_checked(
    make_plugin: MakePlugin, load: Callable[..., PluginHost], action: str, words: str
) -> None:
    make_plugin("mine", PLUGIN)
    with pytest.raises(PluginError, match=words):
        press(load(), action, document())


def test_an_action_can_be_cancelled(make_plugin: MakePlugin, load: Callable[..., PluginHost]) -> None:
    make_plugin("mine", PLUGIN)
    panel, cancel = load().specs(PanelSpec)["mine"], CancelToken()
    threading.Timer(0.05, cancel.cancel).start()
    wait = next(action for action in panel.actions if action.id == "wait")
    with pytest.raises(Cancelled):
        run_panel_action(panel, wait, document(), {}, cancel, lambda fraction, message: None)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("PanelSpec(id='x', name='X', actions=())", "at least one"),
        ("PanelSpec(id='x', name='X', actions=[print])", "tuple of PanelAction"),
        ("PanelSpec(id='x', name='X', actions=(PanelAction(id='A', name='A', run=print),))", "id of its own"),
        ("PanelSpec(id='x', name='X', actions=(PanelAction(id='a', name=' ', run=print),))", "needs a name"),
        ("SettingsPageSpec(id='x', name='X', parameters=())", "has no parameters"),
    ],
)
def test_bad_specs_are_refused(state_of: Callable[..., Any], spec: str, words: str) -> None:
    hook = "shoreline_panels" if spec.startswith("Panel") else "shoreline_settings_pages"
    state = state_of(
        f"from studio.api import *\nfrom studio.api import hookimpl\n@hookimpl\ndef {hook}():\n    return [{spec}]\n"
    )
    assert (state.status, state.failed_step) == ("refused", "hooks")
    assert words in state.problem


# --- the bundled ones -----------------------------------------------------------------------------


@pytest.fixture
def shipped(bundled: Path) -> PluginHost:
    return PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)


def noise(tint: tuple[int, int, int]) -> np.ndarray:
    grey = np.random.default_rng(0).integers(60, 140, (60, 80, 1))
    pixels = np.full((60, 80, 4), 255, np.uint8)
    pixels[..., :3] = grey + np.array(tint)
    return pixels


def means(pixels: np.ndarray) -> np.ndarray:
    return pixels[..., :3].reshape(-1, 3).mean(axis=0)


def test_sliders_in_the_middle_change_nothing_and_exposure_doubles_the_light(shipped: PluginHost) -> None:
    panel, pixels = shipped.specs(PanelSpec)["light_and_colour"], noise((0, 0, 0))
    assert run_panel(panel, "apply", pixels).pixels is None
    brighter = run_panel(panel, "apply", pixels, exposure=1.0)
    assert brighter.pixels is not None
    linear = [(value / 255.0) ** 2.2 for value in (means(pixels)[0], means(brighter.pixels)[0])]
    assert linear[1] / linear[0] == pytest.approx(2.0, rel=0.06)
    assert set(brighter.values.values()) == {0.0}
    grey = run_panel(panel, "apply", noise((40, 0, -30)), saturation=-100.0).pixels
    assert grey is not None
    assert np.ptp(grey[..., :3].astype(int), axis=2).max() <= 1


def test_auto_takes_a_colour_cast_away(shipped: PluginHost) -> None:
    panel, pixels = shipped.specs(PanelSpec)["light_and_colour"], noise((60, 10, -40))
    found = run_panel(panel, "measure", pixels)
    after = run_panel(panel, "apply", pixels, **found.values).pixels
    assert after is not None
    assert np.ptp(means(pixels)) > 80
    assert np.ptp(means(after)) < 12


def test_a_layer_is_matched_to_the_picture_below(shipped: PluginHost) -> None:
    panel = shipped.specs(PanelSpec)["light_and_colour"]
    below = PaintLayer(name="Below", raster=Raster.from_array(noise((30, 0, -20))))
    patch = PaintLayer(name="Patch", raster=Raster.from_array(noise((-20, 0, 60))))
    picture = Document(width=80, height=60, layers=(below, patch), active_id=patch.id)
    values: dict[str, Any] = {}
    for action_id in ("match", "apply"):
        action = next(action for action in panel.actions if action.id == action_id)
        outcome = run_panel_action(panel, action, picture, values, CancelToken(), lambda fraction, message: None)
        values = dict(outcome.values)
    after = outcome.document.find(patch.id)
    assert isinstance(after, PaintLayer)
    before, now = (
        np.abs(means(layer.raster.read(picture.canvas)) - means(noise((30, 0, -20)))).max() for layer in (patch, after)
    )
    assert before > 60
    assert now < 15


def test_the_formats_are_written_as_their_page_says(bundled: Path, tmp_path: Path) -> None:
    stored: dict[str, Any] = {}
    host = PluginHost.load(
        [PluginFolder(bundled, "bundled")], entry_points=False, stored_settings=lambda: {"more_formats": stored}
    )
    layer = PaintLayer(name="Noise", raster=Raster.from_array(noise((10, 0, 0))))
    picture = Document(width=80, height=60, layers=(layer,), active_id=layer.id)
    sizes = []
    for quality, compression in ((90, "tiff_adobe_deflate"), (20, "raw")):
        stored["picture_formats"] = {"avif_quality": quality, "tiff_compression": compression}
        for ending in ("avif", "tif"):
            PluginFiles(host).save(picture, tmp_path / f"x.{ending}")
            sizes.append((tmp_path / f"x.{ending}").stat().st_size)
    assert sizes[2] < sizes[0]
    assert sizes[3] > 80 * 60 * 3 > sizes[1]


def test_settings_of_outside_the_program_are_the_defaults_and_tests_can_give_others() -> None:
    from studio.api import IntParameter, SettingsPageSpec, settings_of

    page = SettingsPageSpec(
        id="p", name="P", parameters=(IntParameter(id="n", label="N", default=1, minimum=0, maximum=9),)
    )
    assert settings_of(page) == {"n": 1}
    with stored_settings({"p": {"n": 7}}):
        assert settings_of(page) == {"n": 7}
    assert settings_of(page) == {"n": 1}
