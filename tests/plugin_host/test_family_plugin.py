"""A family of models that the plugin of the help brings: told, judged, loaded and drawn with like any other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import FamilySpec, GenerationRequest, GenerationSettings
from studio.document import new_document
from studio.engine.engine import DiffusionEngine
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.rules import NETWORKS, networks
from studio.engine.models.library import ModelLibrary
from studio.engine.models.verdicts import Verdicts
from studio.errors import ModelError, PluginError
from studio.generation import CancelToken
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.kinds import KINDS
from tests.engine.tiny_model import scheduler_specs, write_tiny_model

SIDE = 64
PAGE = (Path(__file__).resolve().parents[2] / "resources" / "help" / "plugins.md").read_text("utf-8")
EXAMPLE = re.search(r"### `shoreline_families\(.*?```python\n(.*?)```", PAGE, re.S)


def plugin(*changes: tuple[str, str]) -> str:
    """The example of the help, for the words of a tiny text encoder."""
    assert EXAMPLE is not None
    text = EXAMPLE[1].replace('"words": 768', '"words": 32')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the family, beside one that is known."""
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder / "tiny")
    shutil.copytree(folder / "tiny", folder / "dabs")
    shutil.rmtree(folder / "dabs" / "unet")
    index = json.loads((folder / "dabs" / "model_index.json").read_text())
    del index["unet"]
    index |= {"_class_name": "DabsPipeline", "transformer": ["dabs", "Dabs"]}
    (folder / "dabs" / "model_index.json").write_text(json.dumps(index))
    config = {"width": 8, "channels": 4, "words": 32}
    (folder / "dabs" / "transformer").mkdir()
    (folder / "dabs" / "transformer" / "config.json").write_text(json.dumps(config))
    write_weights(folder / "dabs" / "transformer" / "diffusion_pytorch_model.safetensors", config)
    return folder


def write_weights(path: Path, config: dict[str, int], prefix: str = "") -> None:
    import torch
    from safetensors.torch import save_file

    space: dict[str, Any] = {}
    exec(plugin(), space)
    torch.manual_seed(0)
    save_file({prefix + name: torch.randn(shape) * 0.1 for name, shape in space["tensors"](config).items()}, path)


@pytest.fixture
def host_with(bundled: Path, tmp_path: Path, make_plugin: Callable[..., Path]) -> Iterator[Callable[[str], PluginHost]]:
    def loaded(text: str) -> PluginHost:
        shutil.rmtree(tmp_path / "plugins" / "dabs", ignore_errors=True)
        make_plugin("dabs", text)
        folders = [PluginFolder(bundled, "bundled"), PluginFolder(tmp_path / "plugins", "user")]
        host = PluginHost.load(folders, entry_points=False)
        FAMILIES.bring(lambda: host.specs(FamilySpec))
        return host

    yield loaded
    FAMILIES.bring()


def drawn(host: PluginHost, models: Path, **changes: Any) -> Any:
    options: dict[str, Any] = {"precision": "float32", "torch_threads": 1, "blame": host.blame}
    engine = DiffusionEngine(ModelLibrary([models]), "cpu", None, scheduler_specs(), **options)
    settings = GenerationSettings(
        model="dabs", scheduler="euler", steps=2, width=SIDE, height=SIDE, seed=3, guidance_scale=3.0
    ).with_changes(**changes)
    asked = GenerationRequest(settings=settings, document=new_document(SIDE, SIDE))
    try:
        return JobRunner(host, lambda: engine).run(asked, CancelToken(), lambda _progress: None).images[0].pixels
    finally:
        engine.close()


def test_a_model_of_the_family_draws_after_its_prompt(host_with: Any, models: Path) -> None:
    host = host_with(plugin())
    assert host.state("dabs").problem == ""
    (found,) = [model for model in ModelLibrary([models]).scan() if model.id == "dabs"]
    assert (found.kind, found.family, found.what, found.problem) == ("model", "dabs", "Dabs folder", None)
    first = drawn(host, models, prompt="a red cat")
    assert np.array_equal(first, drawn(host, models, prompt="a red cat"))
    assert not np.array_equal(first, drawn(host, models, prompt="the sea at night"))
    over = drawn(host, models, prompt="a red cat", tool="image_to_image", strength=0.5)
    assert over.shape == first.shape


