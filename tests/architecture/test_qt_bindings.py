"""The Qt bindings that we draw with must not corrupt the interpreter."""

import sys

from PySide6.QtGui import QImage

CALLS = 500


def test_qt_calls_that_return_nothing_keep_the_reference_count_of_none() -> None:
    # PySide6 6.12.0 drops one reference to None on each such call under Python 3.11, where None is not
    # immortal: after some thousand calls the interpreter aborts with "deallocating None".
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        image.fill(0)
    assert sys.getrefcount(None) > before - CALLS // 2, (
        "These Qt bindings drop references to None; pin PySide6-Essentials below 6.12 for Python 3.11."
    )
