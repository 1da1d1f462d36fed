"""Step 3, second half: the UNet that removes noise from latents, told by a caption what to find.

v-prediction follows "Progressive Distillation for Fast Sampling of Diffusion Models", zero terminal SNR "Common
Diffusion Noise Schedules and Sample Steps are Flawed", the loss weights "Efficient Diffusion Training via Min-SNR".
Why drawing meets other noise than training did: "Input Perturbation Reduces Exposure Bias in Diffusion Models".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from studio.engine.predictions import prediction_to
from studio.training.configuration import DenoiserConfig
from studio.training.networks.autoencoder import SCALING_FACTOR, encode, to_float
from studio.training.networks.grids import FIXED_PROMPTS, save_grid
from studio.training.networks.libraries import (
    AttnProcessor,
    Autoencoder,
    DDIMScheduler,
    Denoiser,
    Scheduler,
    TextEncoder,
    Tokenizer,
    UNet2DConditionModel,
)
from studio.training.networks.loop import (
    Losses,
    Trainee,
    batch_indices,
    half_precision,
    in_batches,
    load_whole,
    save_whole,
    step_generator,
    take_weights,
    train,
)
from studio.training.networks.masking import cells_to_draw, inside
from studio.training.networks.sampling import assemble_pipeline, draw_pictures
from studio.training.networks.text_encoder import CaptionBook, captions_of_thing
from studio.training.scenes.data import Pictures, RenderedSplit
from studio.training.scenes.subjects import arrange

VAE_FACTOR = 8

_ENCODED_AT_ONCE = 4
"""So few pictures stay in a processor's cache: twice as fast as with dozens."""

_WHOLE_AT_END = 0.15
"""Share of the steps, the last ones, that see no windows: pictures are drawn whole."""


@dataclass(frozen=True)
class Conditioning:
    """The trained parts that the denoiser learns between."""

    tokenizer: Tokenizer
    text_encoder: TextEncoder
    autoencoder: Autoencoder


def build_scheduler() -> Scheduler:
    """The noise schedule: Stable Diffusion's, rescaled so that its last step is pure noise."""
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        set_alpha_to_one=True,
        steps_offset=1,
        clip_sample=False,
    )


def build_denoiser(config: DenoiserConfig, resolution: int, text_width: int) -> Denoiser:
    """Make an untrained UNet. It attends to the caption at all but the finest level."""
    depth = len(config.channels)
    return UNet2DConditionModel(
        sample_size=resolution // VAE_FACTOR,
        in_channels=4,
        out_channels=4,
        block_out_channels=config.channels,
        down_block_types=("DownBlock2D", *["CrossAttnDownBlock2D"] * (depth - 1)),
        up_block_types=(*["CrossAttnUpBlock2D"] * (depth - 1), "UpBlock2D"),
        layers_per_block=1,
        norm_num_groups=8,
        attention_head_dim=config.heads,
        cross_attention_dim=text_width,
    )


def attend_quickly(unet: Denoiser, device: torch.device) -> None:
    """Let a UNet in training attend by plain matrix products on a CPU, in place.

    Fused attention has a slow backward pass there: a step of 32 pictures takes 2.0 s with it and 1.5 s without.
    """
    if device.type == "cpu":
        unet.set_attn_processor(AttnProcessor())


@dataclass(frozen=True)
class Latents:
    """Scaled latents of every picture, float16 (n, 4, h, w), and of the same pictures at half their side or of none."""

    whole: Tensor
    half: Tensor


def cache_latents(
    autoencoder: Autoencoder, pictures: Pictures, path: Path, device: torch.device, *, halves: bool
) -> Latents:
    """Encode every picture; the latents are kept in ``path``.

    With ``halves`` the same pictures at half their side are encoded too.

    Raises:
        FileError: if the file of an earlier run is damaged.
    """
    if path.exists():
        kept = load_whole(path, torch.device("cpu"))
        return Latents(kept["whole"], kept["half"])
    whole: list[Tensor] = []
    half: list[Tensor] = [] if halves else [torch.empty(0, 4, 0, 0)]
    for part in in_batches(len(pictures), _ENCODED_AT_ONCE):
        batch = to_float(pictures[part]).to(device)
        whole.append((encode(autoencoder, batch) * SCALING_FACTOR).half().cpu())
        if halves:
            half.append((encode(autoencoder, functional.avg_pool2d(batch, 2)) * SCALING_FACTOR).half().cpu())
    latents = Latents(torch.cat(whole), torch.cat(half))
    path.parent.mkdir(parents=True, exist_ok=True)
    save_whole({"whole": latents.whole, "half": latents.half}, path)
    return latents


