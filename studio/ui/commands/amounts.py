"""Commands that ask by how many pixels a mask or a selection is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.ui.commands.context import Context
from studio.ui.widgets.dialog_opening import open_dialog

MAX_AMOUNT: Final = 512


def asking(command_id: str, menu: str, title: str) -> Callable[[Context], None]:
    """Ask for pixels, which the mask bar shows too, and run the command by them.

    ``title`` is an English text of the translation context ``menu``.
    """

    def ask(context: Context) -> None:
        from studio.ui.dialogs.picture_size import AmountDialog

        shown = QCoreApplication.translate(menu, title)
        dialog = AmountDialog(shown, context.panels.mask_radius(), MAX_AMOUNT, context.window)

        def change(amount: int) -> None:
            context.panels.set_mask_radius(amount)
            context.run_by(command_id, amount)

        dialog.chosen.connect(change)
        open_dialog(dialog)

    return ask
