"""A plan before a model is loaded: which of its networks stay where, and in what, so that it fits. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from studio.engine.device.wish import MemoryWish
from studio.message import Message, in_turn
from studio.text.amounts import bytes_text

Role: TypeAlias = Literal["encoder", "denoiser", "vae", "beside", "before"]
"""``beside`` are networks that are no part of the model and stay on its device while it draws, such as control
networks; ``before`` is one that is there only before it draws."""
EncoderPlace: TypeAlias = Literal["stays", "leaves", "apart"]

_SPARE: Final = 0.05
"""Share of free memory that is left: estimates are no measurements, and memory falls into pieces."""
_KEPT_AT_HAND: Final = 0.1
"""Share of a streamed network that must be on the device whatever streams: what is not stored in 8 bits, and the
layer at work."""


@dataclass(frozen=True, kw_only=True)
class PartSize:
    """Bytes of one network's weights: in the number format that it works in, and with its matrices in 8 bits."""

    role: Role
    whole: int
    compact: int


@dataclass(frozen=True, kw_only=True)
class Work:
    """Bytes that work takes beside the weights: encoding a prompt, taking off noise, decoding at once or in tiles; and
    what is ``kept`` from then on, whatever is done."""

    encoding: int
    drawing: int
    decoding: int
    decoding_in_tiles: int
    kept: int = 0


