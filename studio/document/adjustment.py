"""What an adjustment layer does to the colours below it, as a value that outlives what this version understands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from studio.text.untrusted import parse_json


@dataclass(frozen=True)
class Adjustment:
    """``kind`` is a stable identifier, such as "curves"; ``parameters`` the JSON text of an object.

    Both are kept as they are, also those of a newer version, or damaged ones; the one who composes finds out whether
    they make sense.
    """

    kind: str
    parameters: str = "{}"

    @classmethod
    def of(cls, kind: str, values: Mapping[str, Any]) -> Self:
        """The adjustment with these JSON values; equal values make equal adjustments."""
        return cls(kind, json.dumps(dict(values), sort_keys=True, separators=(",", ":")))

    def values(self) -> dict[str, Any]:
        """The parameters by name. Raises ``ValueError`` if their text is damaged."""
        values = parse_json(self.parameters)
        if not isinstance(values, dict):
            raise ValueError("the parameters are no object")
        return values
