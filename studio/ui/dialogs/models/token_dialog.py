"""Asks for a person's API token of Civitai, which some files there want."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QWidget

from studio.errors import FileError
from studio.system.kept_token import KeptToken
from studio.text.exceptions import reason_for
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.wrapped_label import wrapped_label


class TokenDialog(FormDialog):
    """Keeps a token, or forgets the one that is kept, which is not shown."""

    def __init__(self, token: KeptToken, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("API token of Civitai"))
        self._token = token
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMinimumWidth(320)
        has_one = bool(token.read())
        if has_one:
            self.edit.setPlaceholderText(self.tr("One is kept; type another to replace it"))
        text = self.tr(
            "Some files there are given only to those who are logged in. Make a token in the settings of your account "
            "on civitai.com. It is kept in a file that only you may read, and sent to civitai.com alone."
        )
        self.form.addRow(wrapped_label(text, "muted"))
        self.form.addRow(self.tr("Token"), self.edit)
        self.problem = Notice(self)
        self.form.addRow(self.problem)
        self.accept_button.setText(self.tr("Keep"))
        self.accept_button.setEnabled(False)
        self.edit.textChanged.connect(lambda typed: self.accept_button.setEnabled(bool(typed.strip())))
        self.forget_button = self.buttons.addButton(self.tr("Forget"), QDialogButtonBox.ButtonRole.ResetRole)
        self.forget_button.setEnabled(has_one)
        self.forget_button.clicked.connect(lambda: self._keep(""))

    def accept(self) -> None:
        self._keep(self.edit.text())

    def _keep(self, token: str) -> None:
        try:
            self._token.write(token)
        except OSError as error:
            reason = reason_for(error)
            told = FileError(
                "{token} could not be written: {reason}.",
                "Check that you may write there.",
                token=self._token.path,
                reason=reason,
            )
            self.problem.show_text(error_text(told))
            return
        super().accept()
