"""Chroma: Flux.1's transformer without its guidance and pooled text, whose prompts have a mask."""

from __future__ import annotations

from typing import Final

import torch
from torch.nn.functional import pad

from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.flux import PATCH, Flux, packed, places, unpacked
from studio.engine.families.runner import Runner
from studio.engine.families.t5 import T5Coder
from studio.engine.models.loading import Components
from studio.engine.prompts import TextCoder


class Chroma(Flux):
    """A ``ChromaTransformer2DModel`` as a `Denoiser`; negative prompts mean something to it."""

    takes_guidance = False

    def predict(self, given: NetworkInput) -> torch.Tensor:
        rows, _, height, width = given.sample.shape
        tokens = given.words
        output: torch.Tensor = self.network(
            hidden_states=packed(given.sample).to(self._dtype),
            timestep=given.timestep.expand(rows).float() / 1000,
            encoder_hidden_states=tokens.to(self._dtype),
            txt_ids=torch.zeros(tokens.shape[1], 3, device=self.device),
            img_ids=places(height // PATCH, width // PATCH).to(self.device),
            attention_mask=self._mask(given.mask, height * width // PATCH**2),
            return_dict=False,
            **in_dtype(given.extras, self._dtype),
        )[0]
        return unpacked(output.float(), height, width)

    def _mask(self, text: torch.Tensor | None, cells: int) -> torch.Tensor | None:
        """What may be looked at: some tokens of the text and the whole picture. Numbers, as the network was taught."""
        return None if text is None else pad(text, (0, cells), value=True).to(self._dtype)


def _coder(components: Components, _has_one_window: bool) -> TextCoder:
    (t5,) = components.encoders
    return T5Coder(t5, is_masked=True)


RUNNER: Final = Runner(denoiser=lambda context: Chroma(context.network), coder=_coder)
