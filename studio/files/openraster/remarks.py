"""What is said of parts of an OpenRaster file that are not as they must be."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from studio.files.openraster.names import DRAWN_IN, SELECTED
from studio.message import Message


def instead(element: Element, attribute: str, text: str | None, default: float) -> Message:
    """What is said of a value that cannot be used."""
    if (name := element.get("name")) is None:
        return Message(
            "{attribute} of the picture is {text!r}; {default} is used.",
            attribute=attribute,
            text=text,
            default=default,
        )
    return Message(
        "{attribute} of {name!r} is {text!r}; {default} is used.",
        attribute=attribute,
        name=name,
        text=text,
        default=default,
    )


def lies_at(x: int, y: int) -> Message:
    """Why a picture beyond the furthest place is left out: a clause."""
    return Message("it lies at {x}, {y}", x=x, y=y)


def no_png(name: str, form: str) -> Message:
    """What is said of a layer in another format."""
    return Message(
        "The layer {name!r} is a {format} picture, not PNG as it must be; it was read all the same.",
        name=name,
        format=form.upper(),
    )


def no_mask(kind: str, name: str, reason: str) -> Message:
    """What is said of a layer's "mask", of that which it was drawn in, or of the picture's selection or generation mask
    if left out."""
    if kind == "mask":
        return Message("The mask of {name!r} was left out: {reason}", name=name, reason=reason)
    if kind == DRAWN_IN:
        return Message("The mask that {name!r} was drawn in was left out: {reason}", name=name, reason=reason)
    if kind == SELECTED:
        return Message("The selection was left out: {reason}", reason=reason)
    return Message("The generation mask was left out: {reason}", reason=reason)
