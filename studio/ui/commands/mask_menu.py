"""The Mask menu: the whole generation mask at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.editing import mask as mask_actions
from studio.errors import ShorelineError
from studio.session import Session
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeBar

_FIRST_AMOUNT: Final = 8
_MAX_AMOUNT: Final = 512


class MaskMenu(QObject):
    """The actions of the Mask panel; those with an amount ask for it."""

    def __init__(self, session: Session, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._notices = notices
        self._window = window
        self._amount = _FIRST_AMOUNT

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "mask.all": lambda: self._run(mask_actions.mask_everything),
            "mask.clear": lambda: self._run(mask_actions.clear_mask),
            "mask.invert": lambda: self._run(mask_actions.invert_mask),
            "mask.from_layer": lambda: self._run(mask_actions.mask_from_layer),
            "mask.grow": lambda: self._ask(self.tr("Grow the mask"), mask_actions.grow_mask),
            "mask.shrink": lambda: self._ask(self.tr("Shrink the mask"), mask_actions.shrink_mask),
            "mask.feather": lambda: self._ask(self.tr("Feather the mask"), mask_actions.feather_mask),
        }

    def _run(self, action: Callable[[Session], None]) -> None:
        try:
            action(self._session)
        except ShorelineError as error:
            self._notices.show_error(error, key="mask")

    def _ask(self, title: str, action: Callable[[Session, int], None]) -> None:
        from studio.ui.dialogs.picture_size import AmountDialog

        dialog = AmountDialog(title, self._amount, _MAX_AMOUNT, self._window)

        def change(amount: int) -> None:
            self._amount = amount
            self._run(lambda session: action(session, amount))

        dialog.chosen.connect(change)
        open_dialog(dialog)
