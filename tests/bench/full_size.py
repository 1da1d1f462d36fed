"""A process that holds one model of full size, ours or bare diffusers', and times what it is told to do.

``python -m tests.bench.full_size ours|bare FAMILY SIDE FILE DTYPE`` answers each line of its input with a line of JSON.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch

from studio.api import DenoiseJob, SchedulerSpec
from studio.engine.device.devices import torch_dtype
from studio.engine.device.threads import intra_op_threads
from studio.engine.engine import DiffusionEngine
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.library import ModelLibrary
from studio.engine.models.tokenizers import clip_tokenizer
from studio.generation import CancelToken, Progress
from tests.engine.checkpoint_files import CONFIGS

PROMPT, NEGATIVE, GUIDANCE, SEED = "a beautiful beach at sunset", "fog", 5.0, 1

Times = dict[str, float]
"""Seconds of the processor, and of the clock under ``..._wall``: ``load``, ``decode`` and ``step``, a mean of steps."""


class Watch:
    """Seconds since it was made, or since it was last read."""

    def __init__(self) -> None:
        self._marks = time.process_time(), time.perf_counter()

    def read(self, name: str, parts: int = 1) -> Times:
        now = time.process_time(), time.perf_counter()
        spent = [(after - before) / parts for after, before in zip(now, self._marks, strict=True)]
        self._marks = now
        return {name: spent[0], f"{name}_wall": spent[1]}


class Ours:
    """The engine, as the window uses it: with progress, previews and a cancel token."""

    def __init__(self, side: int, file: Path, cache: Path) -> None:
        self._side = side
        self._library = ModelLibrary([file.parent])
        self._id = self._library.scan()[0].id
        self._cache = cache
        self._engine = self._new()
        self._calls: list[str] = []

    def _new(self) -> DiffusionEngine:
        return DiffusionEngine(
            self._library, "cpu", self._cache, {"ddim": SchedulerSpec(id="ddim", name="", factory=_ddim)}
        )

    def warm_up(self) -> str:
        """Everything that is done once in a computer's life; the number format that was chosen."""
        self._engine.load(self._id, _unheard, CancelToken())
        device = self._engine.device
        assert device is not None
        self._engine.close()
        return f"{device.dtype}{', channels last' * device.channels_last}; VAE {device.vae_dtype}"

    def load(self) -> Times:
        import_libraries()
        watch = Watch()
        model = self._engine.load(self._id, _unheard, CancelToken())
        taken = watch.read("load")
        for name in ("text_encoder", "vae"):
            self._count(model, name)
        return taken

    def _count(self, model: Any, name: str) -> None:
        network = model.codec.vae.encoder if name == "vae" else next(iter(model._encoders.values()))
        network.register_forward_pre_hook(lambda *_: self._calls.append(name))

    def draw(self, steps: int) -> Times:
        return self._drawn(self._job(steps))

    def repeat(self) -> Times:
        """What a second request for the same, and for the same picture, asks of the encoders."""
        picture = np.full((self._side, self._side, 3), 128, np.uint8)
        for seed in (1, 2):
            self._calls.clear()
            self._drawn(self._job(2, seed=seed, image=picture, strength=0.5))
        return {name: float(self._calls.count(name)) for name in ("text_encoder", "vae")}

    def _job(self, steps: int, **more: Any) -> DenoiseJob:
        usual = {"seed": SEED, "prompt": PROMPT, "negative_prompt": NEGATIVE, "guidance_scale": GUIDANCE}
        size = {"width": self._side, "height": self._side}
        return DenoiseJob(**{**usual, **size, "model": self._id, "steps": steps, "scheduler": "ddim", **more})

    def _drawn(self, job: DenoiseJob) -> Times:
        taken: Times = {}
        stages: list[str] = []
        watch = Watch()

        def hear(progress: Progress) -> None:
            if progress.stage in stages:
                return
            spent = watch.read("step", job.steps)
            if progress.stage == "decoding":
                taken.update(spent)
            stages.append(progress.stage)

        self._engine.bound(hear, CancelToken()).denoise(job)
        return taken | watch.read("decode")


