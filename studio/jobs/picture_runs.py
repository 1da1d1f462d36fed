"""Which pictures of a request ask for the same after the lots were drawn, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, Final

from studio.generation import MAX_SEED, GeneratedImage, GenerationSettings, Progress, settings_of
from studio.generation.conditioning import RegionUse
from studio.generation.prompting import Prompt, Wildcards, parse

_REGION_LOT: Final = 0x27D4EB2F
"""Added to the seed for each region, so that two with the same choices do not always draw the same."""
_NEGATIVE_LOT: Final = 0x5BD1E995
"""Added to the seed for the negative prompt, so that it does not always draw what the prompt draws."""


@dataclass(frozen=True)
class PictureRun:
    """Pictures of a request: ``settings`` are theirs, with prompts that leave nothing to chance; ``first`` the number
    of the first of them, from 0. ``notes`` are about the prompts."""

    settings: GenerationSettings
    first: int
    notes: tuple[str, ...]

    def each(self) -> Iterator[GenerationSettings]:
        """The settings of one picture after the other."""
        return map(self.settings.of_batch, range(self.settings.count))


class PictureReports:
    """Passes on the progress of pictures that are drawn one by one, as a part of that of all ``count`` of them.

    Each report carries the pictures that are done by then: the first can be looked at while the others are drawn.
    """

    def __init__(self, forward: Callable[[Progress], None], count: int) -> None:
        self._forward = forward
        self._count = count
        self._done = 0
        self._images: tuple[GeneratedImage, ...] = ()
        self._latest = Progress(stage="decoding")

    def report(self, progress: Progress) -> None:
        """Tell how far the picture is that is drawn now."""
        each = progress.total_steps
        whole = progress.among(self._done * each, (self._count - self._done - 1) * each)
        self._latest = replace(whole, images=self._images)
        self._forward(self._latest)

    def finish_picture(self, made: Iterable[GeneratedImage], settings: GenerationSettings) -> None:
        """Tell that the next one is done; of the last the result tells."""
        self._done += 1
        self._images += tuple(with_settings(image, settings) for image in made)
        if self._done < self._count:
            self._forward(replace(self._latest, stage="decoding", preview=None, images=self._images))


def with_settings(image: GeneratedImage, settings: GenerationSettings) -> GeneratedImage:
    """A picture of these settings that says so, with the seed that it was drawn by; what a tool said of it stays."""
    return image if image.settings is not None else replace(image, settings=settings_of(settings, image))


def picture_runs(settings: GenerationSettings, wildcards: Wildcards) -> tuple[PictureRun, ...]:
    """The runs of a request in order: each picture's prompts are drawn by its own seed."""
    drawn = [_drawn(settings, index, wildcards) for index in range(settings.count)]
    runs: list[PictureRun] = []
    for (prompt, negative, *own), group in groupby(enumerate(drawn), key=lambda item: tuple(p.text for p in item[1])):
        members = list(group)
        first = members[0][0]
        changes: dict[str, Any] = {"prompt": prompt, "negative_prompt": negative, "count": len(members)}
        changes["regions"] = tuple(_spoken(use, *own[2 * place :]) for place, use in enumerate(settings.regions))
        notes = dict.fromkeys(note for _, prompts in members for each in prompts for note in each.notes)
        runs.append(PictureRun(settings.of_batch(first).with_changes(**changes), first, tuple(notes)))
    return tuple(runs)


def _drawn(settings: GenerationSettings, index: int, wildcards: Wildcards) -> tuple[Prompt, ...]:
    """Prompt and negative prompt of a picture, and then those of its regions."""
    seed = settings.of_batch(index).seed
    lots = [seed, *region_lots(seed, len(settings.regions))]
    own = [(use.prompt, use.negative_prompt) for use in settings.regions]
    pairs = [(settings.prompt, settings.negative_prompt), *own]
    both = (
        (parse(asked, lot, wildcards), negative_of(unwanted, lot, wildcards))
        for (asked, unwanted), lot in zip(pairs, lots, strict=True)
    )
    return tuple(chain.from_iterable(both))


def region_lots(seed: int, count: int) -> list[int]:
    """The seeds by which the prompts of so many regions are drawn in a picture with this seed."""
    return [(seed + place * _REGION_LOT) % (MAX_SEED + 1) for place in range(1, count + 1)]


def _spoken(use: RegionUse, prompt: str, negative: str, *_others: str) -> RegionUse:
    """A region with its prompts as they were drawn."""
    return use.with_changes(prompt=prompt, negative_prompt=negative)


def negative_of(text: str, seed: int, wildcards: Wildcards) -> Prompt:
    """What a negative prompt is with the seed of a picture."""
    return parse(text, (seed + _NEGATIVE_LOT) % (MAX_SEED + 1), wildcards)
