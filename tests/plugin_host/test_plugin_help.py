"""The help page about plugins: every hook with its exact signature, every example runs."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import (
    AnimationSpec,
    CancelToken,
    ExporterSpec,
    FilterSpec,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    GuideSpec,
    ImporterSpec,
    InfluenceContext,
    InfluenceSpec,
    InfluenceStep,
    NetworkInput,
    PanelSpec,
    PromptStyleSpec,
    SchedulerSpec,
    SettingsPageSpec,
    ToolSpec,
    hooks,
)
from studio.api.testing import FakeEngine, run_animation, run_filter, run_panel, run_tool
from studio.document import Document, PaintLayer, Raster, new_document
from studio.errors import SettingError
from studio.generation import UpscaleTask
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginHost, PluginManifest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "resources" / "help" / "plugins.md").read_text("utf-8")
HOOKS = [name for name in vars(hooks) if name.startswith("shoreline_")]


def section(heading: str) -> str:
    """The text from a heading to the next one."""
    pieces = re.split(r"^#{1,3} (.*)$", _with_safe_comments(PAGE), flags=re.M)
    for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if heading in title:
            return text.replace("\0", "#")
    raise AssertionError(f"no heading with {heading}")


def code(text: str, language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", text, re.S)
    assert match, "no example"
    return match.group(1)


def _with_safe_comments(page: str) -> str:
    return re.sub(r"```.*?```", lambda block: block.group().replace("#", "\0"), page, flags=re.S)


@pytest.fixture
def example(make_plugin: Callable[..., Path], load: Callable[..., PluginHost]) -> Callable[[str], PluginHost]:
    def loaded(hook: str) -> PluginHost:
        make_plugin("example", code(section(f"{hook}("), "python"))
        host = load()
        assert host.state("example").problem == ""
        return host

    return loaded


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_documented_with_its_exact_signature(hook: str) -> None:
    signature = str(inspect.signature(getattr(hooks, hook))).replace("'", "")
    assert f"### `{hook}{signature}`" in PAGE
    text = section(f"{hook}(")
    assert "thread" in text, "says where it is called"
    assert re.search(r"may\s+raise|exception", text), "says what it may raise"


def test_no_hook_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^### `(shoreline_\w+)", PAGE, re.M)) == set(HOOKS)


def test_the_chinese_page_has_the_same_hooks_and_examples() -> None:
    chinese = (ROOT / "resources" / "help" / "zh_CN" / "plugins.md").read_text("utf-8")
    for pattern in (r"^### .*$", r"```.*?```"):
        flags = re.M if pattern.startswith("^") else re.S
        assert re.findall(pattern, chinese, flags) == re.findall(pattern, PAGE, flags)


def test_the_scheduler_example(example: Callable[[str], PluginHost]) -> None:
    scheduler = (
        example("shoreline_schedulers").specs(SchedulerSpec)["euler_exponential"].factory({"num_train_timesteps": 1000})
    )
    scheduler.set_timesteps(5)
    assert len(scheduler.timesteps) == 5


def test_the_tool_example(example: Callable[[str], PluginHost]) -> None:
    tool = example("shoreline_tools").specs(ToolSpec)["vary"]
    images = run_tool(tool, new_document(200, 200), parameters={"pictures": 3})
    assert [image.pixels.shape for image in images] == [(128, 128, 4)] * 3


def test_the_filter_example(example: Callable[[str], PluginHost]) -> None:
    spec = example("shoreline_filters").specs(FilterSpec)["grain"]
    pixels = np.full((40, 50, 4), 128, np.uint8)
    after = run_filter(spec, pixels, amount=20.0)
    assert 15 < after[..., 0].std() < 25
    assert (after[..., 3] == 128).all()


def test_the_importer_example(example: Callable[[str], PluginHost]) -> None:
    decode = example("shoreline_importers").specs(ImporterSpec)["raw"].decode
    assert decode(bytes(range(9)))[2, 2].tolist() == [8, 8, 8, 255]
    with pytest.raises(SettingError):
        decode(b"abc")


def test_the_exporter_example(example: Callable[[str], PluginHost]) -> None:
    encode = example("shoreline_exporters").specs(ExporterSpec)["ppm"].encode
    assert encode(np.full((1, 2, 4), 255, np.uint8)) == b"P6 2 1 255\n" + b"\xff" * 6


def test_the_document_event_examples(example: Callable[[str], PluginHost], make_plugin: Callable[..., Path]) -> None:
    host = example("shoreline_document_opened")
    host.notify_opened(new_document(8, 9), Path("a.ora"))
    assert sys.modules["shoreline_plugin_example"].sizes == [("a.ora", 8, 9)]
    saver = make_plugin("saver", code(section("shoreline_document_saved("), "python"))
    assert host.add(saver).status == "enabled"
    host.notify_saved(new_document(8, 9), Path("b.ora"))
    assert sys.modules["shoreline_plugin_saver"].saved == ["b.ora"]
    assert host.state("example").failures == host.state("saver").failures == 0


def test_the_upscaler_example(example: Callable[[str], PluginHost]) -> None:
    runner = JobRunner(example("shoreline_upscalers"), FakeEngine)
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    pixels[..., 3] = 255
    layer = PaintLayer(name="Picture", raster=Raster.from_array(pixels))
    request = GenerationRequest(
        settings=GenerationSettings(),
        document=Document(width=3, height=2, layers=(layer,)),
        upscale=UpscaleTask(upscaler="double", factor=4.0),
    )
    upscaled = runner.run(request, CancelToken(), lambda progress: None).upscaled
    assert upscaled is not None
    larger = upscaled.after.layers[0]
    assert isinstance(larger, PaintLayer)
    assert np.array_equal(larger.raster.read(upscaled.after.canvas)[::4, ::4], pixels)


def test_the_animation_example(example: Callable[[str], PluginHost]) -> None:
    animation = example("shoreline_animations").specs(AnimationSpec)["fade_in"]
    dark, half, full = (frame.pixels.mean() for frame in run_animation(animation, 3))
    assert dark == 0
    assert half == pytest.approx(full / 2, abs=1)


def test_the_settings_page_example(make_plugin: Callable[..., Path], load: Callable[..., PluginHost]) -> None:
    make_plugin("example", code(section("shoreline_settings_pages("), "python"))
    stored: dict[str, Any] = {}
    host = load(stored_settings=lambda: {"example": stored})
    assert host.specs(SettingsPageSpec)["grey_file"].name == "Grey file"
    encode, pixels = host.specs(ExporterSpec)["grey"].encode, np.full((1, 2, 4), 200, np.uint8)
    assert encode(pixels) == bytes([200, 200])
    stored["grey_file"] = {"levels": 2}
    assert encode(pixels) == bytes([128, 128])


def test_the_panel_example(example: Callable[[str], PluginHost]) -> None:
    panel = example("shoreline_panels").specs(PanelSpec)["solarise"]
    pixels = np.full((4, 5, 4), 255, np.uint8)
    pixels[0, :, :3] = 40
    result = run_panel(panel, "invert", pixels, from_level=100)
    assert result.pixels is not None
    assert (result.pixels[0, 0, 0], result.pixels[1, 0, 0]) == (40, 0)
    assert result.message == "15 pixels were inverted."
    assert run_panel(panel, "middle", pixels).values == {"from_level": 255}


def test_the_prompt_style_example(example: Callable[[str], PluginHost]) -> None:
    style = example("shoreline_prompt_styles").specs(PromptStyleSpec)["blueprint"]
    styled = ("a blueprint of a ship, white lines on blue paper", "fog, photograph")
    assert style.added_to("a ship", "fog") == styled
    assert style.taken_from(*styled) == ("a ship", "fog")


def test_the_influence_example(example: Callable[[str], PluginHost]) -> None:
    import torch

    host = example("shoreline_influences")
    assert host.specs(GuideSpec)["calm_guide"].influence == "calm"
    context = InfluenceContext(picture=np.full((8, 8, 3), 255, np.uint8), strength=1.0, family="sd1")
    made = host.specs(InfluenceSpec)["calm"].run(context)
    latents = torch.randn(1, 4, 4, 4, generator=torch.Generator().manual_seed(0))
    after = made.after_step(InfluenceStep(index=0, total=4), latents)
    assert after.std() < latents.std()
    assert torch.equal(made.guided(InfluenceStep(index=0, total=4), latents, latents), latents)
    dark = InfluenceContext(picture=np.zeros((8, 8, 3), np.uint8), strength=0.5, family="sd1")
    given = NetworkInput(sample=latents, timestep=torch.tensor(1.0), words=torch.ones(1, 2, 3))
    softly = host.specs(InfluenceSpec)["whisper"].run(dark).before_step(InfluenceStep(index=0, total=4), given)
    assert torch.equal(softly.words, torch.full((1, 2, 3), 0.5))


def test_the_guide_example(example: Callable[[str], PluginHost]) -> None:
    guide = example("shoreline_guides").specs(GuideSpec)["blueprint_lines"]
    assert guide.ground_color == (0, 0, 0)
    assert guide.preprocessor == "guide_canny"


@pytest.mark.parametrize("hook", ["shoreline_generation_started", "shoreline_generation_finished"])
def test_the_event_examples(example: Callable[[str], PluginHost], hook: str) -> None:
    host = example(hook)
    request = GenerationRequest(settings=GenerationSettings(prompt="a beach"), document=new_document(8, 8))
    host.notify_started(request)
    host.notify_finished(GenerationResult(request=request, images=(), timings={"total": 1.5}))
    module: Any = sys.modules["shoreline_plugin_example"]
    assert (getattr(module, "prompts", ["a beach"]), getattr(module, "seconds", [1.5])) == (["a beach"], [1.5])
    assert host.state("example").failures == 0


def test_the_manifest_example_is_complete_and_valid() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    manifest = next(tomllib.loads(block) for block in blocks if "api_version" in block)
    assert set(manifest) == set(PluginManifest.model_fields)
    assert PluginManifest.model_validate(manifest).id == "my_plugin"


@pytest.mark.parametrize(("hook", "number"), [("shoreline_tools(", 0), ("shoreline_filters(", 1)])
def test_the_test_examples_pass_where_the_page_says_to_run_them(tmp_path: Path, hook: str, number: int) -> None:
    (tmp_path / "plugin.py").write_text(code(section(hook), "python"), "utf-8")
    examples = re.findall(r"```python\n(.*?)```", section("Testing a plugin"), re.S)
    assert len(examples) == 2
    (tmp_path / "test_example.py").write_text(examples[number], "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_example.py"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "SYSTEMROOT": ""}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_what_the_page_says_about_bad_plugins_is_what_happens(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    make_plugin("bad", "from studio.api import hookimpl\n\n@hookimpl\ndef shoreline_tool():\n    return []\n")
    assert load().state("bad").problem == "There is no hook shoreline_tool. Did you mean shoreline_tools?"
