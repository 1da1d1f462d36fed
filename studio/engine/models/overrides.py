"""What a person says of a model, where its tensors or its name say too little: a JSON file beside it.

``ink.safetensors.shoreline.json`` is for ``ink.safetensors`` or a folder of that name. Its values, all optional:
``kind`` and ``family`` (ids), ``prediction`` ("epsilon" or "v_prediction"), ``zero_snr``, ``side`` in pixels, ``vae``
(a file, relative to the folder it lies in), ``sampling`` ("usual", or ``scheduler``, ``steps`` and ``guidance_scale``),
``control`` (the kind of pictures that a control network reads).
Values of others are kept when it is written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from studio.engine.models.few_steps import FewSteps, few_steps_of_values
from studio.engine.models.identity.families import KINDS, Kind, known_families
from studio.engine.models.identity.sampling import PREDICTIONS, Prediction, Taught
from studio.engine.models.identity.steering import Steering
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.files.disk.atomic import write_atomically
from studio.generation.conditioning import CONTROL_MODES

SUFFIX: Final = ".shoreline.json"
_SIDES: Final = range(64, 4097)
_USUAL: Final = "usual"
_WEIGHTS: Final = (".safetensors", ".sft")


@dataclass(frozen=True, kw_only=True)
class Override:
    """What was said; ``None`` leaves it to the file. ``sampling`` "usual" is for a model whose name misleads."""

    kind: Kind | None = None
    family: str | None = None
    prediction: Prediction | None = None
    zero_snr: bool | None = None
    side: int | None = None
    vae: str | None = None
    sampling: FewSteps | Literal["usual"] | None = None
    control: str | None = None

    def applied(self, found: Taught) -> Taught:
        """How the model was taught, by what was said rather than by what was found."""
        said = {name: getattr(self, name) for name in ("prediction", "zero_snr", "side")}
        return replace(found, **{name: value for name, value in said.items() if value is not None})

    def read_by(self, found: Steering | None) -> Steering | None:
        """What a control network is like: what was said of the pictures that it reads goes before its name."""
        return found if found is None or self.control is None else replace(found, modes=(self.control,))


def override_file(model: Path) -> Path:
    """Where a person's words on a model lie, there or not."""
    return model.with_name(model.name + SUFFIX)


def read_override(model: Path) -> Override:
    """What was said of a model. Raises `ModelError` naming the file when it is damaged or a value cannot be used."""
    file = override_file(model)
    if not file.is_file():
        return Override()
    values = read_json(file)
    return Override(
        kind=_one_of(file, values, "kind", KINDS),
        family=_one_of(file, values, "family", known_families()),
        prediction=_one_of(file, values, "prediction", PREDICTIONS),
        zero_snr=_one_of(file, values, "zero_snr", (True, False)),
        side=_one_of(file, values, "side", _SIDES),
        vae=_text(file, values, "vae"),
        sampling=_sampling(file, values.get("sampling")),
        control=_one_of(file, values, "control", CONTROL_MODES),
    )


def write_override(model: Path, override: Override) -> None:
    """Keep what a person says of a model beside it; nothing said removes the file, unless others wrote into it.

    Raises `FileError` when it cannot be written, `ModelError` when what is there is damaged.
    """
    file = override_file(model)
    values = read_json(file) if file.is_file() else {}
    for name in Override.__dataclass_fields__:
        value = getattr(override, name)
        values[name] = _stored(value)
    values = {name: value for name, value in values.items() if value is not None}
    if values:
        raw = json.dumps(values, ensure_ascii=False, indent=2).encode() + b"\n"
        write_atomically(file, partial(_write, raw), tidy=False)
    else:
        file.unlink(missing_ok=True)


def vae_of(model: Path, override: Override) -> Path | None:
    """The VAE to decode with: the one that was named, or ``name.vae.safetensors`` beside ``name.safetensors``."""
    if override.vae is not None:
        return model.parent / override.vae
    beside = model.with_suffix(f".vae{model.suffix}")
    return beside if model.suffix in _WEIGHTS and beside.is_file() else None


def _write(raw: bytes, stream: BinaryIO) -> None:
    stream.write(raw)


def _stored(value: Any) -> Any:
    if isinstance(value, FewSteps):
        return {"scheduler": value.scheduler, "steps": value.steps, "guidance_scale": value.guidance_scale}
    return value


def _one_of(file: Path, values: dict[str, Any], name: str, possible: Any) -> Any:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, bool) != (possible == (True, False)) or isinstance(value, float) or value not in possible:
        raise _unusable(file, name)
    return value


def _text(file: Path, values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    if value is not None and (not isinstance(value, str) or not value or len(value) > 1000 or "\0" in value):
        raise _unusable(file, name)
    return value


def _sampling(file: Path, value: Any) -> FewSteps | Literal["usual"] | None:
    if value is None or value == _USUAL:
        return "usual" if value else None
    if not isinstance(value, dict):
        raise _unusable(file, "sampling")
    return few_steps_of_values(file, value, None)


def _unusable(file: Path, name: str) -> ModelError:
    return ModelError(
        "{file}: {name} has a value that cannot be used.", "Correct it, or remove the file.", file=file, name=name
    )
