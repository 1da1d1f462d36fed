"""What the Models window reads of the main window, and changes in it."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QImage

from studio.document import Document
from studio.session import Session
from studio.ui.dialogs.models.use import ModelUse
from studio.ui.panels.thumbnails import image_of
from studio.ui.window.docks import Docks


def model_use(session: Session, docks: Docks) -> ModelUse:
    """The model of the Generate panel, and the picture that is open."""
    return ModelUse(
        chosen=lambda: docks.generate.settings().model,
        choose=docks.generate.choose_model,
        picture=lambda: partial(_picture, session.document),
    )


def _picture(document: Document) -> QImage:
    """A picture as one sees it; called on any thread."""
    from studio.raster.compose import compose  # not needed for the first window

    return image_of(compose(document))
