"""A document as the list of records that a Photoshop file has, from the bottom to the top, and what gets lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from psd_tools.constants import BlendMode as PsdBlendMode
from psd_tools.constants import ChannelID, Clipping, SectionDivider, Tag
from psd_tools.psd.base import IntegerElement, StringElement
from psd_tools.psd.layer_and_mask import ChannelInfo, LayerFlags, LayerRecord, MaskData, MaskFlags
from psd_tools.psd.tagged_blocks import ProtectedSetting, SectionDividerSetting, TaggedBlock, TaggedBlocks

from studio.document import Document, Layer, LayerId, PaintLayer, Raster, Rect
from studio.document.clipping import clipping_bases
from studio.files.layer_codecs.table import codec_of
from studio.files.psd.modes import LOCKED, PSD_MODES, TRANSPARENCY_LOCKED
from studio.files.untrusted.limits import stored_rect
from studio.message import Message
from studio.raster.beneath import adjusted_picture

MAX_PSB_SIDE: Final = 300_000
"""The longest side, in pixels, of anything in Photoshop's large format."""

_CLOSING: Final = "</Layer group>"
"""What Photoshop calls the record below a group's layers."""

_MAC_NAME: Final = 255


@dataclass(frozen=True, kw_only=True, eq=False)
class PlannedRecord:
    """A record of the file. ``layer`` is ``None`` for the end of a group; ``raster`` holds the pixels, if any."""

    layer: Layer | None
    mode: PsdBlendMode
    raster: Raster | None = None
    hidden: bool = False
    clipped: bool = False
    divider: SectionDivider | None = None
    blocks: tuple[TaggedBlock, ...] = ()

    def rects(self, canvas: Rect) -> tuple[Rect, Rect | None]:
        """Where its pixels and its mask lie; the second is ``None`` without a mask."""
        pixels = Rect(0, 0, 0, 0) if self.raster is None else _stored(self.raster, canvas)
        mask = None if self.layer is None else self.layer.mask
        return pixels, None if mask is None else _stored(mask, canvas)

    def encoded(self, number: int, rect: Rect, mask_rect: Rect | None) -> LayerRecord:
        """psd-tools' record, its channels' lengths not known yet."""
        name = _CLOSING if self.layer is None else _readable(self.layer.name)
        opacity = 1.0 if self.layer is None else self.layer.opacity
        channels = [ChannelID.TRANSPARENCY_MASK, ChannelID.CHANNEL_0, ChannelID.CHANNEL_1, ChannelID.CHANNEL_2]
        if mask_rect is not None:
            channels.append(ChannelID.USER_LAYER_MASK)
        return LayerRecord(
            top=rect.y,
            left=rect.x,
            bottom=rect.bottom,
            right=rect.right,
            channel_info=[ChannelInfo(channel) for channel in channels],
            blend_mode=self.mode,
            opacity=round(opacity * 255),
            clipping=Clipping.NON_BASE if self.clipped else Clipping.BASE,
            flags=LayerFlags(
                transparency_protected=self.layer is not None and self.layer.alpha_locked,
                visible=self._is_visible,
                pixel_data_irrelevant=self.divider is not None,
            ),
            mask_data=None if mask_rect is None else self._mask_data(mask_rect),
            name=name.encode("mac_roman", "replace")[:_MAC_NAME].decode("mac_roman"),
            tagged_blocks=self._blocks(number, name),
        )

    @property
    def _is_visible(self) -> bool:
        return self.layer is None or (self.layer.visible and not self.hidden)

    def _mask_data(self, rect: Rect) -> MaskData:
        assert self.layer is not None
        assert self.layer.mask is not None
        return MaskData(
            top=rect.y,
            left=rect.x,
            bottom=rect.bottom,
            right=rect.right,
            background_color=self.layer.mask.default,
            flags=MaskFlags(mask_disabled=not self.layer.mask_enabled),
        )

    def _blocks(self, number: int, name: str) -> TaggedBlocks:
        blocks = [_block(Tag.UNICODE_LAYER_NAME, StringElement(name)), _block(Tag.LAYER_ID, IntegerElement(number))]
        if self.layer is not None and (self.layer.locked or self.layer.alpha_locked):
            locks = (LOCKED if self.layer.locked else 0) | (TRANSPARENCY_LOCKED if self.layer.alpha_locked else 0)
            blocks.append(_block(Tag.PROTECTED_SETTING, ProtectedSetting(locks)))
        if self.divider is not None:
            mode = None if self.layer is None else self.mode
            blocks.append(_block(Tag.SECTION_DIVIDER_SETTING, SectionDividerSetting(self.divider, blend_mode=mode)))
        tagged = TaggedBlocks()
        for block in (*blocks, *self.blocks):
            tagged[block.key] = block
        return tagged