def train_denoiser(
    config: DenoiserConfig,
    split: RenderedSplit,
    latents: Latents,
    conditioning: Conditioning,
    folder: Path,
    *,
    device: torch.device,
    start: Path | None = None,
) -> Denoiser:
    """Train, or resume training, and return the averaged UNet; that of an earlier model in ``start`` is trained on.

    ``latents`` are those of :func:`cache_latents` for the pictures of ``split``. The grid shows ``FIXED_PROMPTS``.
    """
    torch.manual_seed(0)
    width = conditioning.text_encoder.config.hidden_size
    fresh = build_denoiser(config, split.pictures.shape[-1], width)
    if start is not None:
        take_weights(fresh, start / "unet")
    attend_quickly(fresh, device)
    trainee = Trainee(fresh, config.train, folder, device)
    if not trainee.finished:
        _denoise(config, split, latents, conditioning, trainee)
    return trainee.averaged()


def _denoise(
    config: DenoiserConfig, split: RenderedSplit, latents: Latents, conditioning: Conditioning, trainee: Trainee
) -> None:
    captions = CaptionBook(split, conditioning.tokenizer)
    alone = CaptionBook(split, conditioning.tokenizer, captions_of_thing)
    scheduler, device, unet = build_scheduler(), trainee.device, trainee.network
    text_encoder = conditioning.text_encoder.to(device).eval()
    lessons = Lessons(config, latents, thing_boxes(split))

    def losses_of(step: int) -> Losses:
        generator = step_generator(step, 22)
        lesson = lessons.draw(step, generator)
        ids, of_thing = (
            book.draw(lesson.indices, generator, noise_words=config.noise_words, dropout=config.caption_dropout)
            for book in (captions, alone)
        )
        ids = torch.where(lesson.alone[:, None], of_thing, ids)
        with torch.no_grad(), half_precision(device):
            words = text_encoder(ids.to(device)).last_hidden_state.float()
        noise = torch.randn(lesson.clean.shape, generator=generator)
        times = stratified_times(len(noise), config.time_power, generator)
        rough = lesson.clean + config.roughness * torch.randn(noise.shape, generator=generator)
        noisy = torch.where(lesson.drawn > 0, scheduler.add_noise(rough, noise, times), lesson.clean)
        noisy, times = noisy.to(device), times.to(device)
        alphas = scheduler.alphas_cumprod.to(device)[times]
        with half_precision(device):
            predicted = unet(noisy, times, encoder_hidden_states=words).sample.float()
        wanted = velocity_to(lesson.clean.to(device), noisy, alphas)
        return weighted(predicted - wanted, lesson.weights.to(device), snr_weights(alphas, config.snr_gamma))

    def draw_grid(path: Path) -> None:
        pipeline = assemble_pipeline(
            conditioning.tokenizer, text_encoder, unet, conditioning.autoencoder.to(device), scheduler
        )
        save_grid(draw_pictures(pipeline, FIXED_PROMPTS, seed=7, steps=15), path)

    train(trainee, losses_of, draw_grid=draw_grid)


@dataclass(frozen=True)
class Lesson:
    """A batch: which pictures, int64 (n,), their latents, float (n, 4, h, w), and how an error weighs, (n, 1, h, w).

    ``drawn``, float (n, 1, h, w), is 0 where the latents are known, and seen without noise; there no error weighs.
    ``alone``, bool (n,), is true where the caption is to name the thing alone.
    """

    indices: Tensor
    clean: Tensor
    weights: Tensor
    drawn: Tensor
    alone: Tensor


