"""After step 3: the same UNet taught to draw in four steps without guidance, as a LoRA beside it.

One step of the student is to land where several guided steps of the teacher land, as in "Progressive Distillation for
Fast Sampling of Diffusion Models" and "On Distillation of Guided Diffusion Models". Both walk the deterministic DDIM
path, so the model's own scheduler draws with it. The guidance is part of what is learned: it is drawn with none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from torch import Tensor
from torch.nn import functional

from studio.engine.models.few_steps import FOLDER, sampling_file
from studio.training.configuration import FewStepsConfig
from studio.training.networks.denoiser import Conditioning, Latents, attend_quickly, build_scheduler
from studio.training.networks.grids import FIXED_PROMPTS, save_grid
from studio.training.networks.libraries import Denoiser, Pipeline, StableDiffusionPipeline
from studio.training.networks.loop import Losses, Trainee, batch_indices, half_precision, step_generator, train
from studio.training.networks.sampling import assemble_pipeline, draw_pictures
from studio.training.networks.text_encoder import CaptionBook, tokenize
from studio.training.scenes.data import RenderedSplit

_ADAPTER = "few_steps"
_DOWN, _UP = "lora_A", "lora_B"
_TARGETS = (
    r".*(to_q|to_k|to_v|to_out\.0|proj_in|proj_out|ff\.net\.0\.proj|ff\.net\.2|conv1|conv2|conv_shortcut|time_emb_proj)"
)


def add_adapter(unet: Denoiser, rank: int) -> None:
    """Put an untrained LoRA into a UNet, in place, and let nothing else learn."""
    unet.requires_grad_(False)
    unet.add_adapter(LoraConfig(r=rank, lora_alpha=rank, target_modules=_TARGETS), adapter_name=_ADAPTER)


def train_few_steps(
    config: FewStepsConfig,
    unet: Denoiser,
    split: RenderedSplit,
    latents: Latents,
    *,
    conditioning: Conditioning,
    folder: Path,
    device: torch.device,
) -> Denoiser:
    """Train, or resume training, a LoRA on a trained UNet, and return the UNet with the averaged LoRA in it."""
    torch.manual_seed(0)
    add_adapter(unet, config.rank)
    attend_quickly(unet, device)
    trainee = Trainee(unet, config.train, folder, device)
    if not trainee.finished:
        _distil(config, CaptionBook(split, conditioning.tokenizer), latents, conditioning, trainee)
    return trainee.averaged()


def save_few_steps(unet: Denoiser, config: FewStepsConfig, model: Path) -> None:
    """Write the LoRA of a UNet into the folder of its model, in the format that diffusers loads."""
    learned = reduced(get_peft_model_state_dict(unet, adapter_name=_ADAPTER), config.kept_rank)
    weights = {name: value.half().contiguous() for name, value in learned.items()}
    StableDiffusionPipeline.save_lora_weights(model / FOLDER, unet_lora_layers=weights)
    sampling = {"scheduler": "ddim", "steps": config.steps, "guidance_scale": 1.0}
    sampling_file(model).write_text(json.dumps(sampling, indent=2) + "\n", "utf-8")


def reduced(learned: Mapping[str, Tensor], rank: int) -> dict[str, Tensor]:
    """A LoRA of at most ``rank`` that is nearest to one whose factor is 1, by its tensors' names: float32, on the CPU.

    The nearest of a rank are the largest singular values (Eckart and Young 1936).
    """
    made: dict[str, Tensor] = {}
    for name, value in learned.items():
        if _DOWN not in name:
            continue
        down, up = value.float().cpu(), learned[name.replace(_DOWN, _UP)].float().cpu()
        left, sizes, right = torch.linalg.svd(up.flatten(1) @ down.flatten(1), full_matrices=False)
        kept = min(rank, len(down))
        roots = sizes[:kept].sqrt()
        made[name] = (roots[:, None] * right[:kept]).reshape(kept, *down.shape[1:])
        made[name.replace(_DOWN, _UP)] = (left[:, :kept] * roots).reshape(len(up), kept, *up.shape[2:])
    return made


def load_few_steps(pipeline: Pipeline, model: Path) -> None:
    """Put a model's few-step weights into its loaded pipeline, in place."""
    pipeline.load_lora_weights(model / FOLDER, adapter_name=_ADAPTER)