class Bare:
    """The pipeline of diffusers, in the number format and layout that ours chose."""

    def __init__(self, family: str, side: int, file: Path, dtype: str) -> None:
        self._family, self._side, self._file = family, side, file
        self._dtype = torch_dtype(re.split("[,;]", dtype)[0])
        self._channels_last = "channels last" in dtype
        self._pipeline: Any = None
        self._prompts: dict[str, Any] = {}

    def load(self) -> Times:
        import diffusers

        import_libraries()
        watch = Watch()
        kind = diffusers.StableDiffusionXLPipeline if self._family == "sdxl" else diffusers.StableDiffusionPipeline
        parts = FAMILIES[self._family].encoders
        names = ("tokenizer", "tokenizer_2")[: len(parts)]
        tokenizers = {name: clip_tokenizer(CONFIGS, part.filling) for name, part in zip(names, parts, strict=True)}
        more = {} if self._family == "sdxl" else {"safety_checker": None, "feature_extractor": None}
        self._pipeline = kind.from_single_file(
            str(self._file),
            config=str(CONFIGS / self._family),
            torch_dtype=self._dtype,
            local_files_only=True,
            **tokenizers,
            **more,
        )
        if self._channels_last:
            self._pipeline.unet.to(memory_format=torch.channels_last)
        taken = watch.read("load")
        self._pipeline.set_progress_bar_config(disable=True)
        self._pipeline.scheduler = diffusers.DDIMScheduler.from_config(self._pipeline.scheduler.config)
        return taken

    @torch.no_grad()
    def draw(self, steps: int) -> Times:
        if not self._prompts:
            encoded = self._pipeline.encode_prompt(
                prompt=PROMPT,
                negative_prompt=NEGATIVE,
                device="cpu",
                num_images_per_prompt=1,
                do_classifier_free_guidance=True,
            )
            names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds", "negative_pooled_prompt_embeds")
            self._prompts = dict(zip(names, encoded, strict=False))
        watch = Watch()
        latents = self._pipeline(
            **self._prompts,
            num_inference_steps=steps,
            guidance_scale=GUIDANCE,
            width=self._side,
            height=self._side,
            generator=torch.Generator("cpu").manual_seed(SEED),
            output_type="latent",
        ).images
        taken = watch.read("step", steps)
        vae = self._pipeline.vae
        vae.decode(latents.to(vae.dtype) / vae.config.scaling_factor)
        return taken | watch.read("decode")


def import_libraries() -> None:
    """What both sides need of them: a load is timed without it."""
    import diffusers
    import transformers

    _ = diffusers.UNet2DConditionModel, diffusers.AutoencoderKL, diffusers.DDIMScheduler
    _ = diffusers.StableDiffusionPipeline, diffusers.StableDiffusionXLPipeline
    _ = transformers.CLIPTextModel, transformers.CLIPTextModelWithProjection, transformers.CLIPTokenizer


def _unheard(_progress: Progress) -> None:
    """Progress that nobody looks at."""


def _ddim(config: Any) -> Any:
    from diffusers import DDIMScheduler

    return DDIMScheduler.from_config(dict(config))


@contextmanager
def _model(arguments: list[str]) -> Iterator[Any]:
    who, family, side, file, dtype = arguments
    if who == "bare":
        yield Bare(family, int(side), Path(file), dtype)
        return
    with tempfile.TemporaryDirectory() as cache:
        yield Ours(int(side), Path(file), Path(dtype) if dtype else Path(cache))


def main(arguments: list[str]) -> None:
    torch.set_num_threads(intra_op_threads())
    with _model(arguments) as model:
        for line in sys.stdin:
            deed, *numbers = line.split()
            if deed == "peak":
                answer: Any = {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0}
            else:
                answer = getattr(model, deed)(*map(int, numbers))
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