class Lessons:
    """What every step looks at: pictures of half the side at first, then whole ones and windows around things."""

    def __init__(self, config: DenoiserConfig, latents: Latents, boxes: Tensor) -> None:
        self._config = config
        self._latents = latents
        self._boxes = boxes
        self._with_thing = boxes.any(dim=1).nonzero()[:, 0]

    def draw(self, step: int, generator: torch.Generator) -> Lesson:
        """The batch of a step. ``generator`` must depend on the step alone."""
        config, progress = self._config, step / self._config.train.steps
        if progress < config.small_share:
            return self._even(self._latents.half, config.small_batch, step, progress, generator)
        chance = float(torch.rand((), generator=generator))
        if len(self._with_thing) and progress < 1 - _WHOLE_AT_END and chance < config.close_share:
            return self._close(step)
        return self._even(self._latents.whole, config.train.batch_size, step, progress, generator)

    def _even(self, latents: Tensor, size: int, step: int, progress: float, generator: torch.Generator) -> Lesson:
        indices, side = batch_indices(len(latents), size, step, seed=21), latents.shape[-1]
        boxes = self._boxes[indices]
        drawn = cells_to_draw(boxes, side, self._config.inpaint_share, generator)
        share = drawn.mean(dim=(1, 2, 3), keepdim=True)
        # In a lesson of inpainting what joins the thing to the known part counts as much as the thing.
        more = (self._config.thing_weight - 1) * (1 - progress) * (share == 1)
        # A small mask counts as much as a whole picture.
        thing = inside(boxes, side)
        weights = (1 + more * thing) * drawn / share
        holds_thing = (thing <= drawn).all(dim=(1, 2, 3)) & boxes.any(dim=1) & (share.flatten() < 0.5)
        alone = holds_thing & (torch.rand(len(boxes), generator=generator) < self._config.alone_share)
        return Lesson(indices, latents[indices].float(), weights, drawn, alone)

    def _close(self, step: int) -> Lesson:
        chosen = batch_indices(len(self._with_thing), self._config.close_batch, step, seed=23)
        indices = self._with_thing[chosen]
        clean = windows(self._latents.whole, indices, self._boxes[indices])
        whole = torch.ones(len(clean), 1, *clean.shape[-2:])
        return Lesson(indices, clean, whole, whole, torch.zeros(len(clean), dtype=torch.bool))


def windows(latents: Tensor, indices: Tensor, boxes: Tensor) -> Tensor:
    """Half the side of the chosen latents, float (n, 4, side / 2, side / 2), around their boxes.

    A thing stands as far left or right, high or low in its window as in its picture, so that the captions stay true;
    where that would cut it, the window moves, and what is larger than a window shows a part.
    """
    side = latents.shape[-1]
    half = side // 2
    corners = ((boxes[:, :2] + boxes[:, 2:]) / 2 * half).round()
    first, last = (boxes[:, 2:] * side).ceil() - half, (boxes[:, :2] * side).floor()
    corners = torch.where(first <= last, corners.clamp(first, last), corners).clamp(0, side - half).long()
    parts = [
        latents[index, :, top : top + half, left : left + half]
        for index, (left, top) in zip(indices.tolist(), corners.tolist(), strict=True)
    ]
    return torch.stack(parts).float()


def velocity_to(clean: Tensor, noisy: Tensor, alphas_cumprod: Tensor) -> Tensor:
    """The velocity that leads from noisy latents to the clean ones, whatever lies between: float (n, 4, h, w).

    ``alphas_cumprod`` (n,) are those of the timesteps that the noisy latents are taken to be of.
    """
    return prediction_to(clean, noisy, alphas_cumprod.view(-1, 1, 1, 1), "v_prediction")


def weighted(errors: Tensor, weights: Tensor, by_time: Tensor) -> Losses:
    """Mean square of errors (n, 4, h, w), by place with weights (n, 1, h, w) and by picture with weights (n,)."""
    squares = errors.square()
    counted = (squares * (weights > 0)).sum() / ((weights > 0).sum() * squares.shape[1])
    return {"loss": (by_time * (weights * squares).mean(dim=(1, 2, 3))).mean(), "error": counted.detach()}


def thing_boxes(split: RenderedSplit) -> Tensor:
    """Left, top, right, bottom of every picture's thing as shares of its side, float (n, 4), or zeros."""
    arrangements = (arrange(sample.description) for sample in split.samples)
    return torch.tensor([arrangement.box if arrangement else (0.0,) * 4 for arrangement in arrangements])


def snr_weights(alphas_cumprod: Tensor, gamma: float) -> Tensor:
    """Min-SNR weights of the velocity loss, with one added to the ratio so that pure noise still counts.

    In terms of the clean latents a velocity error weighs SNR + 1; it is cut off at ``gamma``.
    """
    ratio = alphas_cumprod / (1 - alphas_cumprod) + 1
    return ratio.clamp(max=gamma) / ratio


def stratified_times(count: int, power: float, generator: torch.Generator) -> Tensor:
    """Timesteps, int64 (count,), in random order: ``1000 * u ** power`` with a ``u`` from each of equal stretches."""
    spread = (torch.randperm(count, generator=generator) + torch.rand(count, generator=generator)) / count
    return (spread**power * 1000).long().clamp(max=999)
