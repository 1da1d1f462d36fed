"""Every dialog of the window, opened as a person opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from studio.api import FilterSpec
from studio.app import Studio
from studio.document import Rect, filled_mask
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.overrides import Override
from studio.files.gallery.values import GalleryEntry
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.ui.dialogs.grid import GridDialog
from studio.ui.dialogs.models.treat_as import TreatAsDialog
from studio.ui.dialogs.prompts import WindowPrompts
from studio.ui.dialogs.report import ReportDialog
from studio.ui.dialogs.vary import VaryDialog
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.window.fault_reports import FaultReports

MODEL = ModelInfo(id="ink", name="Ink", path=Path("ink.safetensors"), family="sd1", format="single_file", size=1)
KEPT = tuple(
    GalleryEntry(
        id=seed,
        file=f"{seed}.png",
        created=0.0,
        prompt="a beach",
        model="starter",
        tool="text_to_image",
        seed=seed,
        width=64,
        height=64,
        rating=0,
        settings=GenerationSettings(prompt="a beach " * seed * 20, seed=seed).json(),
    )
    for seed in (1, 2)
)
Opener = Callable[[Studio], object]
_ACTIONS = (
    *("file.new", "file.export_sprites", "image.resize", "image.canvas_size", "image.upscale", "view.grid_cells"),
    *("layer.adjust_levels", "layer.adjust_curves", "layer.adjust_color_balance", "layer.adjust_gradient_map"),
    *("mask.grow", "mask.shrink", "mask.feather", "brush.edit", "brush.save_as"),
    *("edit.preferences", "plugins.manage", "plugins.models", "plugins.engine", "help.contents", "help.about"),
)
_NOTHING = Path("a name that is rather long for a file.ora")


def prompts(studio: Studio) -> WindowPrompts:
    return WindowPrompts(studio.window, studio.store)


def fault(studio: Studio) -> None:
    FaultReports(studio.paths.data, studio.window)._show("RuntimeError: nothing happened")


def plugin_question(studio: Studio) -> None:
    manifest = SimpleNamespace(
        name="Waves", version="1.2", author="Somebody", description="Draws waves.", permissions=("network",), uses=()
    )
    dialog = studio.window.services.show_plugins()
    offer = SimpleNamespace(manifest=manifest, replaces=None, source=Path("waves.zip"), missing=("waves-library>=2",))
    dialog._ask_installation(offer)


def report(studio: Studio) -> None:
    open_dialog(ReportDialog("Traceback", studio.paths.data / "report.txt", studio.window))


def model_folder(studio: Studio) -> None:
    studio.window.services.show_models().folders.add_button.click()


def civitai_token(studio: Studio) -> None:
    page = studio.window.services.show_models().get
    page.address.setText("https://civitai.com/models/5")
    page.token_button.click()


def treat_model(studio: Studio) -> None:
    page = studio.window.services.show_models().installed
    open_dialog(TreatAsDialog(page.rows.model_at(0) or MODEL, Override(), page))


def guide_values(studio: Studio) -> None:
    studio.window.actions_by_id["layer.control"].trigger()
    studio.window.docks.generate.guides.rows[-1].values_button.click()


def grid(studio: Studio) -> None:
    studio.window.actions_by_id["generate.grid"].trigger()
    (dialog,) = (each for each in studio.window.findChildren(GridDialog) if each.isVisible())
    dialog.rows[0].show_axis("seed", "1-4")  # it begins with seeds by lot
    dialog.look()


OPENERS: dict[str, Opener] = {
    **{name: (lambda studio, name=name: studio.window.actions_by_id[name].trigger()) for name in _ACTIONS},
    "open": lambda studio: prompts(studio).open_paths("Open", Path.home(), "Pictures (*.png)", print),
    "open one": lambda studio: prompts(studio).open_path("Install a plugin", Path.home(), "Plugins (*.zip)", print),
    "folder": lambda studio: prompts(studio).open_folder("Choose a folder of pictures", Path.home(), print),
    "save": lambda studio: prompts(studio).save_path("Export animation", _NOTHING, "GIF (*.gif)", "gif", print),
    "unsaved changes": lambda studio: prompts(studio).unsaved_changes(_NOTHING.name, print),
    "several unsaved": lambda studio: prompts(studio).several_unsaved([_NOTHING.name, "Untitled 2"], print),
    "losses": lambda studio: prompts(studio).losses("beach.psd", ["The generation mask is not kept."] * 9, print),
    "stop installing": lambda studio: prompts(studio).stop_installing(print),
    "fault": fault,
    "report": report,
    "plugin question": plugin_question,
    "model folder": model_folder,
    "treat a model": treat_model,
    "token of Civitai": civitai_token,
    "make a control layer": lambda studio: studio.window.actions_by_id["layer.make_control"].trigger(),
    "values of a control layer": guide_values,
    "grid": grid,
    "settings of two pictures": lambda studio: studio.window.docks.gallery._compare(*KEPT),
    "variations": lambda studio: open_dialog(VaryDialog(studio.window)),
    "add a LoRA": lambda studio: studio.window.docks.generate.loras.pick(),
    "mask colour": lambda studio: studio.window.docks.tool_options.form("mask_view").widget_of("color").ask(),
    "onion colour": lambda studio: studio.window.docks.timeline.onion_menu._ask_color(
        "tint_before", studio.window.docks.timeline.onion_menu.tint_before
    ),
}


def with_mask(studio: Studio) -> None:
    document = studio.session.document
    studio.session.apply(StepKind("test", "Paint mask"), document.with_generation_mask(filled_mask(Rect(8, 8, 40, 40))))


def filters(studio: Studio) -> list[str]:
    return list(studio.catalogue.specs(FilterSpec))


def opened(studio: Studio, open_it: Opener) -> QDialog:
    """Open a dialog; the one that is in front then."""
    before = _dialogs()
    open_it(studio)
    QApplication.processEvents()
    (*_, front) = [dialog for dialog in _dialogs() if dialog not in before]
    return front


def close(studio: Studio) -> None:
    for dialog in reversed(_dialogs()):
        dialog.reject()
    QApplication.sendPostedEvents(None, 52)  # what is to be deleted later
    QApplication.processEvents()


def _dialogs() -> list[QDialog]:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
    return sorted(found, key=_depth)


def _depth(widget: QObject) -> int:
    parent = widget.parent()
    return 0 if not isinstance(parent, QWidget) else 1 + _depth(parent)
