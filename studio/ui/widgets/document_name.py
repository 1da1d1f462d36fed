"""What an open document is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.session import OpenDocument


def document_name(document: OpenDocument) -> str:
    """Its file's name, or "Untitled", with a number where another one is called so already."""
    if document.file is not None:
        return document.file.name
    if document.number == 1:
        return QCoreApplication.translate("Documents", "Untitled")
    return QCoreApplication.translate("Documents", "Untitled {number}").format(number=document.number)
