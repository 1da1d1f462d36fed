"""Whether two documents are the same picture."""

from __future__ import annotations

from studio.document import Document, Layer, LayerId


def same_picture(one: Document, other: Document) -> bool:
    """Whether two documents hold the same layers, mask and canvas, by identity.

    Which layer is active does not count, nor which frame of a timeline is shown.
    """
    if one is other:
        return True
    if _without(one.__dict__, "active_id", "layers") != _without(other.__dict__, "active_id", "layers"):
        return False
    frames_id = None if one.timeline is None else one.timeline.group_id
    return _same_layers(one.layers, other.layers, frames_id, are_frames=False)


def _same_layers(
    some: tuple[Layer, ...], others: tuple[Layer, ...], frames_id: LayerId | None, *, are_frames: bool
) -> bool:
    if some is others or frames_id is None:
        return some == others
    if len(some) != len(others):
        return False
    return all(_same_layer(*pair, frames_id, is_frame=are_frames) for pair in zip(some, others, strict=True))


def _same_layer(one: Layer, other: Layer, frames_id: LayerId, *, is_frame: bool) -> bool:
    if one is other:
        return True
    ignored = ("children", "visible") if is_frame else ("children",)
    if _without(one.__dict__, *ignored) != _without(other.__dict__, *ignored):
        return False
    are_frames = one.id == frames_id
    return one.kind is other.kind and _same_layers(one.children, other.children, frames_id, are_frames=are_frames)


def _without(values: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}
