"""The language of the interface."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from studio.editing.naming import Naming

LANGUAGES: Final = MappingProxyType({"en": "English", "zh_CN": "简体中文"})
"""Languages by code, each in its own words."""

_SOURCE: Final = "en"

_CHINESE_FONTS: Final = ("PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")
"""macOS, Windows, Linux. Without them the system's fallback may draw Japanese forms of the characters."""


def resolved_language(setting: str) -> str:
    """The language code for a setting: "system" takes the first of the system's languages that there is."""
    if setting in LANGUAGES:
        return setting
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() == QLocale.Language.Chinese:
            return "zh_CN"
        if locale.language() == QLocale.Language.English:
            return "en"
    return _SOURCE


def install_language(app: QCoreApplication, setting: str, resources: Path) -> str:
    """Translate the texts of ``app`` from now on; call before widgets are made. Returns the language code.

    Texts of widgets that stand already stay as they are. Qt's own texts (file dialogs, buttons) follow too
    where Qt has them.
    """
    code = resolved_language(setting)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(code))
    if code != _SOURCE:
        _install(app, f"qtbase_{code}", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
        _install(app, f"shoreline_{code}", resources / "translations")
    if code == "zh_CN" and isinstance(app, QGuiApplication):
        _prefer_chinese_forms(app)
    return code


def layer_names() -> Naming:
    """What new layers are called in the language of the interface."""
    translate = QCoreApplication.translate
    return Naming(
        layer=translate("Layers", "Layer {number}"),
        group=translate("Layers", "Group {number}"),
        fill=translate("Layers", "Fill {number}"),
        frame=translate("Layers", "Frame {number}"),
        copy=translate("Layers", "{name} copy"),
        background=translate("Layers", "Background"),
        visible=translate("Layers", "Visible"),
        frames=translate("Layers", "Frames"),
    )


def _prefer_chinese_forms(app: QGuiApplication) -> None:
    font = app.font()
    font.setFamilies([font.family(), *_CHINESE_FONTS])
    app.setFont(font)


def _install(app: QCoreApplication, name: str, folder: Path) -> None:
    translator = QTranslator(app)
    if translator.load(name, str(folder)):
        app.installTranslator(translator)
