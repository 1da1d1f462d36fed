"""What an open document is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.session import OpenDocument


def document_name(document: OpenDocument) -> str:
    """Its file's name, or "Untitled", with a number where another one is called so already."""
    if document.file is not None:
        return document.file.name
    return unsaved_name(document.number)


def unsaved_name(number: int) -> str:
    """What the picture of this number, counted from 1, is called that has no file."""
    if number == 1:
        return QCoreApplication.translate("Documents", "Untitled")
    return QCoreApplication.translate("Documents", "Untitled {number}").format(number=number)