@dataclass(frozen=True, kw_only=True)
class Room:
    """Free and total bytes of the device's memory, and free bytes of the processor's; ``swap`` bytes of the disk can
    stand in for the latter. ``is_shared`` says that both are one memory. ``takes_8_bits`` says that the device can hold
    numbers of 8 bits.
    """

    free: int
    total: int
    system_free: int
    is_shared: bool
    takes_8_bits: bool = True
    swap: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where the networks of a model are, see the constants below for the words.

    ``encoder``: text encoders stay on the device, leave it once they have encoded, or are never beside the denoiser: on
    a device with memory of its own they work on the processor, else both take turns. ``is_compact`` keeps the
    denoiser's matrices in 8 bits; of its weights ``streamed`` bytes wait in the processor's memory. ``is_tiled``
    decodes in tiles.

    ``peak`` are the most bytes of the device that are used, of ``room``; ``system_peak`` of the processor's memory
    beside that. ``weights`` are the most bytes of weights alone that are on the device at once. ``fits`` says whether
    there is as much.
    """

    room: Room
    encoder: EncoderPlace = "stays"
    is_compact: bool = False
    streamed: int = 0
    is_tiled: bool = False
    peak: int = 0
    system_peak: int = 0
    weights: int = 0

    @property
    def fits(self) -> bool:
        return self.peak <= _usable(self.room.free) and self.system_peak <= _usable(self.room.system_free)

    @property
    def slack(self) -> int:
        """Bytes of the device that could be used beside; negative where the plan does not fit."""
        return _usable(self.room.free) - self.peak

    def holds_as(self, other: Plan) -> bool:
        """Whether the networks of the model are held as by another plan."""
        return (self.encoder, self.is_compact, self.streamed) == (other.encoder, other.is_compact, other.streamed)

    @property
    def takes_turns(self) -> bool:
        """Whether text encoders and what draws are never in memory together."""
        return self.encoder == "apart" and self.room.is_shared

    @property
    def is_whole(self) -> bool:
        """Whether nothing is given up."""
        return self.encoder == "stays" and not (self.is_compact or self.streamed or self.is_tiled)

    @property
    def is_possible(self) -> bool:
        """Whether the weights have room at all; what work takes beside them is but an estimate."""
        room = self.room
        free = room.free + (room.swap if room.is_shared else 0)
        return self.weights <= free and self.system_peak <= room.system_free + room.swap

    @property
    def text(self) -> str:
        """The plan for a person, as a message."""
        return in_turn(*self._encoder_texts(), *self._denoiser_texts(), *self._end())

    def _encoder_texts(self) -> Iterator[Message]:
        if self.encoder == "leaves":
            yield Message(ENCODER_GIVEN_BACK if self.room.is_shared else ENCODER_MOVES)
        elif self.encoder == "apart":
            yield Message(TURNS if self.room.is_shared else ENCODER_ON_PROCESSOR)
        elif not self.is_compact and not self.streamed:
            yield Message(ALL_STAYS)

    def _denoiser_texts(self) -> Iterator[Message]:
        if self.is_compact:
            yield Message(COMPACT)
        if self.streamed:
            yield Message(STREAMED, size=bytes_text(self.streamed))

    def _end(self) -> Iterator[Message]:
        if self.is_tiled:
            yield Message(TILED)
        used, room = bytes_text(self.peak), bytes_text(self.room.total)
        yield Message(USED if self.fits else TOO_MUCH, used=used, room=room)


ALL_STAYS: Final = "The whole model stays in memory."
ENCODER_MOVES: Final = "The text encoder moves to the processor's memory after encoding."
ENCODER_GIVEN_BACK: Final = "The text encoder is given back after encoding, and read again for other words."
ENCODER_ON_PROCESSOR: Final = "The text encoder works on the processor."
TURNS: Final = "The text encoder and what draws take turns in memory; for other words both are read again."
COMPACT: Final = "What draws is kept in 8 bits, which changes pictures a little."
STREAMED: Final = "{size} of it wait in the processor's memory and come at each step, which is slower."
TILED: Final = "Pictures are decoded in tiles, which may show a little."
USED: Final = "About {used} of {room} are used at most."
TOO_MUCH: Final = "About {used} of {room} would be used: more than is free now."


def plan(parts: Sequence[PartSize], work: Work, room: Room, wish: MemoryWish = "auto", *, exact: bool = False) -> Plan:
    """The way to hold a model that gives up least and fits; the last one, which takes least, where none does.

    Given up is first what costs no picture anything, then what costs a little of it, and last what costs time at every
    step: see `_ways`. ``exact`` keeps the denoiser in its number format.
    """
    sizes = _Sizes(parts, work)
    ways = _ways(room, wish, exact=exact)
    if wish == "least":
        return sizes.of(replace(ways[-1], streamed=sizes.most_streamed(ways[-1])))
    # With less wished for, something is given up that need not be.
    found = [sizes.of(way) for way in ways[1 if wish == "less" else 0 :]]
    fitting = next((way for way in found if way.fits), found[-1])
    at_once = sizes.of(replace(fitting, is_tiled=False))
    return at_once if at_once.fits else fitting


def _ways(room: Room, wish: MemoryWish, *, exact: bool) -> list[Plan]:
    """From the whole model to the least of it."""
    whole = Plan(room=room)
    if wish == "whole":
        return [whole]
    leaves = replace(whole, encoder="leaves")
    apart = replace(whole, encoder="apart", is_tiled=True)
    ways = [whole, leaves, replace(leaves, is_tiled=True), apart]
    if room.takes_8_bits and not exact:
        ways.append(replace(apart, is_compact=True))
    if not room.is_shared:
        ways.append(replace(ways[-1], streamed=1))
    return ways


class _Sizes:
    """What the ways to hold a model take."""

    def __init__(self, parts: Sequence[PartSize], work: Work) -> None:
        self._encoder, self._whole = (_total(parts, role) for role in ("encoder", "denoiser"))
        self._always = _total(parts, "vae") + _total(parts, "beside")
        self._before = _total(parts, "before")
        self._compact = sum(part.compact for part in parts if part.role == "denoiser")
        self._work = work

    def of(self, way: Plan) -> Plan:
        """The way with what it takes; what it streams becomes as much as has to be, at least."""
        is_tiled = way.is_tiled and self._work.decoding_in_tiles < self._work.decoding
        way = replace(way, is_tiled=is_tiled, streamed=self._streamed(way))
        denoiser = self._denoiser(way) - way.streamed
        drawing = denoiser + self._always + self._at_work(way)
        if way.encoder != "apart":
            weights = self._encoder + denoiser + self._always
            stays = self._encoder if way.encoder == "stays" else 0
            return self._told(way, max(drawing + stays, weights + self._work.encoding), weights)
        if way.room.is_shared:
            encoding = self._encoder + self._always
            weights = max(denoiser, self._encoder) + self._always
            return self._told(way, max(drawing, encoding + self._work.encoding), weights)
        return self._told(way, drawing, denoiser + self._always)

    def most_streamed(self, way: Plan) -> int:
        """What can wait elsewhere while other layers work."""
        return 0 if way.room.is_shared else int(self._denoiser(way) * (1.0 - _KEPT_AT_HAND))

    def _streamed(self, way: Plan) -> int:
        if not way.streamed:
            return 0
        missing = self._denoiser(way) + self._always + self._at_work(way) + self._work.kept - _usable(way.room.free)
        return min(max(way.streamed, missing), self.most_streamed(way))

    def _denoiser(self, way: Plan) -> int:
        return self._compact if way.is_compact else self._whole

    def _at_work(self, way: Plan) -> int:
        decoding = self._work.decoding_in_tiles if way.is_tiled else self._work.decoding
        return max(self._work.drawing, decoding)

    def _told(self, way: Plan, peak: int, weights: int) -> Plan:
        system = way.streamed
        if way.encoder != "stays" and not way.room.is_shared:
            system += self._encoder + (self._work.encoding if way.encoder == "apart" else 0)
        weights += self._before
        return replace(way, peak=max(peak, weights) + self._work.kept, weights=weights, system_peak=system)


def _total(parts: Sequence[PartSize], role: Role) -> int:
    return sum(part.whole for part in parts if part.role == role)


def _usable(free: int) -> int:
    return int(free * (1.0 - _SPARE))
