"""What a prompt says of the scene alone, without the thing in it: what a mask is filled with when the thing goes.

The parts are told by little words, as no grammar is known here: "a castle on a beach", "a beach with a castle".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LORA: Final = re.compile(r"<[^<>]*>")
_PLACE: Final = re.compile(
    r"\b(?:on top of|in front of|on|in|at|under|over|above|below|behind|by|beside|near|among|against|inside)\s+",
    re.IGNORECASE,
)
_SPOT: Final = re.compile(
    r"\b(?:on|in|at|to) the (?:far |very )?"
    r"(?:left|right|middle|cent(?:er|re)|top|bottom|foreground|corner)(?: side)?(?: of the picture)?\b"
    "|在?(?:画面)?(?:的)?[左右中](?:边|侧|间|央)的?",
    re.IGNORECASE,
)
"""Where in the picture something stands, which says nothing of the scene."""
_WITH: Final = re.compile(r"\s+with\s+", re.IGNORECASE)
_MOOD: Final = re.compile(r"\b(?:at|in|under|during)\s+[^,]*$|,.*$", re.IGNORECASE | re.DOTALL)
"""At the end of a sentence: "at sunset", "in the rain", and what follows a comma."""
_HAS: Final = re.compile("[,，]?有")
_IN: Final = re.compile("在(.+?)(?:[上里中下边旁间])?(?=$|[,，。])")
_OF: Final = re.compile("^(.+?)(?:[上里中下边旁间])的(.+)$")


@dataclass(frozen=True)
class SceneWords:
    """``scene`` says where, ``thing`` what stands there; either may be empty."""

    scene: str
    thing: str


def scene_words(prompt: str) -> SceneWords:
    """The scene of a prompt in English or Chinese, with the LoRAs that it names, and the thing in it.

    A prompt that names no place in a way that is known here has neither.
    """
    loras = "".join(_LORA.findall(prompt))
    text = " ".join(_SPOT.sub("", _LORA.sub("", prompt)).split()).strip(" ,，.。")
    scene, thing = _in_chinese(text) if re.search("[一-鿿]", text) else _in_english(text)
    scene = scene.strip(" ,，.。")
    return SceneWords(f"{scene} {loras}".strip() if scene else "", thing.strip(" ,，.。"))


def _in_english(text: str) -> tuple[str, str]:
    place, company = _PLACE.search(text), _WITH.search(text)
    if company is not None and (place is None or company.start() < place.start()):
        mood = _MOOD.search(text, company.end())
        end = len(text) if mood is None else mood.start()
        return f"{text[: company.start()]} {text[end:]}".replace(" ,", ","), text[company.end() : end]
    if place is None or place.start() == 0:
        return "", ""
    return text[place.end() :], text[: place.start()]


def _in_chinese(text: str) -> tuple[str, str]:
    has, inside, of = _HAS.search(text), _IN.search(text), _OF.match(text)
    if has is not None and has.start() > 0:
        return text[: has.start()].rstrip("上里中"), text[has.end() :]
    if inside is not None and inside.start() > 0:
        return inside.group(1), text[: inside.start()]
    return (of.group(1), of.group(2)) if of is not None else ("", "")