def test_a_file_of_the_family_is_told_and_lacks_what_others_lend(host_with: Any, models: Path, tmp_path: Path) -> None:
    host_with(plugin())
    folder = tmp_path / "files"
    folder.mkdir()
    config = {"width": 32, "channels": 4, "words": 32}
    write_weights(folder / "alone.safetensors", config, "model.diffusion_model.")
    write_weights(folder / "narrow.safetensors", config | {"width": 16})
    alone, narrow = ModelLibrary([folder]).scan()
    assert (alone.family, alone.what) == ("dabs", "Dabs transformer alone, float32")
    assert alone.missing == ("text_encoder", "vae")
    assert "dabs_in.weight" in (narrow.problem or "")


def test_without_the_plugin_the_model_is_said_to_be_unknown_and_with_it_it_is_looked_at_anew(
    host_with: Any, models: Path
) -> None:
    verdicts: Verdicts[Any] = Verdicts()

    def looked() -> dict[str, str | None]:
        return {model.id: model.problem for model in ModelLibrary([models], verdicts).scan()}

    assert "DabsPipeline" in (looked()["dabs"] or "")
    host = host_with(plugin())
    assert looked() == {"dabs": None, "tiny": None}
    host.disable("dabs")
    assert "DabsPipeline" in (looked()["dabs"] or "")


def test_no_plugin_takes_the_files_or_the_name_of_a_family_that_is_known(host_with: Any) -> None:
    marks = ("^input_blocks.0.0.weight$", "^double_blocks.0.img_attn.")
    host_with(plugin(('("^dabs_in.weight$", "^dabs_words.weight$")', repr(marks))))
    assert networks()[: len(NETWORKS)] == NETWORKS
    assert networks()[-1].family == "dabs"
    host = host_with(plugin(('id="dabs"', 'id="sd1"')))
    assert "knows a family of this id" in host.state("dabs").problem
    assert FAMILIES["sd1"].plugged is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("        return self.network(given.sample, given.words)", "        raise LookupError('lost')", "lost"),
        ("        return self.network(given.sample, given.words)", "        return given.words", "no prediction"),
    ],
)
def test_a_family_that_fails_is_named_and_harms_no_other(
    host_with: Any, models: Path, old: str, new: str, said: str
) -> None:
    host = host_with(plugin((old, new)))
    with pytest.raises(PluginError, match=said) as told:
        drawn(host, models, prompt="a cat")
    assert "abs" in told.value.whole
    assert drawn(host, models, prompt="a cat", model="tiny").shape == (SIDE, SIDE, 4)


def test_a_network_that_is_not_as_told_is_refused_before_it_is_loaded(host_with: Any, models: Path) -> None:
    host = host_with(plugin(('"dabs_in.bias": (width,)', '"dabs_in.bias": (channels,)')))
    with pytest.raises(ModelError, match=r"dabs_in\.bias"):
        drawn(host, models)


def test_the_trial_of_a_plugin_finds_what_is_not_as_told(host_with: Any) -> None:
    (kind,) = [kind for kind in KINDS if kind.id == "family"]
    assert kind.trial(host_with(plugin()).specs(FamilySpec)["dabs"]) == ""
    wrong = host_with(plugin(('"dabs_in.bias": (width,)', '"dabs_in.bias": (channels,)')))
    assert "dabs_in.bias" in kind.trial(wrong.specs(FamilySpec)["dabs"])


def test_telling_files_of_such_a_family_needs_no_torch(models: Path, tmp_path: Path) -> None:
    (tmp_path / "dabs.py").write_text(plugin())
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import dabs\nfrom pathlib import Path\n"
        "from studio.engine.models.families.table import FAMILIES\n"
        "from studio.engine.models.library import ModelLibrary\n"
        "FAMILIES.bring(lambda: {spec.id: spec for spec in dabs.shoreline_families()})\n"
        "print([m.family for m in ModelLibrary([Path(sys.argv[2])]).scan()], 'torch' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(models)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['dabs', 'sd1'] False"
