"""A painter who does anything: actions by lot, each a value that does the same again to the same picture."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from studio.document import (
    BlendMode,
    Document,
    Grid,
    Label,
    Layer,
    LayerId,
    LoopMode,
    Raster,
    Rect,
    Region,
    filled_mask,
    frames,
    new_document,
    parent_of,
    replace_layer,
)
from studio.editing import (
    adjustments,
    clips,
    fill_layers,
    guides,
    layers,
    mask,
    picture,
    regions,
    ruling,
    selection,
    timeline,
    transforming,
)
from studio.errors import SettingError
from studio.files import open_document, save_document
from studio.history import StepKind
from studio.raster import masks
from studio.raster.brush import MakeStroke, Stroke
from studio.raster.brushes import retouching
from studio.raster.brushes.brush import Brush, Grain, Jitter, Tip
from studio.raster.brushes.heal import HealStroke
from studio.raster.brushes.smudge import SmudgeStroke
from studio.raster.brushes.symmetry import Symmetry
from studio.raster.filtering import filter_layer
from studio.raster.flood import FillEdge, flood_fill, flood_mask
from studio.raster.free_transform import FreeTransform, Mesh
from studio.raster.limits import MaskMode
from studio.raster.pouring import Gradient, laid_gradient, pour
from studio.raster.resample import Resampling
from studio.raster.transform import move_layer_around, move_layer_pixels
from studio.session import Session
from tests.editing.document_digest import digest
from tests.fake_worker import FakeWorker

WIDTH, HEIGHT = 300, 200
LARGEST_SIDE: Final = 420
MOST_LAYERS: Final = 10
ROOM: Final = Rect(-300, -300, 1100, 1000)
"""What lies beyond it is cut off now and then, for nothing else bounds what layers hold."""
HISTORY_BUDGET: Final = 24 * 1024**2
STEP: Final = StepKind("test", "Edit")
UNSTABLE: Final = {BlendMode.COLOR_DODGE, BlendMode.COLOR_BURN, BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOR}
"""Modes that magnify the last bit of a faint pixel, as tests of the compositor say."""
MODES: Final = [mode for mode in BlendMode if mode not in UNSTABLE]
ADJUSTMENTS: Final[dict[str, dict[str, object]]] = {
    "levels": {"rgb": [10, 245, 1.1, 5, 250]},
    "curves": {"rgb": [[0, 20], [120, 140], [255, 240]]},
    "brightness_contrast": {"brightness": 12, "contrast": -10},
    "hue_saturation": {"saturation": -20, "lightness": 5},
    "color_balance": {"midtones": [10, -5, 0]},
    "gradient_map": {},
    "blur": {"radius": 3.0},
    "sharpen": {"amount": 40, "radius": 1.5},
}


@dataclass(frozen=True)
class Action:
    """What is done, and the seed of all that is left to chance in it."""

    kind: str
    seed: int


def actions(seed: int, count: int) -> list[Action]:
    """So many actions, by the weights of `KINDS`."""
    lot = random.Random(seed)
    kinds = lot.choices(list(KINDS), [weight for weight, _do in KINDS.values()], k=count)
    return [Action(kind, lot.getrandbits(32)) for kind in kinds]


Show = Callable[[Document, Rect], object]


class Painter:
    """A session and a hand that acts on it.

    ``show`` is given what is to be seen of a stroke under way, and where it changed, as the canvas is. ``refused`` and
    ``done`` count the actions by kind; an action that makes no sense on the picture is refused as it is
    for a person, with a `SettingError`.
    """

    def __init__(self, folder: Path, show: Show = lambda _document, _near: None) -> None:
        self.folder = folder
        self.show = show
        self.session = Session(new_document(WIDTH, HEIGHT), FakeWorker(), history_budget=HISTORY_BUDGET)
        self.lot = random.Random(0)
        self.clip: clips.Clip | None = None
        self.done: dict[str, int] = dict.fromkeys(KINDS, 0)
        self.refused: dict[str, int] = dict.fromkeys(KINDS, 0)

    def do(self, action: Action) -> None:
        self.lot = random.Random(action.seed)
        before = self.document
        try:
            KINDS[action.kind][1](self)
        except SettingError:
            self.refused[action.kind] += 1
            assert self.document is before, f"{action} was refused and changed the picture"
        else:
            self.done[action.kind] += self.document is not before

    @property
    def document(self) -> Document:
        return self.session.document

    def apply(self, document: Document) -> None:
        self.session.apply(STEP, document)

    # --- chance -----------------------------------------------------------------------------------

    def any_layer(self) -> LayerId:
        """One of all layers; `SettingError` if there is none."""
        return self._one_of(list(self.document.walk()))

    def painted_layer(self) -> Layer:
        """A layer that can be painted on now, the active one mostly."""
        document, active = self.document, self.document.active_layer
        if active is not None and active.raster is not None and not active.locked and self.lot.random() < 0.7:
            return active
        return document.find(self._one_of([each for each in document.walk() if each.raster and not each.locked]))

    def some_layers(self) -> tuple[LayerId, ...]:
        found = [layer.id for layer in self.document.walk()]
        return tuple(self.lot.sample(found, min(len(found), self.lot.randint(1, 3))))

    def make_room(self) -> None:
        """Refuse what makes more layers where there are many."""
        if sum(1 for _ in self.document.walk()) >= MOST_LAYERS:
            raise SettingError("There are many layers.")

    def rgba(self) -> tuple[int, int, int, int]:
        red, green, blue = (self.lot.randrange(256) for _ in range(3))
        return red, green, blue, self.lot.choice((255, 255, 120))

    def point(self) -> tuple[float, float]:
        """Somewhere on the canvas, or a little beside it."""
        return self.lot.uniform(-20, self.document.width + 20), self.lot.uniform(-20, self.document.height + 20)

    def pixel(self) -> tuple[int, int]:
        return self.lot.randrange(self.document.width), self.lot.randrange(self.document.height)

    def rect(self) -> Rect:
        x, y = self.pixel()
        return Rect(x - 20, y - 20, self.lot.randint(5, 200), self.lot.randint(5, 150))

    def mode(self) -> MaskMode:
        return self.lot.choice(list(MaskMode))

    def _one_of(self, found: list[Layer]) -> LayerId:
        if not found:
            raise SettingError("There is no such layer.")
        return self.lot.choice(found).id


Do = Callable[[Painter], None]

# --- strokes --------------------------------------------------------------------------------------


def brushes(hand: Painter) -> Brush:
    """A brush of any kind."""
    lot = hand.lot
    common = {
        "diameter": lot.choice((1.0, 6.0, 14.0, 25.0, 60.0)),
        "hardness": lot.random(),
        "opacity": lot.choice((1.0, 0.5)),
        "flow": lot.choice((1.0, 0.3)),
        "spacing": lot.choice((0.2, 0.5)),
        "rgba": hand.rgba(),
        "smoothing": lot.choice((0.0, 0.5)),
        "rope": lot.choice((0.0, 0.0, 8.0)),
        "eraser": lot.random() < 0.15,
    }
    shaped = lot.choice(
        (
            {},
            {},
            {"pressure_opacity": True},
            {"tip": Tip(kind="square"), "angle": 30.0, "roundness": 0.5, "follows": "stroke"},
            {"tip": Tip(kind="bristle"), "scatter": 0.5},
            {"jitter": Jitter(size=0.5, angle=1.0, opacity=0.3, hue=0.4, saturation=0.3, brightness=0.2)},
            {"grain": Grain(kind="paper")},
            {"grain": Grain(kind="canvas", scale=2.0), "roundness": 0.3, "follows": "tilt"},
        )
    )
    return Brush(**{**common, **shaped})


def drawn(
    hand: Painter,
    make: MakeStroke,
    raster: Raster,
    placed: Callable[[Raster], Document],
    *,
    clip: Raster | None,
    lock_alpha: bool = False,
) -> Raster:
    """A raster with a stroke over it, which is shown while it is drawn; itself if the stroke is dropped in the end."""
    lot, canvas = hand.lot, hand.document.canvas
    middle = Symmetry(x=canvas.width / 2, y=canvas.height / 2, across=True, down=lot.random() < 0.5)
    symmetry = middle if lot.random() < 0.15 else None
    around = canvas if lot.random() < 0.1 else None
    seed = lot.getrandbits(32)
    stroke = make(raster, brushes(hand), clip=clip, around=around, lock_alpha=lock_alpha, symmetry=symmetry, seed=seed)
    x, y = hand.point()
    for step in range(lot.randint(1, 4)):
        stroke.move_to(x, y, lot.uniform(0.2, 1.0), tilt=lot.random(), azimuth=lot.uniform(0, 6), time=step * 0.02)
        x, y = x + lot.uniform(-60, 60), y + lot.uniform(-60, 60)
        hand.show(placed(stroke.raster()), stroke.take_area())
    if lot.random() < 0.1:
        hand.session.document_changed.emit(hand.document, hand.document)
        return raster
    after = stroke.commit()
    hand.show(placed(after), stroke.take_area())
    return after


def stroke(hand: Painter, kind: Callable[[Painter, Raster], MakeStroke] = lambda _hand, _raster: Stroke) -> None:
    """On the pixels of a layer, within the selection."""
    layer = hand.painted_layer()
    before = layer.raster
    assert before is not None
    placed = partial(_on_layer, hand.document, layer.id, "raster")
    limit = hand.document.edit_limit
    after = drawn(hand, kind(hand, before), before, placed, clip=limit, lock_alpha=layer.alpha_locked)
    if after is not before:
        hand.apply(replace_layer(hand.document, layer.id, raster=after).with_active(layer.id))


def smudging(_hand: Painter, _raster: Raster) -> MakeStroke:
    return SmudgeStroke


def cloning(hand: Painter, raster: Raster) -> MakeStroke:
    shift = hand.lot.randint(-80, 80), hand.lot.randint(-80, 80)
    make = hand.lot.choice((Stroke, HealStroke))
    return partial(make, source=retouching.moved_tiles(retouching.reading(raster), *shift))


def touching_up(hand: Painter, raster: Raster) -> MakeStroke:
    read = retouching.reading(raster)
    sources = (
        partial(retouching.blurred_tiles, radius=4.0),
        partial(retouching.sharpened_tiles, radius=3.0),
        partial(retouching.toned_tiles, lighter=True),
        partial(retouching.toned_tiles, lighter=False, tones="shadows"),
    )
    return partial(Stroke, source=hand.lot.choice(sources)(read))


def stroke_on_layer_mask(hand: Painter) -> None:
    masked = [layer for layer in hand.document.walk() if layer.mask is not None and not layer.locked]
    layer = hand.document.find(hand._one_of(masked))
    assert layer.mask is not None
    placed = partial(_on_layer, hand.document, layer.id, "mask")
    after = drawn(hand, Stroke, layer.mask, placed, clip=hand.document.edit_limit)
    if after is not layer.mask:
        hand.apply(replace_layer(hand.document, layer.id, mask=after))


def stroke_on_generation_mask(hand: Painter) -> None:
    before = hand.document.generation_mask
    placed = hand.document.with_generation_mask
    after = drawn(hand, Stroke, before, placed, clip=filled_mask(hand.document.canvas))
    if after is not before:
        hand.apply(placed(after))


def _on_layer(document: Document, layer_id: LayerId, part: str, raster: Raster) -> Document:
    return replace_layer(document, layer_id, **{part: raster})


# --- fills ----------------------------------------------------------------------------------------


def fill(hand: Painter) -> None:
    layer, lot = hand.painted_layer(), hand.lot
    assert layer.raster is not None
    edge = FillEdge(grow=lot.choice((0, 2, -1)), feather=lot.choice((0, 3)), antialias=lot.random() < 0.5)
    after = flood_fill(
        hand.document,
        layer.raster,
        hand.pixel(),
        hand.rgba(),
        tolerance=lot.choice((0, 20, 80)),
        contiguous=lot.random() < 0.7,
        sample_merged=lot.random() < 0.5,
        edge=edge,
        clip=hand.document.edit_limit,
        lock_alpha=layer.alpha_locked,
        around=lot.random() < 0.1,
        gap=lot.choice((0, 0, 4)),
    )
    hand.apply(replace_layer(hand.document, layer.id, raster=after))


def gradient(hand: Painter) -> None:
    layer, lot = hand.painted_layer(), hand.lot
    assert layer.raster is not None
    second = hand.rgba() if lot.random() < 0.5 else None
    laid = Gradient(
        start=hand.point(), end=hand.point(), first=hand.rgba(), second=second, is_radial=lot.random() < 0.5
    )
    area, limit = hand.document.canvas, hand.document.edit_limit
    after = laid_gradient(layer.raster, laid, area, clip=limit, lock_alpha=layer.alpha_locked)
    hand.apply(replace_layer(hand.document, layer.id, raster=after))


def shape(hand: Painter) -> None:
    layer = hand.painted_layer()
    assert layer.raster is not None
    limit = hand.document.edit_limit
    after = pour(layer.raster, filled_mask(hand.rect()), hand.rgba(), clip=limit, lock_alpha=layer.alpha_locked)
    hand.apply(replace_layer(hand.document, layer.id, raster=after))


def filtered(hand: Painter) -> None:
    layer = hand.painted_layer()

    def inverted(pixels: np.ndarray) -> np.ndarray:
        return np.concatenate([255 - pixels[..., :3], pixels[..., 3:]], axis=2)

    hand.apply(filter_layer(hand.document, layer.id, inverted))


# --- selection and masks --------------------------------------------------------------------------


def select_shape(hand: Painter) -> None:
    drawn_shape = filled_mask(hand.rect(), hand.lot.choice((255, 255, 130)))
    made = masks.combine(hand.document.selection, drawn_shape, hand.mode())
    kept = made if not made.bounds().intersected(hand.document.canvas).is_empty else Raster(channels=1)
    hand.apply(hand.document.with_selection(kept))


def select_wand(hand: Painter) -> None:
    found = flood_mask(hand.document, None, hand.pixel(), tolerance=hand.lot.choice((5, 60)), contiguous=True)
    hand.apply(hand.document.with_selection(found))


def change_selection(hand: Painter) -> None:
    lot, document = hand.lot, hand.document
    radius = lot.randint(1, 9)
    changes = (selection.grown, selection.shrunk, selection.feathered, selection.bordered, selection.smoothed)
    whole = (selection.inverted, selection.to_mask, selection.from_mask)
    change = lot.choice((*changes, *whole))
    hand.apply(change(document, radius) if change in changes else change(document))


def select_by_layer(hand: Painter) -> None:
    selection.select_by_layer(hand.session, hand.any_layer(), hand.lot.choice(("pixels", "mask")), hand.mode())


def select_simply(hand: Painter) -> None:
    hand.lot.choice((selection.select_all, selection.deselect, selection.deselect, selection.reselect))(hand.session)


def change_generation_mask(hand: Painter) -> None:
    session, radius = hand.session, hand.lot.randint(1, 8)
    changes: tuple[Callable[[], None], ...] = (
        partial(mask.mask_everything, session),
        partial(mask.clear_mask, session),
        partial(mask.invert_mask, session),
        partial(mask.grow_mask, session, radius),
        partial(mask.shrink_mask, session, radius),
        partial(mask.feather_mask, session, float(radius)),
        partial(mask.mask_from_layer, session),
    )
    hand.lot.choice(changes)()


def change_layer_mask(hand: Painter) -> None:
    changes = (
        layers.add_mask,
        layers.add_mask,
        layers.add_mask_from_generation_mask,
        layers.apply_mask,
        layers.delete_mask,
        layers.invert_layer_mask,
        layers.toggle_mask,
    )
    hand.lot.choice(changes)(hand.session, hand.any_layer())


# --- layers ---------------------------------------------------------------------------------------


def add_layer(hand: Painter) -> None:
    hand.make_room()
    session = hand.session
    makers: tuple[Callable[[], object], ...] = (
        partial(layers.add_paint_layer, session),
        partial(layers.add_group, session),
        partial(layers.add_layer_from_visible, session),
        partial(fill_layers.add, session, hand.rgba()[:3]),
        partial(layers.duplicate_layers, session, (hand.any_layer(),)),
        partial(layers.copy_over_above_active, session, hand.document, (hand.any_layer(),)),
    )
    hand.lot.choice(makers)()


def adjust(hand: Painter) -> None:
    kind = hand.lot.choice(list(ADJUSTMENTS))
    adjusted = [layer for layer in hand.document.walk() if layer.adjustment is not None]
    if adjusted and hand.lot.random() < 0.6:
        layer = hand.document.find(hand._one_of(adjusted))
        edit = adjustments.begin(hand.session.current, layer.id)
        assert layer.adjustment is not None
        kind = layer.adjustment.kind
    else:
        hand.make_room()
        edit = adjustments.add(hand.session.current, kind, "Adjustment {number}")
    edit.set({})
    edit.set(ADJUSTMENTS[kind])
    if hand.lot.random() < 0.2:
        edit.cancel()


def remove_layers(hand: Painter) -> None:
    if sum(1 for _ in hand.document.walk()) > 2:
        layers.delete_layers(hand.session, (hand.any_layer(),))


def merge(hand: Painter) -> None:
    lot = hand.lot.random()
    if lot < 0.85:
        layers.merge_down(hand.session, hand.any_layer())
    elif lot < 0.97:
        layers.merge_visible(hand.session)
    else:
        layers.flatten_picture(hand.session)


def group(hand: Painter) -> None:
    document = hand.document
    if hand.lot.random() < 0.5:
        layers.ungroup_layer(hand.session, hand.any_layer())
        return
    hand.make_room()
    chosen = hand.some_layers()
    if len({parent_of(document, each) for each in chosen}) == 1:
        layers.group_selected(hand.session, chosen)


def order(hand: Painter) -> None:
    document, lot = hand.document, hand.lot
    if lot.random() < 0.5:
        layers.shift_layer(hand.session, hand.any_layer(), lot.randint(-3, 3))
        return
    moved = hand.any_layer()
    inside = {each.id for each in document.find(moved).walk()}
    groups = [each.id for each in document.walk() if each.is_group and each.id not in inside]
    layers.move_layers(hand.session, (moved,), lot.choice([None, *groups]), None)


def attributes(hand: Painter) -> None:
    session, lot, layer_id = hand.session, hand.lot, hand.any_layer()
    layer, one = hand.document.find(layer_id), (layer_id,)
    changes: tuple[Callable[[], None], ...] = (
        partial(layers.set_visible, session, one, not layer.visible),
        partial(layers.set_visible, session, hand.some_layers(), True),
        partial(layers.show_alone, session, layer_id),
        partial(layers.set_locked, session, one, lot.random() < 0.3),
        partial(layers.set_alpha_locked, session, one, lot.random() < 0.4),
        partial(layers.set_label, session, one, lot.choice(list(Label))),
        partial(layers.set_clipped, session, one, lot.random() < 0.6),
        partial(layers.set_opacity, session, one, round(lot.random(), 3), lot.choice((None, "opacity:1"))),
        partial(layers.set_blend_mode, session, one, lot.choice(MODES)),
        partial(layers.rename_layer, session, layer_id, lot.choice(("海", "Sky <&>", "a" * 40))),
    )
    lot.choice(changes)()


def fill_layer(hand: Painter) -> None:
    layer_id = hand._one_of([layer for layer in hand.document.walk() if layer.color is not None])
    if hand.lot.random() < 0.7:
        fill_layers.set_color(hand.session, layer_id, hand.rgba()[:3])
    else:
        fill_layers.rasterise(hand.session, layer_id)


def isolate(hand: Painter) -> None:
    """Let the layers of a group blend with what lies below it, or not."""
    found = hand.document.find(hand._one_of([layer for layer in hand.document.walk() if layer.is_group]))
    hand.apply(replace_layer(hand.document, found.id, isolated=found.passes_through))


def generate(hand: Painter) -> None:
    """Say what is drawn after, and where."""
    session, lot, layer_id = hand.session, hand.lot, hand.any_layer()
    if lot.random() < 0.3:
        regions.add(session, layer_id)
    elif lot.random() < 0.5:
        regions.change(session, Region(layer_id=layer_id, prompt="海 <&>", enabled=lot.random() < 0.5))
    elif lot.random() < 0.5:
        regions.remove(session, layer_id)
    elif len(hand.document.guides) < 3:
        guides.add(session, layer_id, "canny")
    else:
        guides.remove(session, lot.choice(hand.document.guides).id)


def animate(hand: Painter) -> None:
    """Anything that the timeline offers."""
    session, lot = hand.session, hand.lot
    found = [frame.id for frame in frames(hand.document)]
    if not found:
        hand.make_room()
        timeline.make(session, lot.choice(((), hand.some_layers())))
        return
    some = tuple(lot.sample(found, min(len(found), lot.randint(1, 2))))
    changes: tuple[Callable[[], object], ...] = (
        partial(timeline.remove, session),
        partial(timeline.add, session),
        partial(timeline.duplicate, session, some),
        partial(timeline.delete, session, some),
        partial(timeline.move, session, some, lot.randint(0, len(found))),
        partial(timeline.reverse, session, some),
        partial(timeline.hold, session, some, lot.randint(1, 5)),
        partial(timeline.rate, session, lot.choice((8.0, 12.0, 23.976))),
        partial(timeline.loop, session, lot.choice(list(LoopMode))),
        partial(timeline.step, session, lot.choice((1, -1, 2))),
        partial(timeline.show_end, session, last=lot.random() < 0.5),
    )
    if sum(1 for _ in hand.document.walk()) >= MOST_LAYERS:
        changes = (changes[0], *changes[3:])
    lot.choice(changes)()


def choose(hand: Painter) -> None:
    hand.session.select_layer(hand.any_layer())


# --- geometry -------------------------------------------------------------------------------------


def transform(hand: Painter) -> None:
    document, lot = hand.document, hand.lot
    what = lot.choice(("layers", "layers", "layers", "layer_mask", "generation_mask"))
    subject = transforming.subject_of(document, what, hand.some_layers())
    box = transforming.box_of(document, subject)
    most = 1.3 if max(box.width, box.height) < 400 else 0.8
    changed = FreeTransform(
        box=box,
        center=(lot.uniform(0, document.width), lot.uniform(0, document.height)),
        scale_x=lot.uniform(0.4, most) * lot.choice((1, 1, -1)),
        scale_y=lot.uniform(0.4, most),
        angle=lot.choice((0.0, 90.0, lot.uniform(-180, 180))),
        skew=lot.choice((0.0, 0.0, 20.0)),
    )
    bent = lot.random()
    if bent < 0.2:
        changed = FreeTransform(**{**changed.__dict__, "corners": ((0.1, 0.0), (0.9, 0.1), (1.0, 1.0), (0.0, 0.9))})
    elif bent < 0.4:
        changed = FreeTransform(**{**changed.__dict__, "mesh": Mesh.plain(3).moved(5, (0.4, 0.3))})
    hand.apply(transforming.transformed(document, subject, changed, lot.choice(list(Resampling))))


def turn_layers(hand: Painter) -> None:
    if hand.lot.random() < 0.5:
        transforming.flip_layers(hand.session, hand.some_layers(), hand.lot.choice(("horizontal", "vertical")))
    else:
        transforming.turn_layers(hand.session, hand.some_layers(), hand.lot.choice((1, 2, 3)))


def move(hand: Painter) -> None:
    layer = hand.document.find(hand.any_layer())
    if layer.can_move and not layer.locked:
        change = move_layer_around if hand.lot.random() < 0.2 else move_layer_pixels
        hand.apply(change(hand.document, layer.id, hand.lot.randint(-60, 60), hand.lot.randint(-60, 60)))


def change_canvas(hand: Painter) -> None:
    document, lot = hand.document, hand.lot
    x, y = lot.randint(-40, 60), lot.randint(-40, 60)
    frame = Rect(x, y, lot.randint(120, LARGEST_SIDE), lot.randint(100, LARGEST_SIDE))
    changes: tuple[Callable[[], Document], ...] = (
        partial(picture.cropped, document, frame, keep_outside=lot.random() < 0.5),
        partial(picture.resized, document, lot.randint(100, LARGEST_SIDE), lot.randint(100, LARGEST_SIDE)),
        partial(picture.reframed, document, frame),
        partial(picture.flipped_horizontally, document),
        partial(picture.flipped_vertically, document),
        partial(picture.rotated, document, lot.choice((1, 2, 3))),
    )
    after = lot.choice(changes)()
    boxes = [raster.tile_bounds() for raster in after.rasters()]
    if any(box.intersected(ROOM) != box for box in boxes):
        after = picture.cropped(after, after.canvas)
    hand.apply(after)


def rule(hand: Painter) -> None:
    if hand.lot.random() < 0.5:
        ruling.set_line(hand.session, hand.lot.choice(("upright", "level")), hand.lot.randint(0, 300))
    elif hand.lot.random() < 0.5:
        ruling.set_grid(hand.session, Grid(width=hand.lot.randint(8, 64), height=hand.lot.randint(8, 64)))
    else:
        ruling.remove_lines(hand.session)


# --- clipboard, history, files --------------------------------------------------------------------


def copy(hand: Painter) -> None:
    """Copy, or cut."""
    take = hand.lot.choice((clips.copy_layer, clips.copy_merged))
    hand.clip = take(hand.document) or hand.clip
    if hand.lot.random() < 0.4:
        hand.apply(clips.cleared(hand.document))


def paste(hand: Painter) -> None:
    hand.make_room()
    if hand.clip is not None:
        hand.apply(clips.with_pasted(hand.document, clips.centred(hand.clip, hand.document.canvas), "Paste"))


def undo(hand: Painter) -> None:
    """Some steps back; on the way, what is undone and redone is the very same picture."""
    for _ in range(hand.lot.randint(1, 4)):
        before, can_undo = hand.document, hand.session.history.can_undo
        hand.session.undo()
        if can_undo:
            hand.session.redo()
            assert hand.document is before
            hand.session.undo()


def redo(hand: Painter) -> None:
    for _ in range(hand.lot.randint(1, 3)):
        hand.session.redo()


def go_back(hand: Painter) -> None:
    """Any step of the last ones."""
    count = len(hand.session.history.steps)
    hand.session.go_to(hand.lot.randrange(max(0, count - 8), count))


def reopen(hand: Painter) -> None:
    """Save, close, and open again: nothing may differ."""
    path, before = hand.folder / "picture.ora", hand.session.current
    assert save_document(hand.document, path) == ()
    hand.session.mark_saved(before, path, hand.document)
    assert not before.is_modified
    opened = open_document(path)
    assert opened.notes == ()
    assert digest(opened.document) == digest(before.document), "the file holds another picture"
    hand.session.open_document(opened.document, StepKind("test", "Open"), path=path)
    if before in hand.session.documents:
        hand.session.close(before, new_document(WIDTH, HEIGHT))


KINDS: Final[dict[str, tuple[float, Do]]] = {
    "stroke": (16, stroke),
    "smudge": (3, partial(stroke, kind=smudging)),
    "clone": (3, partial(stroke, kind=cloning)),
    "retouch": (3, partial(stroke, kind=touching_up)),
    "stroke on a layer mask": (3, stroke_on_layer_mask),
    "stroke on the generation mask": (2, stroke_on_generation_mask),
    "fill": (3, fill),
    "gradient": (2, gradient),
    "shape": (3, shape),
    "filter": (1, filtered),
    "select a shape": (3, select_shape),
    "select by colour": (1, select_wand),
    "change the selection": (2, change_selection),
    "select by a layer": (1, select_by_layer),
    "select simply": (4, select_simply),
    "change the generation mask": (2, change_generation_mask),
    "change a layer mask": (5, change_layer_mask),
    "add a layer": (6, add_layer),
    "adjust": (4, adjust),
    "remove layers": (2, remove_layers),
    "merge": (3, merge),
    "group": (3, group),
    "order": (4, order),
    "attributes": (12, attributes),
    "fill layer": (2, fill_layer),
    "isolate": (2, isolate),
    "generate": (2, generate),
    "animate": (6, animate),
    "choose": (4, choose),
    "transform": (3, transform),
    "turn layers": (2, turn_layers),
    "move": (3, move),
    "change the canvas": (2, change_canvas),
    "rule": (1, rule),
    "copy": (2, copy),
    "paste": (2, paste),
    "undo": (10, undo),
    "redo": (7, redo),
    "go back": (2, go_back),
    "reopen": (0.7, reopen),
}
