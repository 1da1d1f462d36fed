"""What can be done about something in the models folders that cannot be used."""

from __future__ import annotations

from typing import Final, Literal

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.identify import UNKNOWN
from studio.engine.models.model_info import ModelInfo

Mend = Literal["look again", "reset", "get parts", "say what it is", "move", "get again"]
"""Look whether it can be read by now; forget what a person said of it; get what it lacks; say what it is; put it
where it belongs; download it again."""

_SOURCES: Final = ("https://huggingface.co/", "https://civitai.com/")


def mends(model: ModelInfo, source: str = "") -> tuple[Mend, ...]:
    """The ways out for a model, the likeliest first; none for a sound one. ``source`` is its page, "" if not known."""
    if model.problem is None:
        return ()
    possible: tuple[tuple[Mend, bool], ...] = (
        ("look again", model.is_passing),
        ("reset", model.is_changed),
        ("get parts", bool(model.missing) and model.family in FAMILIES and model.limits is None),
        ("say what it is", model.what == UNKNOWN),
        ("move", model.kind == "upscaler" and model.path.suffix == ".safetensors"),
        ("get again", source.startswith(_SOURCES) and not model.missing),
    )
    return tuple(mend for mend, applies in possible if applies)
