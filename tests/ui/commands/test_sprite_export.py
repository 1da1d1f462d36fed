"""File > Export Sprite Sheet, through its form and the menu."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import Document, PaintLayer, Raster
from studio.editing.sprites import SpriteSource
from studio.history import StepKind
from studio.ui.dialogs.sprite_sheet import SpriteSheetDialog
from tests.ui.shell_fakes import FakePrompts

SIDE = 16


def results(count: int, side: int = SIDE) -> Document:
    """A picture with some generated layers, of which one is shown."""
    layers = tuple(
        PaintLayer(
            name="a cat",
            raster=Raster.from_array(np.full((8, 8, 4), 255, np.uint8), number, number),
            visible=number == 0,
            settings="{}",
        )
        for number in range(count)
    )
    return Document(width=side, height=side, layers=layers, active_id=layers[0].id if layers else None)


def dialog_for(studio: Studio, document: Document) -> SpriteSheetDialog:
    studio.session.apply(StepKind("test", "Generate"), document)
    studio.window.actions_by_id["file.export_sprites"].trigger()
    (dialog,) = studio.window.findChildren(SpriteSheetDialog)
    return dialog


def test_results_become_a_sheet(qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path) -> None:
    prompts.save_as = tmp_path / "cats.png"
    dialog = dialog_for(studio, results(4))
    assert dialog.source.currentData() == SpriteSource.RESULTS
    assert "2 × 2 cells" in dialog.about.text()
    assert "34 × 34" in dialog.about.text()
    dialog.options.set_values({**dialog.options.values(), "padding": 0, "power_of_two": True, "columns": 4})
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "cats.png is written" in "".join(studio.window.notices.texts()))
    described = json.loads((tmp_path / "cats.json").read_text("utf-8"))
    assert described["meta"]["size"] == {"w": 64, "h": 16}
    assert [entry["frame"]["x"] for entry in described["frames"]] == [0, 16, 32, 48]
    assert not studio.session.current.path
    again = dialog_for(studio, results(2))
    assert again.options.values()["power_of_two"] is True
    again.reject()


def test_a_sheet_that_would_be_too_large_is_told_before_a_file_is_asked_for(studio: Studio) -> None:
    dialog = dialog_for(studio, results(5, side=9000))
    assert "16384" in dialog.problem.text()
    assert not dialog.accept_button.isEnabled()
    dialog.options.set_values({**dialog.options.values(), "trim": "each"})
    dialog.options.changed.emit()
    assert dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_picture_without_layers_has_nothing_for_a_sheet(studio: Studio) -> None:
    dialog = dialog_for(studio, results(0))
    assert "nothing to put" in dialog.problem.text()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "level.png"
    (tmp_path / "level.json").write_text("[]")
    dialog_for(studio, results(2)).accept_button.click()
    qtbot.waitUntil(lambda: "level.json is there already" in "".join(studio.window.notices.texts()))
    assert (tmp_path / "level.json").read_text() == "[]"
