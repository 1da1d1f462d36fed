"""IP-Adapters and image encoders from disk to the device, and how long they stay there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import torch

from studio.document import Pixels
from studio.engine.device.devices import Device, torch_dtype
from studio.engine.device.memory import release_unused
from studio.engine.models.folder_models import component_weights
from studio.engine.models.headers import FileKey, file_key, read_header
from studio.engine.models.identity.referring import config_in
from studio.engine.models.kept_networks import KeptNetworks
from studio.engine.models.layouts.image_encoder import (
    IMAGE_ENCODER_PLACES,
    image_encoder_config,
    image_encoder_slots,
)
from studio.engine.models.layouts.reference import PLACE, reference_shape, reference_slots
from studio.engine.models.layouts.slots import Place, Slot, found_place
from studio.engine.models.networks import NetworkSource, Taken, load_network, stored_tensor
from studio.engine.models.placing import text_encoder_dtype
from studio.engine.models.references import WantedReference
from studio.errors import ModelError
from studio.system.parts import engine_part

_MOST_SEEN: Final = 128
"""What was seen of so many pictures is kept: small, and what saw it is large."""
_NO_PICTURE: Final = b""
_MEAN: Final = (0.48145466, 0.4578275, 0.40821073)
_DEVIATION: Final = (0.26862954, 0.26130258, 0.27577711)
"""Of the colours that CLIP was taught with."""
_LONGEST: Final = 4
"""A picture that is longer than so many times its short side is cut first: no more of it is looked at anyway."""

Seen: TypeAlias = tuple[torch.Tensor, torch.Tensor]
"""What an encoder says of a picture for an adapter, and of none: both (1, ...)."""


class ReferenceNetwork(torch.nn.Module):
    """An IP-Adapter: ``image_proj`` makes words of what is seen of a picture, and for each layer of the model there are
    ``keys`` and ``values`` of those words."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        self.form = config["form"]
        self.image_proj = _PROJECTIONS[config["form"]](config)
        widths, context = config["widths"], config["context"]
        self.keys = torch.nn.ModuleList(torch.nn.Linear(context, width, bias=False) for width in widths)
        self.values = torch.nn.ModuleList(torch.nn.Linear(context, width, bias=False) for width in widths)

    def words(self, seen: torch.Tensor) -> torch.Tensor:
        """What an encoder says of pictures as words: (rows, words, width of the model's text)."""
        weight = next(self.parameters())
        words: torch.Tensor = self.image_proj(seen.to(weight.device, weight.dtype))
        return words


@dataclass(frozen=True, eq=False)
class ReadyReference:
    """A reference with its adapter, and what was seen of its picture."""

    wanted: WantedReference
    network: ReferenceNetwork
    seen: Seen


class ReferenceNetworks:
    """The adapters of one loaded model, in its format, on its device, and what was seen of pictures for them.

    An image encoder is there only while it looks at pictures that nobody has looked at yet.
    """

    def __init__(self, device: Device) -> None:
        self._device = device
        self._kept = KeptNetworks()
        self._seen: OrderedDict[tuple[FileKey, bytes, bool], torch.Tensor] = OrderedDict()

    @property
    def loaded(self) -> tuple[Any, ...]:
        """Those adapters that are in memory."""
        return self._kept.loaded

    def load(
        self, wanted: Sequence[WantedReference], check: Callable[[], object], slack: float
    ) -> tuple[ReadyReference, ...]:
        """Each with its adapter, read if it is not there, see `KeptNetworks.load`, and what was seen.

        Raises `ModelError` for a file that is damaged.
        """
        files = [(each.adapter.info.path, partial(self._read, each)) for each in wanted]
        networks = self._kept.load(files, check, slack)
        for encoder in dict.fromkeys(each.adapter.encoder for each in wanted):
            self._look([each for each in wanted if each.adapter.encoder == encoder], encoder, check)
        pairs = zip(wanted, networks, strict=True)
        return tuple(ReadyReference(each, network, self._seen_for(each)) for each, network in pairs)

    def _read(self, wanted: WantedReference, taken: Taken) -> ReferenceNetwork:
        source = reference_source(wanted.adapter.info.path)
        network: ReferenceNetwork = load_network(
            source, self._device.torch_name, torch_dtype(self._device.dtype), taken
        )
        return network

    def _seen_for(self, wanted: WantedReference) -> Seen:
        picture, nothing = (self._seen[key] for key in _keys(wanted))
        return picture, nothing

    @torch.no_grad()
    def _look(self, wanted: Sequence[WantedReference], encoder: Path, check: Callable[[], object]) -> None:
        """Have those pictures looked at that were not, and no longer ago than can be remembered."""
        missing = [each for each in wanted if any(key not in self._seen for key in _keys(each))]
        if missing:
            network = self._encoder(encoder, check)
            for each in missing:
                check()
                self._see(network, each)
            del network
            release_unused()
        for key in (key for each in wanted for key in _keys(each)):
            self._seen.move_to_end(key)
        while len(self._seen) > _MOST_SEEN:
            self._seen.popitem(last=False)

    def _encoder(self, encoder: Path, check: Callable[[], object]) -> Any:
        def taken(_count: int) -> None:
            check()

        source, dtype = image_encoder_source(encoder), text_encoder_dtype(self._device)
        return load_network(source, self._device.torch_name, dtype, taken)

    def _see(self, network: Any, wanted: WantedReference) -> None:
        shown = as_seen(wanted.reference.picture, network.config.image_size)
        shown = shown.to(network.device, network.dtype)
        of_picture, of_nothing = _keys(wanted)
        if wanted.adapter.referring.form == "plain":
            self._seen[of_picture] = network(shown).image_embeds
            self._seen[of_nothing] = torch.zeros_like(self._seen[of_picture])
            return
        self._seen[of_picture] = network(shown, output_hidden_states=True).hidden_states[-2]
        if of_nothing not in self._seen:
            nothing = network(torch.zeros_like(shown), output_hidden_states=True)
            self._seen[of_nothing] = nothing.hidden_states[-2]


