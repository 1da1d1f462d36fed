"""Sizes and schedules of the recipe, as plain frozen values with three presets."""

from __future__ import annotations

from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from studio.errors import SettingError
from studio.text.untrusted import parse_toml

Preset = Literal["smoke", "cpu", "gpu"]

Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Weight = Annotated[float, Field(ge=0)]
Channels = Annotated[tuple[Count, ...], Field(min_length=2, max_length=6)]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_STRICT)
class DataConfig:
    """Step 1: how many pictures of ``resolution`` x ``resolution`` pixels, in shards of ``shard_size``.

    A share ``seldom_share`` of those to train on holds what captions say seldom, one of `grammar.SELDOM` as often as
    another; the others are as usual.
    """

    seed: int = 20261123
    resolution: Annotated[int, Field(ge=32, le=1024, multiple_of=16)] = 256
    pictures: Count = 24_576
    held_out_pictures: Count = 512
    judge_pictures: Count = 12_288
    shard_size: Count = 1024
    captions_per_language: Count = 4
    seldom_share: Share = 0.0


@dataclass(frozen=True, config=_STRICT)
class Schedule:
    """How long and how fast one network trains; optimisers are those of :mod:`studio.training.networks.optimizers`."""

    steps: Count
    batch_size: Count
    learning_rate: Positive
    warmup_steps: Count = 100
    ema_decay: Share = 0.999
    save_every: Count = 200
    optimizer: Literal["adamw", "muon"] = "adamw"


@dataclass(frozen=True, config=_STRICT)
class TextConfig:
    """Step 2: the tokenizer, the text encoder and the image tower it is matched with."""

    vocabulary_size: Annotated[int, Field(ge=600)] = 3072
    max_length: Count = 77
    width: Count = 128
    layers: Count = 4
    heads: Count = 4
    tower_resolution: Count = 64
    train: Schedule = Schedule(steps=1400, batch_size=128, learning_rate=1e-3)


@dataclass(frozen=True, config=_STRICT)
class AutoencoderConfig:
    """Step 3, first half.

    Crops of ``crop`` pixels, with whole pictures at every ``whole_every``-th step and in the last ``whole_share`` of
    the steps: group normalisation sees other statistics in crops. The encoder learns for the first ``encoder_share``
    of the steps; then it stands still and the decoder makes the best of its latents.
    """

    channels: Channels = (24, 48, 96, 128)
    crop: Count = 128
    whole_every: Count = 5
    whole_share: Share = 0.12
    encoder_share: Share = 0.5
    edge_weight: Weight = 1.0
    kl_weight: Weight = 2e-4
    adversarial_weight: Weight = 0.0
    train: Schedule = Schedule(steps=4500, batch_size=5, learning_rate=4e-4, warmup_steps=200, save_every=250)


@dataclass(frozen=True, config=_STRICT)
class DenoiserConfig:
    """Step 3, second half. The UNet works on latents of an eighth of the picture's side.

    The first ``small_share`` of the steps sees pictures of half the side, ``small_batch`` at a time: what words mean
    is learned there at a third of the cost. A share ``close_share`` of all other steps but the last sees only windows
    around things, ``close_batch`` at a time, of half the picture's side but at its full scale: more shapes for the
    price. Where a thing stands in a picture an error weighs ``thing_weight`` times as much at first, and evenly at the
    end: things are small and vary more than what lies around them.

    Latents are roughened by noise of the deviation ``roughness`` (their own is 1) before that of the schedule comes,
    and are to be found smooth: in drawing there is less noise than the UNet is used to, and it takes off the small
    errors of the steps as well, which would be seen as mottle.

    Of whole pictures a share ``inpaint_share`` is a lesson of inpainting: one part is to be drawn, the other is known
    and free of noise, by which the UNet tells the two. It draws to fit what is known from the first step on, while one
    that was not taught this sees the known part under as much noise as the rest, and fits it late or never. Where the
    part to draw holds the whole thing, a share ``alone_share`` of the captions names the thing alone: what lies around
    it then tells the ground and the size.

    Timesteps are spread as ``1000 * u ** time_power`` with an even ``u``: below 1 more of them see much noise, where a
    thing gets its outline.
    """

    channels: Channels = (48, 96, 160, 192)
    heads: Count = 4
    caption_dropout: Share = 0.1
    noise_words: Share = 0.1
    snr_gamma: Positive = 20.0
    thing_weight: Annotated[float, Field(ge=1)] = 5.0
    small_share: Share = 0.21
    small_batch: Count = 64
    close_share: Share = 0.5
    close_batch: Count = 80
    roughness: Weight = 0.15
    inpaint_share: Share = 0.3
    alone_share: Share = 0.35
    time_power: Positive = 0.75
    train: Schedule = Schedule(steps=7000, batch_size=32, learning_rate=6e-4, save_every=400, optimizer="muon")