class PsdPlan:
    """Asks every layer's codec how it lies in the file: the `PsdWriter` of the codecs."""

    def __init__(self, document: Document) -> None:
        self.records: list[PlannedRecord] = []
        self._notes: dict[str, None] = {}
        self._clipped: set[LayerId] = set()
        self._document = document
        # A file without layers would lose its transparency.
        self.add_layers(document.layers or (PaintLayer(name="Background"),))
        self._note_the_rest()

    @property
    def canvas(self) -> Rect:
        return self._document.canvas

    @property
    def notes(self) -> tuple[str, ...]:
        """What the file does not hold, or holds in another way."""
        return tuple(self._notes)

    def add_layers(self, layers: tuple[Layer, ...]) -> None:
        self._clipped.update(clipping_bases(layers))
        for layer in layers:
            codec_of(layer).write_psd(layer, self)

    def add_pixels(self, layer: Layer, pixels: Raster, blocks: Sequence[TaggedBlock] = ()) -> None:
        self._add(layer, raster=pixels, blocks=tuple(blocks))

    def add_group(self, layer: Layer) -> None:
        closing = SectionDivider.BOUNDING_SECTION_DIVIDER
        self.records.append(PlannedRecord(layer=None, mode=PsdBlendMode.NORMAL, divider=closing))
        self.add_layers(layer.children)
        self._add(layer, divider=SectionDivider.OPEN_FOLDER)

    def adjusted(self, layer: Layer) -> Raster:
        return Raster.from_array(adjusted_picture(self._document, layer))

    def note(self, note: Message) -> None:
        self._notes[note] = None

    def _add(
        self,
        layer: Layer,
        raster: Raster | None = None,
        divider: SectionDivider | None = None,
        blocks: tuple[TaggedBlock, ...] = (),
    ) -> None:
        mode = PsdBlendMode.PASS_THROUGH if layer.passes_through else PSD_MODES.get(layer.blend_mode)
        if mode is None and layer.visible:
            self.note(_cuts(layer))
        self.records.append(
            PlannedRecord(
                layer=layer,
                mode=mode or PsdBlendMode.NORMAL,
                raster=raster,
                hidden=mode is None,
                clipped=layer.id in self._clipped,
                divider=divider,
                blocks=blocks,
            )
        )

    def _note_the_rest(self) -> None:
        """What lies in no layer."""
        document = self._document
        if document.gamma != 1.0:
            self.note(
                Message(
                    "Photoshop does not blend with the gamma {gamma:g} of this picture: its layers look different "
                    "there, the flat picture in the file does not.",
                    gamma=document.gamma,
                )
            )
        if document.timeline is not None:
            self.note(Message("The frames of the animation are layers there, without their times."))
        if document.generation_mask.tiles:
            self.note(Message("The generation mask is not kept."))
        if any(layer.settings or layer.drawn_in for layer in document.walk()):
            self.note(Message("What single layers were drawn with is not kept."))
        if document.guides or document.regions:
            self.note(Message("Control layers and regions are not kept."))


def _block(tag: Tag, data: Any) -> TaggedBlock:
    return TaggedBlock(key=tag.value, data=data)


def _cuts(layer: Layer) -> Message:
    return Message(
        "{name!r} blends in a mode that Photoshop does not have: it is hidden and only the flat picture shows it.",
        name=layer.name,
    )


def _readable(name: str) -> str:
    """A name that UTF-16 can hold."""
    return name.encode("utf-16-be", "replace").decode("utf-16-be")


def _stored(raster: Raster, canvas: Rect) -> Rect:
    rect = stored_rect(raster, canvas)
    return rect if max(rect.width, rect.height) <= MAX_PSB_SIDE else rect.intersected(canvas)
