"""What lies in the models folders that may be a model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from studio.engine.models.folder_models import is_folder, is_motion_adapter
from studio.engine.models.gguf_headers import SUFFIX
from studio.engine.models.headers import PICKLE_SUFFIXES
from studio.engine.models.picture_tasks import picture_task

NO_MODELS_MARK: Final = ".nomodels"
"""A folder that holds a file of this name is not searched."""
WEIGHTS: Final = frozenset({".safetensors", ".sft", SUFFIX, *PICKLE_SUFFIXES})
"""The ends of the names of files that may hold models."""
_MAX_DEPTH: Final = 3


def candidates(root: Path, depth: int = 0, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Model folders, files of weights and refused pickles below ``root``, and folders that may not be looked into; a
    top-level folder without any is listed too.

    ``above`` are the folders on the way here, so that a link back to one of them ends.
    """
    if _holds(root, "model_index.json") or is_motion_adapter(root) or picture_task(root):
        yield root
        return
    inside = _listed(root)
    if inside is None:
        yield root
        return
    if not inside:
        return
    above |= {root.resolve()}
    for path in inside:
        if path.name.startswith("."):
            continue
        if is_folder(path) and depth < _MAX_DEPTH:
            if path.resolve() not in above and not _holds(path, NO_MODELS_MARK):
                found = list(candidates(path, depth + 1, above))
                yield from found or ([path] if depth == 0 else [])
        elif path.suffix.lower() in WEIGHTS:
            yield path


def _listed(folder: Path) -> list[Path] | None:
    """What is in a folder, by name; nothing where there is none, ``None`` where it may not be looked into."""
    try:
        return sorted(folder.iterdir(), key=lambda item: item.name.lower())
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no file can be called so
        return []
    except OSError:
        return None


def _holds(folder: Path, name: str) -> bool:
    try:
        return (folder / name).is_file()
    except OSError:
        return False
