"""Everything that can change along an axis of a grid, for a tool, a document and what is installed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from studio.api import (
    BoolParameter,
    ChoiceParameter,
    FloatParameter,
    IntParameter,
    PromptStyleSpec,
    SchedulerSpec,
    ToolSpec,
)
from studio.document import MAX_STRENGTH, Document, Guide, Region, with_guide, with_region
from studio.engine.models.loras import is_for, lora_named
from studio.errors import SettingError
from studio.generation import GenerationSettings, LoraUse
from studio.generation.loras import MOST_LORA_WEIGHT
from studio.generation.prompting.marks import lora_uses, without_lora
from studio.generation.repeating import TILES
from studio.jobs.grids.axis_kind import (
    AxisKind,
    CellWork,
    NumberRange,
    choosing,
    numeric,
    percent_text,
    replacing,
    seeds,
    setting_of_number,
    wording,
)
from studio.jobs.layer_pictures import layer_by_id
from studio.message import Message

if TYPE_CHECKING:
    from studio.api.parameters import Parameter
    from studio.engine.models.library import ModelInfo

_SIDES: Final = NumberRange(least=64, most=8192, whole=True, multiple=8)
_SIZE: Final = re.compile(r"\s*(\d{1,6})\s*[x×*]\s*(\d{1,6})\s*", re.ASCII | re.IGNORECASE)
_SAMPLING: Final = ("steps", "guidance_scale", "scheduler")
_TILES: Final = MappingProxyType(
    {
        "off": Message("No tiling"),
        "both": Message("Both ways"),
        "x": Message("Left to right"),
        "y": Message("Top to bottom"),
    }
)


@dataclass(frozen=True, kw_only=True, eq=False)
class GridParts:
    """What a grid is made of: the settings and the document that it starts from, and what can be chosen.

    ``shown`` gives a text in the language of the person.
    """

    settings: GenerationSettings
    document: Document
    tool: ToolSpec
    schedulers: Mapping[str, SchedulerSpec] = field(default_factory=dict)
    styles: Mapping[str, PromptStyleSpec] = field(default_factory=dict)
    library: Sequence[ModelInfo] = ()
    shown: Callable[[str], str] = str

    @property
    def models(self) -> tuple[ModelInfo, ...]:
        """Those that can draw."""
        return tuple(model for model in self.library if model.kind == "model" and not model.problem)

    @property
    def takes_size(self) -> bool:
        """Whether the tool makes pictures of a size of their own."""
        return not (self.tool.needs_image or self.tool.needs_mask)


def names_of(kinds: Mapping[str, AxisKind]) -> str:
    """The ids of kinds, for who has mistaken one; of LoRAs, which may be many, how they are written."""
    names = dict.fromkeys("lora:NAME" if name.startswith("lora:") else name for name in kinds)
    return ", ".join(names)


def axis_kinds(parts: GridParts) -> dict[str, AxisKind]:
    """All kinds by their ids, in the order in which they are offered."""
    groups = (_words, _sampling, _sizes, _loras, _parameters, _guides, _regions)
    return {kind.id: kind for group in groups for kind in group(parts)}


# --- words ------------------------------------------------------------------------------------------


def _words(parts: GridParts) -> Iterator[AxisKind]:
    say, settings = parts.shown, parts.settings
    yield replacing(say(Message("Prompt: search and replace")), say(Message("red, blue, green")), settings.prompt)
    added, whole = say(Message("Prompt: words added")), say(Message("Prompt"))
    yield wording("add", added, say(Message('"", at night, in the rain')), _added, order=3, is_named=False)
    yield wording(
        "prompt",
        whole,
        say(Message("a beach, a forest")),
        lambda work, text: work.but(prompt=text),
        order=0,
        is_named=False,
    )
    yield wording(
        "negative_prompt",
        say(Message("Negative prompt")),
        say(Message('"", blurry')),
        lambda work, text: work.but(negative_prompt=text),
        order=0,
    )
    if parts.styles:
        none = ("", say(Message("none")))
        styles = [none, *((spec.id, say(spec.name)) for spec in parts.styles.values())]
        yield choosing("style", say(Message("Style")), styles, partial(_styled, parts.styles), order=4)


def _added(work: CellWork, words: str) -> CellWork:
    joined = ", ".join(filter(None, (work.settings.prompt.strip(), words.strip())))
    return work.but(prompt=joined)


def _styled(styles: Mapping[str, PromptStyleSpec], work: CellWork, style: str) -> CellWork:
    if not style:
        return work
    prompt, negative = styles[style].added_to(work.settings.prompt, work.settings.negative_prompt)
    return work.but(prompt=prompt, negative_prompt=negative)


# --- sampling ---------------------------------------------------------------------------------------


def _sampling(parts: GridParts) -> Iterator[AxisKind]:
    say = parts.shown
    yield seeds(say(Message("Seed")))
    yield setting_of_number("steps", say(Message("Steps")), "4, 8, 20", NumberRange(least=1, most=500, whole=True))
    yield setting_of_number("variation", say(Message("Variation")), "0-1 [5]", NumberRange(least=0, most=1))
    yield setting_of_number("guidance_scale", say(Message("Guidance")), "2-8 (+2)", NumberRange(least=0, most=50))
    schedulers = [(spec.id, say(spec.name)) for spec in parts.schedulers.values()]
    if schedulers:
        yield choosing(
            "scheduler", say(Message("Scheduler")), schedulers, lambda work, value: work.but(scheduler=value)
        )
    if parts.tool.uses_strength:
        name, shares = say(Message("Strength")), NumberRange(least=0, most=1)
        yield replace(setting_of_number("strength", name, "40%, 60%, 80%", shares), show=percent_text)
    if parts.models:
        models = [(model.id, model.name) for model in parts.models]
        yield choosing("model", say(Message("Model")), models, partial(_with_model, parts), order=0)


def _with_model(parts: GridParts, work: CellWork, model_id: str) -> CellWork:
    """A cell with another model, as if it had been chosen in the panel: with the sampling that a few-step model was
    taught for, and at its own size where that was the size of the model before."""
    by_id = {model.id: model for model in parts.models}
    before, after = by_id.get(work.settings.model), by_id[model_id]
    changes: dict[str, Any] = {"model": model_id}
    if after is not before and after.few_steps is not None:
        changes |= {name: getattr(after.few_steps, name) for name in _SAMPLING}
    elif after is not before and before is not None and before.few_steps is not None:
        changes |= {name: getattr(GenerationSettings(), name) for name in _SAMPLING}
    if parts.takes_size and before is not None and before.limits is not None and after.limits is not None:
        native = before.limits.native_side
        if (work.settings.width, work.settings.height) == (native, native):
            changes |= {"width": after.limits.native_side, "height": after.limits.native_side}
    return work.but(**changes)


def _sizes(parts: GridParts) -> Iterator[AxisKind]:
    say = parts.shown
    if parts.takes_size:
        yield wording(
            "size", say(Message("Size")), "256x256, 384x256", _sized, check=partial(_sides, say(Message("Size")))
        )
        yield setting_of_number("width", say(Message("Width")), "256, 384", _SIDES)
        yield setting_of_number("height", say(Message("Height")), "256, 384", _SIDES)
    tiles = [(tile, say(_TILES[tile])) for tile in TILES]
    yield choosing("tile", say(Message("Tile")), tiles, lambda work, value: work.but(tile=value))


def _sized(work: CellWork, text: str) -> CellWork:
    width, height = _sides("", text)
    return work.but(width=width, height=height)


def _sides(name: str, text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise SettingError("{text!r} is not a size.", "Write width x height in pixels, such as 512x512.", text=text)
    width, height = (_SIDES.value(_SIDES.read(name, side)[0]) for side in found.groups())
    return int(width), int(height)


# --- LoRAs, parameters, guides, regions -------------------------------------------------------------


def _loras(parts: GridParts) -> Iterator[AxisKind]:
    """A weight for each LoRA: those in use first, then all that are for the model."""
    weights = NumberRange(least=-MOST_LORA_WEIGHT, most=MOST_LORA_WEIGHT)
    for key, name in _lora_names(parts).items():
        title = parts.shown(Message("Weight of {lora}", lora=name))
        yield numeric(f"lora:{key}", title, "0-1 [5]", weights, partial(_weighed, key))


def _lora_names(parts: GridParts) -> dict[str, str]:
    """What LoRAs are called in settings, with how they are shown."""
    _, named, _ = lora_uses(parts.settings.prompt)
    family = next((model.family for model in parts.models if model.id == parts.settings.model), "")
    found = {use.name: use.name for use in (*parts.settings.loras, *named)}
    taken = [lora_named(name, parts.library, family) for name in found]
    for lora in parts.library:
        if lora.kind == "lora" and not lora.problem and lora not in taken and is_for(lora, family):
            found.setdefault(lora.id, lora.name)
    return found


def _weighed(name: str, work: CellWork, weight: float) -> CellWork:
    """A cell with a LoRA at a weight, also in place of the one that its prompt names."""
    own = work.settings.loras
    use = LoraUse(name, weight)
    is_listed = any(each.name == name for each in own)
    loras = tuple(use if each.name == name else each for each in own) if is_listed else (*own, use)
    return work.but(loras=loras, prompt=without_lora(work.settings.prompt, name))


def _parameters(parts: GridParts) -> Iterator[AxisKind]:
    """What the tool's plugin declares."""
    for parameter in parts.tool.parameters:
        yield _of_parameter(parameter, parts.shown)


