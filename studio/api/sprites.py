"""Pictures of a thing alone on transparent ground, for tools and filters.

A tool draws with the context of `asking_for_plain_ground`, and gives what it drew to `freed_picture`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from studio.api.pictures import opaque, premultiplied
from studio.api.specs import ToolContext
from studio.document import Pixels
from studio.errors import SettingError
from studio.generation.matte import freed
from studio.message import Message

__all__ = ["asking_for_plain_ground", "freed", "freed_picture"]

_TOLERANCE: Final = 40.0
_EDGE: Final = 2
_GROUND_NAMED: Final = re.compile(r"\b(background|backdrop|ground)\b|背景", re.IGNORECASE)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def asking_for_plain_ground(context: ToolContext) -> ToolContext:
    """The context with a prompt that asks for a plain white ground, unless it names a ground itself."""
    prompt = context.request.settings.prompt
    if _GROUND_NAMED.search(prompt):
        return context
    words = "，纯白背景" if _CHINESE.search(prompt) else ", on a plain white background"
    settings = context.request.settings.with_changes(prompt=prompt + words)
    return replace(context, request=replace(context.request, settings=settings))


def freed_picture(context: ToolContext, picture: Pixels) -> Pixels:
    """A drawn picture, RGB ``(h, w, 3)``, without its ground: premultiplied RGBA ``(h, w, 4)``, uint8.

    Where the ground is not plain, all of it is kept, and the person is told.
    """
    try:
        return premultiplied(freed(opaque(picture), _TOLERANCE, _EDGE, True, context.cancel))
    except SettingError as error:
        context.tell(
            Message("{reason} The picture was kept whole; another seed may do.", reason=Message(error.message))
        )
        return opaque(picture)
