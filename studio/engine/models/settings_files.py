"""The JSON files in a model's folder that say how it is built and how it draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from studio.errors import ModelError
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

_MAX_JSON: Final = 4_000_000


def read_json(path: Path, *, largest: int = _MAX_JSON) -> dict[str, Any]:
    """A JSON object of ``largest`` bytes at most. Raises `ModelError` naming the file when it is missing or none."""
    try:
        if path.stat().st_size > largest:
            raise ModelError("{path} is too large for a settings file.", "Download the model again.", path=path)
        value = parse_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ModelError("{path} is missing.", "Download or copy the model again.", path=path) from error
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(
            "{path} cannot be read: {reason}.", "Download or copy the model again.", path=path, reason=reason_for(error)
        ) from error
    if not isinstance(value, dict):
        raise ModelError("{path} is not what it should be.", "Download or copy the model again.", path=path)
    return value


def unusable_value(file: Path, key: str) -> ModelError:
    """The error for a value in one of a model's settings files that cannot be used."""
    return ModelError(
        "{file}: {key} has a value that cannot be used.", "Download or copy the model again.", file=file, key=key
    )