def _keys(wanted: WantedReference) -> tuple[tuple[FileKey, bytes, bool], tuple[FileKey, bytes, bool]]:
    """Under which what is seen of a picture is kept, and what of none."""
    picture = wanted.reference.picture
    digest = blake2b(repr(picture.shape).encode() + np.ascontiguousarray(picture).tobytes(), digest_size=16).digest()
    file, is_whole = file_key(wanted.adapter.encoder), wanted.adapter.referring.form == "plain"
    return (file, digest, is_whole), (file, _NO_PICTURE, is_whole)


def as_seen(picture: Pixels, side: int) -> torch.Tensor:
    """The middle of an RGB picture, uint8 (h, w, 3), as CLIP looks at it: float32 (1, 3, side, side)."""
    height, width = picture.shape[:2]
    longest = _LONGEST * min(height, width)
    picture = _middle(picture, min(height, longest), min(width, longest))
    height, width = picture.shape[:2]
    scale = side / min(height, width)
    size = max(side, int(height * scale)), max(side, int(width * scale))
    pixels = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None].float()
    pixels = torch.nn.functional.interpolate(pixels, size, mode="bicubic", antialias=True, align_corners=False)
    whole = pixels.round().clamp(0.0, 255.0) / 255.0
    top, left = (whole.shape[2] - side) // 2, (whole.shape[3] - side) // 2
    mean, deviation = (torch.tensor(values)[None, :, None, None] for values in (_MEAN, _DEVIATION))
    return (whole[:, :, top : top + side, left : left + side] - mean) / deviation


def _middle(picture: Pixels, height: int, width: int) -> Pixels:
    top, left = (picture.shape[0] - height) // 2, (picture.shape[1] - width) // 2
    return picture[top : top + height, left : left + width]


def reference_source(path: Path) -> NetworkSource:
    """The IP-Adapter in a file. Raises `ModelError` when it cannot be read or is not whole."""
    tensors = read_header(path).tensors
    shape = reference_shape(tensors)
    if shape is None:
        raise ModelError("{path} is no IP-Adapter that Shoreline draws with.", "Choose another.", path=path)
    stored = {slot.name: stored_tensor(path, tensors, slot, PLACE) for slot in reference_slots(shape)}
    return NetworkSource(path, "", "", asdict(shape), stored, make=ReferenceNetwork)


def image_encoder_source(path: Path) -> NetworkSource:
    """The image encoder in a file, or in a folder of its own. Raises `ModelError` when it cannot be used."""
    weights = component_weights(path) if path.is_dir() else (path,)
    headers = {file: read_header(file).tensors for file in weights}
    tensors = {name: entry for header in headers.values() for name, entry in header.items()}
    homes = {name: file for file, header in headers.items() for name in header}
    config = image_encoder_config(tensors, config_in(weights[0].parent))
    if config is None:
        raise ModelError("{path} is no image encoder that Shoreline knows.", "Get another.", path=path)
    slots = image_encoder_slots(config)
    place = found_place(IMAGE_ENCODER_PLACES, slots, tensors) or IMAGE_ENCODER_PLACES[0]
    stored = {slot.name: stored_tensor(_home(homes, slot, place, path), tensors, slot, place) for slot in slots}
    return NetworkSource(path, "transformers", "CLIPVisionModelWithProjection", config, stored)


def _home(homes: Mapping[str, Path], slot: Slot, place: Place, path: Path) -> Path:
    return homes.get(place.key(slot), path)


def _plain(config: Mapping[str, Any]) -> Any:
    return _embeddings().ImageProjection(
        image_embed_dim=config["seen"],
        cross_attention_dim=config["context"],
        num_image_text_embeds=config["words"],
    )


def _full(config: Mapping[str, Any]) -> Any:
    return _embeddings().IPAdapterFullImageProjection(
        image_embed_dim=config["seen"], cross_attention_dim=config["context"]
    )


def _plus(config: Mapping[str, Any]) -> Any:
    return _embeddings().IPAdapterPlusImageProjection(
        embed_dims=config["seen"],
        output_dims=config["context"],
        hidden_dims=config["hidden"],
        depth=config["depth"],
        heads=max(1, config["inner"] // _HEAD),
        dim_head=min(_HEAD, config["inner"]),
        num_queries=config["words"],
        ffn_ratio=config["wide"] / config["hidden"],
    )


def _embeddings() -> Any:
    return engine_part("diffusers.models.embeddings")


_HEAD: Final = 64
"""Numbers of a head of attention in adapters."""
_PROJECTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], Any]]] = {"plain": _plain, "full": _full, "plus": _plus}
