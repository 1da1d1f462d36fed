"""Control networks from disk to the device, and how long they stay there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from studio.engine.device.devices import Device, torch_dtype
from studio.engine.models.controls import WantedControl
from studio.engine.models.headers import TensorEntry, read_header
from studio.engine.models.identity.samples import sampled_values
from studio.engine.models.identity.steering import Form
from studio.engine.models.kept_networks import KeptNetworks
from studio.engine.models.layouts.control import (
    adapter_config,
    adapter_names,
    control_config,
    control_names,
    union_config,
)
from studio.engine.models.layouts.z_image_control import Z_IMAGE_REFINER, z_image_control_config
from studio.engine.models.loading import in_layout
from studio.engine.models.networks import NetworkSource, Taken, load_network
from studio.engine.models.settings_files import read_json
from studio.engine.models.tensor_files import StoredTensor

_CLASSES: Final[Mapping[Form, str]] = {
    "network": "ControlNetModel",
    "union": "ControlNetUnionModel",
    "adapter": "T2IAdapter",
    "transformer": "ZImageControlNetModel",
}


class ControlNetworks:
    """The control networks of one loaded model, whose UNet or transformer has the config ``unet``; in its format, on
    its device."""

    def __init__(self, unet: Mapping[str, Any], device: Device) -> None:
        self._unet = dict(unet)
        self._device = device
        self._kept = KeptNetworks()

    @property
    def loaded(self) -> tuple[Any, ...]:
        """Those that are in memory."""
        return self._kept.loaded

    def load(self, wanted: Sequence[WantedControl], check: Callable[[], object], slack: float) -> tuple[Any, ...]:
        """The network of each, see `KeptNetworks.load`.

        Raises `ModelError` for a file that is damaged or does not fit the model.
        """
        return self._kept.load([(each.info.path, partial(self._read, each)) for each in wanted], check, slack)

    def _read(self, wanted: WantedControl, taken: Taken) -> Any:
        source = control_source(wanted.info.path, wanted.steering.form, self._unet)
        network = load_network(source, self._device.torch_name, torch_dtype(self._device.dtype), taken)
        return in_layout(network, channels_last=self._device.channels_last)


def control_source(path: Path, form: Form, unet: Mapping[str, Any]) -> NetworkSource:
    """A control network in a file, for a UNet with this config. Raises `ModelError` when the file cannot be read."""
    tensors = read_header(path).tensors
    names = _NAMES[form](tensors)
    entries = {own: tensors[name] for own, name in names.items()}
    stored = {own: StoredTensor(path, entry, entry.shape) for own, entry in entries.items()}
    return NetworkSource(path, "diffusers", _CLASSES[form], _config(path, form, entries, unet), stored)


def _config(path: Path, form: Form, entries: Mapping[str, TensorEntry], unet: Mapping[str, Any]) -> dict[str, Any]:
    if form == "adapter":
        return adapter_config(entries)
    beside = path.with_name("config.json")
    said = read_json(beside) if beside.is_file() else {}
    own = said if said.get("_class_name") == _CLASSES[form] else {}
    if form == "transformer":
        return z_image_control_config(entries, unet, own, is_taught=_is_taught(path, entries))
    return (union_config if form == "union" else control_config)(entries, unet, own)


def _is_taught(path: Path, entries: Mapping[str, TensorEntry]) -> bool:
    """Whether the refiners of a control network for Z-Image do something: those of one release are zero."""
    first = entries.get(Z_IMAGE_REFINER)
    return first is not None and bool(sampled_values(path, first, _SAMPLED).any())


_SAMPLED: Final = 1024
_NAMES: Final[Mapping[Form, Callable[[Mapping[str, TensorEntry]], dict[str, str]]]] = {
    "network": control_names,
    "union": control_names,
    "adapter": adapter_names,
    "transformer": lambda tensors: {name: name for name in tensors},
}