@dataclass(frozen=True, config=_STRICT)
class FewStepsConfig:
    """After step 3: a LoRA of ``rank`` that draws in ``steps``, each worth ``teacher_steps`` guided ones.

    Of what it learned the largest parts are kept, a LoRA of ``kept_rank``.
    """

    steps: Count = 4
    teacher_steps: Count = 3
    guidance_scale: Weight = 3.0
    rank: Count = 24
    kept_rank: Count = 12
    train: Schedule = Schedule(
        steps=150, batch_size=16, learning_rate=1e-3, warmup_steps=20, ema_decay=0.97, save_every=50
    )


@dataclass(frozen=True, config=_STRICT)
class EvaluationConfig:
    """Step 4: the classifier that reads the pictures, and how many are read.

    The sheets show ``sheet_seeds`` pictures of every thing and scene; ``counted`` pictures each tell number and place,
    ``whole_pictures`` of each kind whether it is whole.
    """

    pictures: Annotated[int, Field(ge=2)] = 500
    inpaint_pairs: Count = 100
    alone_pairs: Count = 60
    small_pairs: Count = 40
    sheet_seeds: Count = 4
    counted: Annotated[int, Field(ge=2)] = 48
    whole_pictures: Count = 12
    inference_steps: Count = 20
    guidance_scale: Weight = 5.0
    classifier: Schedule = Schedule(steps=3000, batch_size=64, learning_rate=2e-3)


@dataclass(frozen=True, config=_STRICT)
class StarterConfig:
    """The whole recipe."""

    data: DataConfig = field(default_factory=DataConfig)
    text: TextConfig = field(default_factory=TextConfig)
    autoencoder: AutoencoderConfig = field(default_factory=AutoencoderConfig)
    denoiser: DenoiserConfig = field(default_factory=DenoiserConfig)
    few_steps: FewStepsConfig = field(default_factory=FewStepsConfig)
    evaluation: EvaluationConfig = field(default_factory=EvaluationConfig)


@dataclass(frozen=True, config=_STRICT)
class ControlNetworkConfig:
    """How a control network is built and learns.

    Pictures are reduced to the size of latents over ``hint_channels``, of which the first two are 1 and 4. Where there
    are lines an error weighs ``line_weight`` times as much. All else is as in `DenoiserConfig`; more captions are left
    out, so that the lines are felt without words too, and more timesteps see much noise, where a picture is laid out.

    A share ``window_share`` of the steps sees only windows of ``window_sides`` latents, anywhere in pictures: what the
    words tell of a place is wrong there, so that lines are followed also where a scene never has such a thing.

    What is written is ``gain`` times as loud as what was learned: lines are kept to more closely, and pictures are no
    worse for it.
    """

    hint_channels: Channels = (1, 4, 32, 96)
    line_weight: Positive = 3.0
    caption_dropout: Share = 0.3
    noise_words: Share = 0.05
    snr_gamma: Positive = 20.0
    roughness: Weight = 0.15
    inpaint_share: Share = 0.2
    window_share: Share = 0.6
    window_sides: Annotated[tuple[Count, ...], Field(min_length=1)] = (16, 24)
    time_power: Positive = 0.4
    gain: Positive = 1.5
    train: Schedule = Schedule(
        steps=2300,
        batch_size=8,
        learning_rate=1.5e-3,
        warmup_steps=20,
        ema_decay=0.99,
        save_every=25,
        optimizer="muon",
    )


