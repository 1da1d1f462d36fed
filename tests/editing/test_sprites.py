"""What of a document goes on a sprite sheet."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    PaintLayer,
    Pixels,
    Raster,
    frames,
    make_timeline,
    set_hold,
)
from studio.editing.sprites import Material, SpriteSource, material_of, sprites_of
from studio.editing.sprites import sprite_sources as sizes_of
from studio.generation import GenerationSettings
from studio.session import Session
from tests.fake_worker import FakeWorker

SIDE = 12


def sprite_sources(picture: Document, selected: Collection[str] = ()) -> dict[SpriteSource, int]:
    """How many sprites each choice gives."""
    return {source: len(sizes) for source, sizes in sizes_of(Material(picture, selected)).items()}


def layer(name: str, value: int, **fields: object) -> PaintLayer:
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[...] = (value, 0, 0, 255)
    return PaintLayer(name=name, raster=Raster.from_array(pixels, value % 8, 2), **fields)


def document(*layers: PaintLayer | GroupLayer) -> Document:
    return Document(width=SIDE, height=SIDE, layers=layers, active_id=layers[0].id)


def drawn(pixels: Pixels) -> int:
    """The one red that is seen."""
    (red,) = set(pixels[pixels[..., 3] == 255][:, 0])
    return int(red)


def test_results_are_drawn_alone_though_they_are_hidden() -> None:
    ground = layer("Ground", 9)
    results = [layer("A cat", 10 + number, visible=number == 2, settings="{}") for number in range(3)]
    picture = document(ground, *results)
    assert sprite_sources(picture) == {
        SpriteSource.RESULTS: 3,
        SpriteSource.VISIBLE: 2,
        SpriteSource.LAYERS: 4,
    }
    made = sprites_of(Material(picture), SpriteSource.RESULTS)
    assert [drawn(sprite.draw()) for sprite in made] == [12, 11, 10]  # the topmost is the first of a batch
    assert {sprite.draw().shape for sprite in made} == {(SIDE, SIDE, 4)}


def test_a_layer_that_blends_and_a_group_are_sprites_of_their_own() -> None:
    group = GroupLayer(name="Hero", children=(layer("Body", 20), layer("Hat", 28)))
    picture = document(layer("Glow", 30, blend_mode=BlendMode.DESTINATION_OUT, opacity=0.5), group)
    hero, glow = sprites_of(Material(picture), SpriteSource.LAYERS)
    assert (hero.name, drawn(hero.draw())) == ("Hero", 28)
    assert sorted(set(glow.draw()[..., 3].flat)) == [0, 128]


def test_selected_layers_inside_groups_count_once() -> None:
    inner = layer("Body", 20)
    group = GroupLayer(name="Hero", children=(inner, layer("Hat", 25)))
    other = layer("Sword", 40)
    picture = document(other, group)
    chosen = (inner.id, group.id, other.id)
    assert sprite_sources(picture, chosen)[SpriteSource.SELECTED] == 2
    assert [sprite.name for sprite in sprites_of(Material(picture, chosen), SpriteSource.SELECTED)] == ["Hero", "Sword"]
    assert SpriteSource.SELECTED not in sprite_sources(picture, (other.id,))


def test_frames_come_once_each_with_their_time_and_their_ground() -> None:
    steps = tuple(layer(f"Step {number}", 50 + number) for number in range(3))
    ground = PaintLayer(name="Ground", raster=Raster.from_array(np.full((2, 2, 4), 255, np.uint8)))
    group = GroupLayer(name="Walk", children=steps, isolated=False)
    picture = make_timeline(document(ground, group), (group.id,), name="Walk", frame_name="Step")
    picture = set_hold(picture, [frames(picture)[1].id], 3)
    assert next(iter(sprite_sources(picture))) is SpriteSource.FRAMES
    made = sprites_of(Material(picture), SpriteSource.FRAMES)
    tick = 1000 / picture.timeline.fps
    assert [sprite.duration for sprite in made] == [round(tick), round(3 * tick), round(tick)]
    for number, sprite in enumerate(made):
        pixels = sprite.draw()
        assert tuple(pixels[0, 0]) == (255, 255, 255, 255)
        assert pixels[3, (50 + number) % 8 + 1, 0] == 50 + number


def test_an_empty_document_has_nothing_for_a_sheet() -> None:
    assert sprite_sources(Document(width=SIDE, height=SIDE)) == {}


def test_results_that_wait_are_sprites_of_their_own_size_until_they_are_decided_about() -> None:
    worker = FakeWorker()
    session = Session(document(layer("Ground", 9)), worker)
    session.queue.places_results = lambda: False
    job = session.start(GenerationSettings(prompt="a cat", width=64, height=64, count=3))
    worker.finish()
    material = material_of(session)
    assert sizes_of(material)[SpriteSource.WAITING] == [(64, 64)] * 3
    first = sprites_of(material, SpriteSource.WAITING)[0]
    assert (first.name, first.draw().shape) == ("a cat", (64, 64, 4))
    session.queue.drop(job.id, (0,))
    assert len(material_of(session).waiting) == 2
