"""What differs between the settings of two pictures."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from studio.generation.settings import GenerationSettings


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A setting with its value in two pictures, ``None`` where a picture has none.

    ``name`` is a field of `GenerationSettings`; ``parameter`` the id of one of the tool's own, or "".
    """

    name: str
    parameter: str = ""
    one: Any
    other: Any

    @property
    def differs(self) -> bool:
        return bool(self.one != self.other)


def compared(one: GenerationSettings, other: GenerationSettings) -> tuple[Compared, ...]:
    """Every setting in the order of the fields, then the parameters of the tools."""
    own = one.parameters, other.parameters
    plain = (field.name for field in fields(GenerationSettings) if field.name != "parameters")
    return (
        *(Compared(name=name, one=getattr(one, name), other=getattr(other, name)) for name in plain),
        *(
            Compared(name="parameters", parameter=key, one=own[0].get(key), other=own[1].get(key))
            for key in dict.fromkeys((*own[0], *own[1]))
        ),
    )