def _of_parameter(parameter: Parameter, say: Callable[[str], str]) -> AxisKind:
    kind_id, name = f"tool:{parameter.id}", say(parameter.label)
    put = partial(_with_parameter, parameter.id)
    if isinstance(parameter, IntParameter | FloatParameter):
        whole = isinstance(parameter, IntParameter)
        numbers = NumberRange(least=parameter.minimum, most=parameter.maximum, whole=whole)
        return numeric(kind_id, name, _span_of(parameter), numbers, put)
    if isinstance(parameter, BoolParameter):
        words = (("true", say(Message("on"))), ("false", say(Message("off"))))
        return choosing(kind_id, name, words, lambda work, value: put(work, value == "true"))
    if isinstance(parameter, ChoiceParameter):
        return choosing(kind_id, name, [(value, say(label)) for value, label in parameter.choices], put)
    return wording(kind_id, name, str(parameter.default), put, check=parameter.validated)


def _span_of(parameter: IntParameter | FloatParameter) -> str:
    return f"{parameter.minimum:g}-{parameter.maximum:g} [4]"


def _with_parameter(key: str, work: CellWork, value: Any) -> CellWork:
    return work.but(parameters={**work.settings.parameters, key: value})


def _guides(parts: GridParts) -> Iterator[AxisKind]:
    """How strongly, and how long, each control layer and reference is felt."""
    strengths, shares = NumberRange(least=0, most=MAX_STRENGTH), NumberRange(least=0, most=1)
    for number, guide in enumerate(parts.document.guides, 1):
        layer = layer_by_id(parts.document, guide.layer_id)
        if not guide.enabled or layer is None:
            continue
        strength = parts.shown(Message("Strength of {layer}", layer=layer.name))
        end = parts.shown(Message("End of {layer}", layer=layer.name))
        yield numeric(f"guide:{number}", strength, "0-1 [5]", strengths, partial(_felt, guide, "strength"))
        yield numeric(f"guide:{number}:end", end, "0.2-1 [5]", shares, partial(_felt, guide, "end"))


def _felt(guide: Guide, part: str, work: CellWork, value: float) -> CellWork:
    found = next(each for each in work.document.guides if each.id == guide.id)
    changes = {part: value, "start": min(found.start, value)} if part == "end" else {part: value}
    changed = replace(found, **changes)  # type: ignore[arg-type]
    return CellWork(settings=work.settings, document=with_guide(work.document, changed))


def _regions(parts: GridParts) -> Iterator[AxisKind]:
    for number, region in enumerate(parts.document.regions, 1):
        layer = layer_by_id(parts.document, region.layer_id)
        if region.enabled and layer is not None:
            name = parts.shown(Message("Prompt of region {layer}", layer=layer.name))
            yield wording(f"region:{number}", name, parts.shown(Message("a cat, a dog")), partial(_spoken, region))


def _spoken(region: Region, work: CellWork, words: str) -> CellWork:
    found = next(each for each in work.document.regions if each.layer_id == region.layer_id)
    document = with_region(work.document, replace(found, prompt=words))
    return CellWork(settings=work.settings, document=document)
