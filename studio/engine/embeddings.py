"""Embeddings (textual inversion, Gal et al. 2022, arXiv 2208.01618): words of a person's own, as vectors.

The text encoder keeps its size: its own words are read as ever, and vectors are put in the places of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import torch

from studio.engine.models.embeddings import found_name
from studio.engine.models.headers import damaged, unreadable
from studio.engine.models.model_info import ModelInfo
from studio.errors import ModelError
from studio.system.parts import engine_part

Vectors: TypeAlias = Mapping[int, torch.Tensor]
"""An embedding: vectors ``(count, width)`` by the number of the text encoder that they are for, from 0."""

Stamp: TypeAlias = tuple[str, int, int]
"""A file as it is now: path, when it was changed in nanoseconds, bytes."""

_OF_PAIRS: Final = {"clip_l": 0, "clip_g": 1}
_CALLED: Final = r"(?<!\w)embedding:(?P<called>[^\s,:()\[\]{}|<>，、。；]+)"
_FILLER: Final = 0
"""A word whose vector is replaced. It must not be the end of the text, which pooling looks for."""


class Embeddings:
    """What words stand for vectors, by the names of files; each is read when it is first said.

    ``widths`` are those of the model's text encoders.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        self._widths = tuple(widths)
        self._known: Mapping[str, ModelInfo] = {}
        self._read: dict[Stamp, Vectors] = {}

    def know(self, known: Mapping[str, ModelInfo]) -> None:
        """Have these embeddings, by names in small letters."""
        if known != self._known:
            self._known = known
            self.__dict__.pop("_pattern", None)

    def said(self, text: str) -> tuple[Stamp, ...]:
        """The files that a text names, as they are now. Raises `ModelError` for one that cannot be read."""
        names = (name for name, _ in self._pieces(text) if name)
        return tuple(_stamp(self._known[name].path) for name in dict.fromkeys(names))

    def pieces(self, text: str, encoder: int) -> Iterator[str | torch.Tensor]:
        """A text in order, as words and the vectors of an encoder; what stands for none there is left out.

        Raises `ModelError` for a file that is damaged or made for other encoders.
        """
        for name, words in self._pieces(text):
            if words:
                yield words
            elif name and (vectors := self._vectors(self._known[name].path).get(encoder)) is not None:
                yield vectors

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """(name, "") of each embedding and ("", words) of what is between; ("", "") for one that is not known."""
        last = 0
        for match in self._pattern.finditer(text):
            yield "", text[last : match.start()]
            name = found_name(match["called"] or match[0], self._known)
            yield name or "", ""
            last = match.end()
            if name is not None and not match[0].casefold().endswith(name):
                last -= len(match[0]) - len(match[0].rstrip("."))
        yield "", text[last:]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, sorted(self._known, key=len, reverse=True)))
        bare = rf"|(?<![\w-])(?:{names})(?![\w-])" if names else ""
        return re.compile(_CALLED + bare, re.IGNORECASE)

    def _vectors(self, path: Path) -> Vectors:
        stamp = _stamp(path)
        if stamp not in self._read:
            self._read[stamp] = _read_vectors(path, self._widths)
        return self._read[stamp]


@contextmanager
def in_place(encoder: Any, vectors: Mapping[int, torch.Tensor]) -> Iterator[None]:
    """Within this a text encoder reads these vectors ``(width,)`` at the places of a text, from 0."""
    if not vectors:
        yield
        return

    def put(_layer: torch.nn.Module, _given: Any, output: torch.Tensor) -> torch.Tensor:
        found = output.clone()
        for place, vector in vectors.items():
            found[:, place] = vector.to(found.device, found.dtype)
        return found

    hook = encoder.get_input_embeddings().register_forward_hook(put)
    try:
        yield
    finally:
        hook.remove()


class VectorIds:
    """Gives vectors ids that no word has, so that they can be counted and weighted as words."""

    def __init__(self) -> None:
        self._vectors: list[torch.Tensor] = []

    def of(self, vectors: torch.Tensor) -> list[int]:
        """An id for each of the vectors (count, width)."""
        first = len(self._vectors)
        self._vectors.extend(vectors)
        return [-1 - index for index in range(first, len(self._vectors))]

    def words(self, ids: Sequence[int]) -> list[int]:
        """The same with a word in the place of each vector."""
        return [_FILLER if each < 0 else each for each in ids]

    def places(self, ids: Sequence[int]) -> dict[int, torch.Tensor]:
        """The vectors by their places."""
        return {place: self._vectors[-1 - each] for place, each in enumerate(ids) if each < 0}


def _read_vectors(path: Path, widths: tuple[int, ...]) -> Vectors:
    safetensors = engine_part("safetensors")
    try:
        with safetensors.safe_open(path, framework="pt", device="cpu") as file:
            tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    except (OSError, safetensors.SafetensorError) as error:
        raise damaged(path, str(error)[:200]) from error
    found = {
        encoder: tensor.reshape(-1, tensor.shape[-1])
        for encoder, width in enumerate(widths)
        if (tensor := _for(encoder, width, tensors)) is not None
    }
    if not found:
        raise ModelError(
            "The embedding {file} was made for other text encoders than the model's.",
            "Take it out of the prompt.",
            file=path.name,
        )
    if not all(bool(torch.isfinite(tensor).all()) for tensor in found.values()):
        raise damaged(path, "it holds numbers that are none")
    return found


def _for(encoder: int, width: int, tensors: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
    """The vectors for one encoder: by name where the file has pairs, else by their width."""
    is_pair = tensors.keys() >= _OF_PAIRS.keys()
    for name, tensor in tensors.items():
        if 1 <= tensor.dim() <= 2 and tensor.shape[-1] == width and (not is_pair or _OF_PAIRS.get(name) == encoder):
            return tensor
    return None


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    return str(path), status.st_mtime_ns, status.st_size