@dataclass(frozen=True, config=_STRICT)
class ControlConfig:
    """The recipe of the starter's control network; ``measured_pictures`` are drawn for each kind of lines."""

    data: DataConfig = DataConfig(seed=20261130, pictures=6144)
    network: ControlNetworkConfig = field(default_factory=ControlNetworkConfig)
    measured_pictures: Count = 32


def preset(name: Preset) -> StarterConfig:
    """Return the recipe for a size: ``smoke`` takes a minute, ``cpu`` about three hours, ``gpu`` tens of minutes."""
    if name == "smoke":
        return _smoke()
    return StarterConfig() if name == "cpu" else _gpu()


def load_config(name: str) -> StarterConfig:
    """The recipe of a preset, or of a TOML file that says how it departs from the one for a CPU.

    Raises:
        SettingError: naming the file and the value, if the file cannot be used.
    """
    if name in ("cpu", "gpu"):
        return preset("cpu" if name == "cpu" else "gpu")
    path = Path(name)
    try:
        changes = parse_toml(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SettingError(
            f"The recipe {name!r} cannot be read: {error}.", "Write cpu, gpu or a .toml file."
        ) from error
    try:
        return TypeAdapter(StarterConfig).validate_python(_merged(asdict(StarterConfig()), changes))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingError(f"{path}: {where} cannot be {first.get('input')!r}.", f"{first['msg']}.") from error


def _merged(values: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Put the changes over the values, table by table."""
    merged = dict(values)
    for key, change in changes.items():
        inner = merged.get(key)
        merged[key] = _merged(inner, change) if isinstance(inner, dict) and isinstance(change, dict) else change
    return merged


def sizes_of(config: StarterConfig) -> StarterConfig:
    """The recipe without what may change between two runs of one work folder: how long and how fast it trains."""
    any_schedule = Schedule(steps=1, batch_size=1, learning_rate=1.0)
    return replace(
        config,
        text=replace(config.text, train=any_schedule),
        autoencoder=replace(config.autoencoder, train=any_schedule),
        denoiser=replace(config.denoiser, train=any_schedule),
        few_steps=replace(config.few_steps, train=any_schedule),
        evaluation=EvaluationConfig(),
    )


def _smoke() -> StarterConfig:
    brief = Schedule(steps=8, batch_size=8, learning_rate=1e-3, warmup_steps=2, save_every=8)
    return StarterConfig(
        DataConfig(pictures=64, held_out_pictures=16, judge_pictures=64, shard_size=64, captions_per_language=2),
        TextConfig(vocabulary_size=800, width=32, layers=2, heads=2, train=brief),
        AutoencoderConfig(channels=(8, 8, 16, 16), train=brief),
        DenoiserConfig(channels=(16, 24, 32), heads=2, small_batch=8, close_batch=8, train=brief),
        FewStepsConfig(rank=2, teacher_steps=2, train=brief),
        EvaluationConfig(
            pictures=8,
            inpaint_pairs=4,
            alone_pairs=2,
            small_pairs=2,
            sheet_seeds=1,
            counted=3,
            whole_pictures=1,
            inference_steps=4,
            classifier=brief,
        ),
    )


def _gpu() -> StarterConfig:
    small = StarterConfig()
    return replace(
        small,
        data=replace(small.data, pictures=65_536),
        text=replace(small.text, train=Schedule(steps=6000, batch_size=512, learning_rate=1e-3)),
        autoencoder=replace(
            small.autoencoder,
            channels=(32, 64, 96, 128),
            adversarial_weight=0.05,
            train=Schedule(steps=40_000, batch_size=32, learning_rate=5e-4, warmup_steps=500, save_every=2000),
        ),
        denoiser=replace(
            small.denoiser,
            channels=(64, 96, 160, 192),
            train=Schedule(steps=60_000, batch_size=128, learning_rate=4e-4, warmup_steps=1000, save_every=5000),
        ),
        few_steps=replace(
            small.few_steps, train=Schedule(steps=5000, batch_size=128, learning_rate=5e-4, save_every=500)
        ),
    )
