"""What a person says of a model, in a file beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.engine.models.few_steps import FewSteps
from studio.engine.models.library import ModelLibrary
from studio.engine.models.overrides import Override, override_file, read_override, write_override
from studio.errors import ModelError
from tests.engine.checkpoint_files import checkpoint, vae, write_sparse

FEW = FewSteps(weights=None, scheduler="ddim", steps=6, guidance_scale=2.0)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "turbo.safetensors", checkpoint("sd1"))


@pytest.mark.parametrize(
    "override",
    [
        Override(),
        Override(kind="lora", family="sdxl"),
        Override(prediction="v_prediction", zero_snr=True, side=768, vae="../vae/good.safetensors", sampling=FEW),
        Override(zero_snr=False, sampling="usual"),
    ],
)
def test_what_is_written_is_read(model: Path, override: Override) -> None:
    write_override(model, override)
    assert read_override(model) == override
    assert override_file(model).is_file() == (override != Override())


def test_values_of_others_are_kept(model: Path) -> None:
    override_file(model).write_text('{"weight": 0.8, "side": 640}')
    write_override(model, Override(zero_snr=True))
    assert json.loads(override_file(model).read_text()) == {"weight": 0.8, "zero_snr": True}
    write_override(model, Override())
    assert json.loads(override_file(model).read_text()) == {"weight": 0.8}


def test_it_goes_before_what_tensors_and_names_say(model: Path) -> None:
    library = ModelLibrary([model.parent])
    found = library.get("turbo")
    assert found.few_steps is not None
    assert not found.is_changed
    write_override(model, Override(prediction="v_prediction", zero_snr=True, side=768, sampling="usual"))
    found = library.get("turbo")
    assert found.is_changed
    assert found.few_steps is None
    assert found.taught is not None
    assert (found.taught.prediction, found.taught.zero_snr) == ("v_prediction", True)
    assert library.limits("turbo").native_side == 768


def test_a_file_that_tells_nothing_is_what_a_person_says(tmp_path: Path) -> None:
    path = write_sparse(tmp_path / "odd.safetensors", {"a.weight": (4, 4)})
    library = ModelLibrary([tmp_path])
    assert library.get("odd").kind == "other"
    write_override(path, Override(kind="lora", family="sdxl"))
    found = library.get("odd")
    assert (found.kind, found.family, found.problem) == ("lora", "sdxl", None)


def test_what_a_control_network_reads_can_be_said(tmp_path: Path) -> None:
    first = {"control_model.input_blocks.0.0.weight": (320, 4, 3, 3)}
    file = write_sparse(tmp_path / "unnamed.safetensors", first)
    write_override(file, Override(control="depth"))
    found = ModelLibrary([tmp_path]).get("unnamed")
    assert found.steering is not None
    assert found.steering.modes == ("depth",)


def test_a_vae_can_be_chosen(model: Path) -> None:
    write_sparse(model.parent / "vaes" / "good.safetensors", vae("sd1"))
    write_override(model, Override(vae="vaes/good.safetensors"))
    assert dict(ModelLibrary([model.parent]).checked("turbo").borrowed) == {
        "vae": model.parent / "vaes" / "good.safetensors"
    }
    write_sparse(model.parent / "vaes" / "small.safetensors", {"emb_params": (4, 768)})
    write_override(model, Override(vae="vaes/small.safetensors"))
    with pytest.raises(ModelError, match=r"small\.safetensors.*cannot be used: it is: Embedding"):
        ModelLibrary([model.parent]).checked("turbo")
    write_override(model, Override(vae="vaes/gone.safetensors"))
    with pytest.raises(ModelError, match=r"gone\.safetensors, which was set for turbo"):
        ModelLibrary([model.parent]).checked("turbo")


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "spell"},
        {"family": 3},
        {"zero_snr": 1},
        {"side": True},
        {"side": 7},
        {"prediction": "sample"},
        {"vae": ""},
        {"sampling": {"scheduler": "euler"}},
        {"sampling": "fast"},
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_file(model: Path, values: dict[str, object]) -> None:
    override_file(model).write_text(json.dumps(values))
    with pytest.raises(ModelError, match=r"turbo\.safetensors\.shoreline\.json"):
        read_override(model)
    (found,) = ModelLibrary([model.parent]).scan()
    assert "shoreline.json" in str(found.problem)