@dataclass(frozen=True)
class Jump:
    """Signal and noise shares, float (n, 1, 1, 1), where a step starts and where it ends."""

    alpha: Tensor
    sigma: Tensor
    alpha_end: Tensor
    sigma_end: Tensor

    def land(self, noisy: Tensor, velocity: Tensor) -> Tensor:
        """Where a deterministic DDIM step with a predicted velocity arrives."""
        clean = self.alpha * noisy - self.sigma * velocity
        noise = self.sigma * noisy + self.alpha * velocity
        return self.alpha_end * clean + self.sigma_end * noise

    def velocity(self, noisy: Tensor, landed: Tensor) -> Tensor:
        """The velocity whose step arrives at ``landed``: the inverse of :meth:`land`."""
        kept = self.alpha_end * self.alpha + self.sigma_end * self.sigma
        return (landed - kept * noisy) / (self.sigma_end * self.alpha - self.alpha_end * self.sigma)


def jump(alphas_cumprod: Tensor, start: Tensor, end: Tensor) -> Jump:
    """The step between timesteps, int64 (n,); a negative end is the clean picture."""
    shares = torch.cat([alphas_cumprod, alphas_cumprod.new_ones(1)])  # index -1 is the clean picture
    before, after = shares[start].view(-1, 1, 1, 1), shares[end.clamp(min=-1)].view(-1, 1, 1, 1)
    return Jump(before.sqrt(), (1 - before).sqrt(), after.sqrt(), (1 - after).sqrt())


def _distil(
    config: FewStepsConfig, captions: CaptionBook, latents: Latents, conditioning: Conditioning, trainee: Trainee
) -> None:
    scheduler, device, unet = build_scheduler(), trainee.device, trainee.network
    text_encoder = conditioning.text_encoder.to(device).eval()
    alphas = scheduler.alphas_cumprod.to(device)
    stride = len(alphas) // config.steps

    def words_of(ids: Tensor) -> Tensor:
        with torch.no_grad(), half_precision(device):
            words: Tensor = text_encoder(ids.to(device)).last_hidden_state.float()
        return words

    teacher = Teacher(unet, alphas, words_of(tokenize(conditioning.tokenizer, [""])), config)

    def losses_of(step: int) -> Losses:
        generator = step_generator(step, 42)
        indices = batch_indices(len(latents.whole), config.train.batch_size, step, seed=41)
        words = words_of(captions.draw(indices, generator, noise_words=0.1))
        clean = latents.whole[indices].float()
        noise = torch.randn(clean.shape, generator=generator)
        start = len(alphas) - 1 - stride * torch.randint(0, config.steps, (len(clean),), generator=generator)
        noisy, start = scheduler.add_noise(clean, noise, start).to(device), start.to(device)
        wanted = jump(alphas, start, start - stride).velocity(noisy, teacher.land(noisy, start, stride, words))
        with half_precision(device):
            predicted = unet(noisy, start, encoder_hidden_states=words).sample.float()
        return {"loss": functional.mse_loss(predicted, wanted)}

    def draw_grid(path: Path) -> None:
        pipeline = assemble_pipeline(
            conditioning.tokenizer, text_encoder, unet, conditioning.autoencoder.to(device), scheduler
        )
        save_grid(draw_pictures(pipeline, FIXED_PROMPTS, seed=7, steps=config.steps, guidance_scale=1.0), path)

    train(trainee, losses_of, draw_grid=draw_grid)


@dataclass(frozen=True)
class Teacher:
    """The UNet without its adapter, guided. ``empty`` are the words of no caption, float (1, tokens, width)."""

    unet: Denoiser
    alphas_cumprod: Tensor
    empty: Tensor
    config: FewStepsConfig

    @torch.no_grad()
    def land(self, noisy: Tensor, start: Tensor, stride: int, words: Tensor) -> Tensor:
        """Where ``teacher_steps`` guided steps from ``start`` over ``stride`` timesteps arrive."""
        self.unet.disable_adapters()
        both = torch.cat([self.empty.expand(len(words), -1, -1), words])
        at = start
        for index in range(1, self.config.teacher_steps + 1):
            end = start - round(stride * index / self.config.teacher_steps)
            with half_precision(noisy.device):
                twice, times = torch.cat([noisy, noisy]), torch.cat([at, at])
                output = self.unet(twice, times, encoder_hidden_states=both).sample.float()
            unconditional, conditional = output.chunk(2)
            velocity = unconditional + self.config.guidance_scale * (conditional - unconditional)
            noisy, at = jump(self.alphas_cumprod, at, end).land(noisy, velocity), end
        self.unet.enable_adapters()
        return noisy
