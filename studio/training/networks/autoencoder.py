"""Step 3, first half: the autoencoder between pictures and latents of an eighth of their side."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.configuration import AutoencoderConfig
from studio.training.networks.grids import save_grid
from studio.training.networks.libraries import Autoencoder, AutoencoderKL
from studio.training.networks.linear_start import NORM_GROUPS, start_linear
from studio.training.networks.loop import (
    Losses,
    Stateful,
    Trainee,
    batch_indices,
    half_precision,
    in_batches,
    learning_rate,
    step_generator,
    take_weights,
    train,
)
from studio.training.scenes.data import Pictures

SCALING_FACTOR = 0.18215
"""The usual factor of Stable Diffusion; :func:`normalise_latents` makes it true."""


def build_autoencoder(config: AutoencoderConfig, resolution: int) -> Autoencoder:
    """Make an untrained autoencoder with 4 latent channels. It holds no attention, so crops teach it as pictures do."""
    depth = len(config.channels)
    autoencoder = AutoencoderKL(
        sample_size=resolution,
        block_out_channels=config.channels,
        down_block_types=("DownEncoderBlock2D",) * depth,
        up_block_types=("UpDecoderBlock2D",) * depth,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=NORM_GROUPS,
        scaling_factor=SCALING_FACTOR,
        mid_block_add_attention=False,
    )
    start_linear(autoencoder)
    return autoencoder


def train_autoencoder(
    config: AutoencoderConfig,
    pictures: Pictures,
    held_out: Pictures,
    folder: Path,
    device: torch.device,
    *,
    start: Path | None = None,
) -> Autoencoder:
    """Train, or resume training, and return the averaged autoencoder, its latents normalised.

    ``pictures`` and ``held_out`` are uint8 (n, 3, side, side); the grid shows the latter above their reconstructions.
    ``start`` is the folder of an earlier model, whose autoencoder is trained on; its latents keep their scale, which
    the earlier model's denoiser knows.

    Raises:
        ModelError: if the model to start from has no such autoencoder.
    """
    fresh = build_autoencoder(config, pictures.shape[-1])
    if start is not None:
        take_weights(fresh, start / "vae")
    critic = PatchCritic(config, device) if config.adversarial_weight else None
    companions = critic.parts if critic else {}
    trainee = Trainee(fresh, config.train, folder, device, companions=companions)

    def losses_of(step: int) -> Losses:
        if step == _encoder_steps(config):
            _settle_encoder(trainee)
        batch = _batch(config, pictures, step).to(device)
        return _losses(config, trainee.network, batch, critic, step)

    def draw_grid(path: Path) -> None:
        shown = to_float(held_out[:12]).to(device)
        save_grid(torch.cat([shown, round_trip(trainee.network, shown)]), path, columns=12)

    train(trainee, losses_of, draw_grid=draw_grid)
    autoencoder = trainee.averaged()
    if start is None:
        normalise_latents(autoencoder, pictures[:512])
    return autoencoder


def to_float(pictures: Pictures) -> Tensor:
    """Turn uint8 pictures into float32 in [-1, 1]."""
    return torch.from_numpy(pictures).float() / 127.5 - 1


@torch.no_grad()
def encode(autoencoder: Autoencoder, pictures: Tensor) -> Tensor:
    """Means of the latents, unscaled, float32 (n, 4, side / 8, side / 8), of float pictures in [-1, 1]."""
    with half_precision(pictures.device):
        means: Tensor = autoencoder.encode(pictures).latent_dist.mean.float()
    return means


@torch.no_grad()
def decode(autoencoder: Autoencoder, latents: Tensor) -> Tensor:
    """Pictures in [-1, 1], float32, of unscaled latents."""
    with half_precision(latents.device):
        pictures: Tensor = autoencoder.decode(latents).sample.float().clamp(-1, 1)
    return pictures


def round_trip(autoencoder: Autoencoder, pictures: Tensor, *, batch_size: int = 4) -> Tensor:
    """Encode and decode pictures, float (n, 3, side, side) in [-1, 1]."""
    parts = (pictures[part] for part in in_batches(len(pictures), batch_size))
    return torch.cat([decode(autoencoder, encode(autoencoder, part)) for part in parts])


@torch.no_grad()
def normalise_latents(autoencoder: Autoencoder, pictures: Pictures) -> None:
    """Give every latent channel mean 0 and deviation 1 / ``SCALING_FACTOR``, without changing what is decoded.

    The encoder's last and the decoder's first layer are 1x1 convolutions, so an affine change of the channels moves
    into them exactly.
    """
    device = autoencoder.device
    parts = [to_float(pictures[part]).to(device) for part in in_batches(len(pictures), 32)]
    latents = torch.cat([encode(autoencoder, part) for part in parts])
    mean, deviation = latents.mean(dim=(0, 2, 3)), latents.std(dim=(0, 2, 3))
    gain = 1 / (deviation * SCALING_FACTOR)
    before, after = autoencoder.quant_conv, autoencoder.post_quant_conv
    after.bias += (after.weight[:, :, 0, 0] * mean).sum(dim=1)
    after.weight /= gain[None, :, None, None]
    before.weight[:4] *= gain[:, None, None, None]
    before.bias[:4] = (before.bias[:4] - mean) * gain
    before.bias[4:] += 2 * gain.log()


class PatchCritic:
    """A small patch discriminator with its optimiser, for crisper edges once the autoencoder is roughly right."""

    def __init__(self, config: AutoencoderConfig, device: torch.device) -> None:
        self._weight = config.adversarial_weight
        self._start = config.train.steps // 3
        self._schedule = config.train
        self.network = nn.Sequential(
            nn.Conv2d(3, 32, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, 2, 1),
            nn.GroupNorm(8, 64),
            nn.LeakyReLU(0.2),
            nn.Conv2d(64, 1, 4, 1, 1),
        ).to(device)
        self._optimizer = torch.optim.AdamW(self.network.parameters(), lr=2e-4, betas=(0.5, 0.9))

    @property
    def parts(self) -> dict[str, Stateful]:
        """What a checkpoint keeps of it."""
        return {"critic": self.network, "critic_optimizer": self._optimizer}

    def loss(self, real: Tensor, made: Tensor, step: int) -> Tensor:
        """Teach the critic on one batch and return what the autoencoder is to minimise."""
        if step < self._start:
            return made.new_zeros(())
        for group in self._optimizer.param_groups:
            group["lr"] = 0.2 * learning_rate(self._schedule, step)
        hinge = functional.relu(1 - self.network(real)).mean() + functional.relu(1 + self.network(made.detach())).mean()
        self._optimizer.zero_grad(set_to_none=True)
        hinge.backward()  # type: ignore[no-untyped-call]
        self._optimizer.step()
        realism: Tensor = self.network(made).mean()
        return -self._weight * realism


def _batch(config: AutoencoderConfig, pictures: Pictures, step: int) -> Tensor:
    """Float pictures in [-1, 1]: crops, or fewer whole ones."""
    side, crop, size = pictures.shape[-1], config.crop, config.train.batch_size
    late = step >= config.train.steps * (1 - config.whole_share)
    whole = crop >= side or late or step % config.whole_every == 0
    if whole:
        size = max(2, size * crop * crop // (side * side))
    indices = batch_indices(len(pictures), size, step, seed=1).numpy()
    generator = step_generator(step, seed=2)
    if whole:
        batch = to_float(pictures[indices])
    else:
        corners = torch.randint(0, side - crop + 1, (size, 2), generator=generator).tolist()
        crops = [
            to_float(pictures[i, :, y : y + crop, x : x + crop]) for i, (y, x) in zip(indices, corners, strict=True)
        ]
        batch = torch.stack(crops)
    return batch.flip(-1) if torch.rand((), generator=generator) < 0.5 else batch


def _encoder_steps(config: AutoencoderConfig) -> int:
    return round(config.train.steps * config.encoder_share)


def _settle_encoder(trainee: Trainee) -> None:
    """Give the encoder its averaged weights, which it then keeps."""
    weights = trainee.network.state_dict()
    for name, average in trainee.average.items():
        if name.startswith(("encoder.", "quant_conv.")):
            weights[name].copy_(average)


def _losses(
    config: AutoencoderConfig, network: Autoencoder, pictures: Tensor, critic: PatchCritic | None, step: int
) -> Losses:
    with half_precision(pictures.device):
        with torch.set_grad_enabled(step < _encoder_steps(config)):
            posterior = network.encode(pictures).latent_dist
        mean, logvar = posterior.mean.float(), posterior.logvar.float()
        noise = torch.randn(mean.shape, generator=step_generator(step, 3)).to(mean.device)
        made = network.decode(mean + noise * (0.5 * logvar).exp()).sample.float()
    absolute = (made - pictures).abs().mean()
    edges = edge_difference(made, pictures)
    divergence = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean()
    loss = absolute + config.edge_weight * edges + config.kl_weight * divergence
    losses = {"absolute": absolute, "edges": edges, "divergence": divergence}
    if critic is not None:
        losses["adversarial"] = critic.loss(pictures, made, step)
        loss = loss + losses["adversarial"]
    return {"loss": loss, **losses}


def psnr(first: Tensor, second: Tensor) -> float:
    """Peak signal-to-noise ratio in decibels of pictures in [-1, 1]."""
    return float(10 * torch.log10(4 / (first - second).square().mean()))


def edge_difference(first: Tensor, second: Tensor) -> Tensor:
    """Mean absolute difference of the pictures' gradients, at full and at half size: blurred edges cost twice."""
    difference = first - second
    total = first.new_zeros(())
    for _ in range(2):
        total = total + (difference[..., 1:, :] - difference[..., :-1, :]).abs().mean()
        total = total + (difference[..., :, 1:] - difference[..., :, :-1]).abs().mean()
        difference = functional.avg_pool2d(difference, 2)
    return total / 2
