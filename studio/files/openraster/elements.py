"""What elements of ``stack.xml`` say by our own attributes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from studio.document import Label
from studio.files.openraster.names import own


def label_of(element: Element) -> Label:
    """A label; none where its colour is not known, for it changes nothing of the picture."""
    value = element.get(own("label"), "")
    return Label(value) if value in set(Label) else Label.NONE


def is_shown_mask(element: Element) -> bool:
    """Whether a layer is there only to show a group's mask to other programs."""
    return element.get(own("role")) == "shown-mask"
