"""A control network for a trained UNet: it reads lines and moves what the UNet draws onto them.

A ControlNet ("Adding Conditional Control to Text-to-Image Diffusion Models") without attention: the words are the
UNet's business. It begins as the convolutions of the UNet's first half and is felt nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.configuration import ControlNetworkConfig, DenoiserConfig
from studio.training.networks.denoiser import (
    VAE_FACTOR,
    Conditioning,
    Latents,
    Lesson,
    Lessons,
    attend_quickly,
    build_scheduler,
    snr_weights,
    stratified_times,
    thing_boxes,
    velocity_to,
    weighted,
)
from studio.training.networks.libraries import ControlNet, ControlNetModel, Denoiser
from studio.training.networks.loop import Losses, Trainee, batch_indices, half_precision, step_generator, train
from studio.training.networks.text_encoder import CaptionBook
from studio.training.scenes.data import Pictures, RenderedSplit
from studio.training.scenes.lines import Preprocess, draw_lines

_SEED = 51
_LOUD = 10.0
"""How large a white pixel is made, so that activations pass it."""
_SHARED = (
    "in_channels",
    "flip_sin_to_cos",
    "freq_shift",
    "block_out_channels",
    "layers_per_block",
    "downsample_padding",
    "act_fn",
    "norm_num_groups",
    "norm_eps",
    "cross_attention_dim",
    "attention_head_dim",
)
"""What a control network has as the UNet has it that it was made for."""


def build_control(config: ControlNetworkConfig, unet: Denoiser) -> ControlNet:
    """A control network that is not felt yet, with the convolutions of the first half of ``unet``."""
    control = ControlNetModel(
        **{name: unet.config[name] for name in _SHARED},
        down_block_types=("DownBlock2D",) * len(unet.config["block_out_channels"]),
        mid_block_type="UNetMidBlock2D",
        conditioning_embedding_out_channels=config.hint_channels,
    )
    known, own = unet.state_dict(), control.state_dict()
    alike = {name: known[name] for name, value in own.items() if name in known and known[name].shape == value.shape}
    control.load_state_dict({**own, **alike})
    _begin_reading(control)
    return control


@torch.no_grad()
def _begin_reading(control: ControlNet) -> None:
    """Set the layers that see the whole picture for good: they lay each two by two pixels into four channels.

    Nothing has to be learned there, and nothing is lost: a step costs half. ``silu`` passes what is large.
    """
    embedding = control.controlnet_cond_embedding
    same, halving, same_again, reading = embedding.blocks[:4]
    _pass_on(embedding.conv_in, {(0, colour): (1, 1) for colour in range(3)}, _LOUD / 3)
    _pass_on(same, {(0, 0): (1, 1)})
    _pass_on(halving, {(place, 0): (1 + place // 2, 1 + place % 2) for place in range(4)})
    _pass_on(same_again, {(place, place): (1, 1) for place in range(4)})
    reading.weight.mul_(2.0 / _LOUD)
    # What is made of the lines may be anything at first: all that the network makes is multiplied by zero.
    nn.init.xavier_normal_(embedding.conv_out.weight)


def _pass_on(layer: nn.Conv2d, taps: Mapping[tuple[int, int], tuple[int, int]], gain: float = 1.0) -> None:
    """Let a 3x3 convolution only carry values, and never learn: ``taps`` are (row, column) by (output, input)."""
    assert layer.bias is not None
    layer.requires_grad_(False)
    layer.weight.zero_()
    layer.bias.zero_()
    for (output, channel), (row, column) in taps.items():
        layer.weight[output, channel, row, column] = gain


def train_control(
    config: ControlNetworkConfig,
    unet: Denoiser,
    split: RenderedSplit,
    latents: Latents,
    *,
    conditioning: Conditioning,
    preprocess: Preprocess,
    folder: Path,
    device: torch.device,
) -> ControlNet:
    """Train, or resume training, a control network for ``unet``, which stays as it is; the averaged one is returned.

    ``latents`` are those of the pictures of ``split``, of which ``preprocess`` makes the lines.
    """
    torch.manual_seed(_SEED)
    unet.to(device).requires_grad_(False).eval()
    attend_quickly(unet, device)
    trainee = Trainee(build_control(config, unet), config.train, folder, device)
    if not trainee.finished:
        lessons = LineLessons(config, split, latents, conditioning, preprocess)
        alphas_of_all = build_scheduler().alphas_cumprod.to(device)

        def losses_of(step: int) -> Losses:
            lesson, shown = lessons.draw(step, device)
            with half_precision(device):
                predicted = steered(unet, trainee.network, shown).float()
            alphas = alphas_of_all[shown.times]
            wanted = velocity_to(lesson.clean.to(device), shown.noisy, alphas)
            weights = lesson.weights.to(device) * _line_weights(shown.lines, config.line_weight)
            return weighted(predicted - wanted, weights, snr_weights(alphas, config.snr_gamma))

        train(trainee, losses_of)
    return trainee.averaged()


@torch.no_grad()
def louder(network: ControlNet, gain: float) -> ControlNet:
    """The same network, changed in place: what it adds anywhere is ``gain`` times as much."""
    for layer in (*network.controlnet_down_blocks, network.controlnet_mid_block):
        for value in layer.parameters():
            value.mul_(gain)
    return network


@dataclass(frozen=True, eq=False)
class Shown:
    """What the networks are shown: latents (n, 4, h, w), timesteps (n,), the states of the words (n, tokens, width) and
    lines (n, 3, 8 h, 8 w) in 0..1."""

    noisy: Tensor
    times: Tensor
    words: Tensor
    lines: Tensor


def steered(unet: Denoiser, control: ControlNet, shown: Shown) -> Tensor:
    """What a UNet predicts that a control network steers, float (n, 4, h, w)."""
    given = (shown.noisy, shown.times)
    down, middle = control(*given, encoder_hidden_states=shown.words, controlnet_cond=shown.lines, return_dict=False)
    predicted: Tensor = unet(
        *given,
        encoder_hidden_states=shown.words,
        down_block_additional_residuals=down,
        mid_block_additional_residual=middle,
    ).sample
    return predicted


class LineLessons:
    """What every step looks at: pictures with their captions and lines, under noise where they are to be drawn."""

    def __init__(
        self,
        config: ControlNetworkConfig,
        split: RenderedSplit,
        latents: Latents,
        conditioning: Conditioning,
        preprocess: Preprocess,
    ) -> None:
        self._config = config
        self._pictures = split.pictures
        self._latents = latents.whole
        self._preprocess = preprocess
        self._captions = CaptionBook(split, conditioning.tokenizer)
        self._text_encoder = conditioning.text_encoder.eval()
        self._scheduler = build_scheduler()
        self._lessons = Lessons(_lessons_of(config), latents, thing_boxes(split))

    def draw(self, step: int, device: torch.device) -> tuple[Lesson, Shown]:
        """The lesson of a step, found from the step alone, and what is shown of it, on ``device``."""
        config, generator = self._config, step_generator(step, _SEED)
        lesson, pictures = self._seen(step, generator)
        ids = self._captions.draw(
            lesson.indices, generator, noise_words=config.noise_words, dropout=config.caption_dropout
        )
        times = stratified_times(len(ids), config.time_power, generator)
        noisy = self._noisy(lesson, times, generator)
        lines = self._lines(pictures, step)
        return lesson, Shown(noisy.to(device), times.to(device), self._words(ids.to(device)), lines.to(device))

    def _seen(self, step: int, generator: torch.Generator) -> tuple[Lesson, list[Pictures]]:
        """A lesson, and the pictures of its latents, uint8 (3, h, w)."""
        if float(torch.rand((), generator=generator)) < self._config.window_share:
            return self._windows(step, generator)
        lesson = self._lessons.draw(step, generator)
        return lesson, [self._pictures[index] for index in lesson.indices.tolist()]

    def _windows(self, step: int, generator: torch.Generator) -> tuple[Lesson, list[Pictures]]:
        """Windows of one size, as many as have about as many latents as a lesson of whole pictures."""
        sides, whole = self._config.window_sides, self._latents.shape[-1]
        side = min(whole, sides[int(torch.randint(len(sides), (), generator=generator))])
        indices = batch_indices(
            len(self._latents), self._config.train.batch_size * whole**2 // side**2, step, seed=_SEED
        )
        corners = torch.randint(0, whole - side + 1, (len(indices), 2), generator=generator).tolist()
        places = list(zip(indices.tolist(), corners, strict=True))
        clean = torch.stack([self._latents[i, :, y : y + side, x : x + side] for i, (y, x) in places]).float()
        ones = torch.ones(len(clean), 1, side, side)
        lesson = Lesson(indices, clean, ones, ones, torch.zeros(len(clean), dtype=torch.bool))
        first, size = VAE_FACTOR, VAE_FACTOR * side
        return lesson, [
            self._pictures[i, :, first * y : first * y + size, first * x : first * x + size] for i, (y, x) in places
        ]

    def _words(self, ids: Tensor) -> Tensor:
        with torch.no_grad(), half_precision(ids.device):
            words: Tensor = self._text_encoder.to(ids.device)(ids).last_hidden_state.float()
        return words

    def _noisy(self, lesson: Lesson, times: Tensor, generator: torch.Generator) -> Tensor:
        noise, rough = (torch.randn(lesson.clean.shape, generator=generator) for _ in range(2))
        noisy: Tensor = self._scheduler.add_noise(lesson.clean + self._config.roughness * rough, noise, times)
        return torch.where(lesson.drawn > 0, noisy, lesson.clean)

    def _lines(self, pictures: Sequence[Pictures], step: int) -> Tensor:
        random = np.random.default_rng((_SEED, step))
        drawn = np.stack([draw_lines(picture, self._preprocess, random) for picture in pictures])
        return torch.from_numpy(drawn)[:, None].expand(-1, 3, -1, -1).float() / 255.0


def _lessons_of(config: ControlNetworkConfig) -> DenoiserConfig:
    """Whole pictures, of which some are known in part."""
    return replace(
        DenoiserConfig(),
        small_share=0.0,
        close_share=0.0,
        thing_weight=1.0,
        alone_share=0.0,
        inpaint_share=config.inpaint_share,
        train=config.train,
    )


def _line_weights(lines: Tensor, weight: float) -> Tensor:
    """``weight`` for the cells that a line goes through, 1 for others: float (n, 1, h, w)."""
    found = functional.max_pool2d(lines[:, :1], VAE_FACTOR) > 0.25
    return 1.0 + (weight - 1.0) * found
