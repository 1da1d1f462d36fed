"""The vocabulary that ships with the model: every word that the grammar can write, so that others can be told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studio.training.scenes import vocabulary as taught

_JOINING_EN = (
    "a an the and or with in on at of under by to is are there one two three some its this that it from into near over "
    "beside behind before between above below inside outside very"
)
_JOINING_ZH = (
    "的 了 在 有 和 与 跟 及 里 上 下 中 内 外 边 旁 前 后 着 一 两 二 三 几 这 那 是 很 "
    "个 只 条 辆 枚 座 朵 颗 顶 份 把 面 盏 头 幅 张 片 棵 艘 株 匹 群 块 栋 间 扇 束 根 支 架 台 部 双 对 些 种 位 本 "
    "杯 瓶 盘 串 簇 堆 队 排 层 道 丛 轮 弯 粒 团 口 件 套 枝 尾"
)
"""What holds sentences together, Chinese measure words among it, and is drawn the same with and without it."""

_SHORT_ZH = "色大小红橙黄绿蓝紫粉白黑"


def known_words() -> dict[str, Any]:
    """What ``vocabulary.json`` holds, as :mod:`studio.engine.models.vocabulary` reads it."""
    words = {*_JOINING_EN.split(), *_JOINING_ZH, *_SHORT_ZH}
    for phrase in _phrases():
        lower = phrase.lower().replace("{}", " ")
        latin = re.findall(r"[a-z0-9]+", lower)
        chinese = re.findall(r"[\u4e00-\u9fff]+", lower)
        words.update(latin, chinese, (part.removesuffix("的") for part in chinese))
    named: tuple[taught.Scene | taught.Thing, ...] = (*taught.SCENES, *taught.THINGS)
    return {
        "words": sorted(words - {""}),
        "knows": {
            "en": [entry.nouns_en[0] for entry in named],
            "zh": [entry.nouns_zh[0] for entry in named],
        },
    }


def write_known_words(path: Path) -> None:
    """Write the vocabulary."""
    path.write_text(json.dumps(known_words(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _phrases() -> Iterator[str]:
    for scene in taught.SCENES:
        yield from (*scene.nouns_en, *scene.nouns_zh)
    for mood in (*taught.TIMES_OF_DAY, *taught.WEATHERS):
        yield from (*mood.after_en, *mood.before_en, *mood.nouns_en, *mood.before_zh, *mood.nouns_zh)
    for detail in taught.DETAILS:
        yield from (*detail.phrases_en, *detail.phrases_zh)
    for thing in taught.THINGS:
        yield from (*thing.nouns_en, *thing.plurals_en, *thing.nouns_zh, thing.measure_zh)
    for colour in taught.COLOURS:
        yield from (*colour.words_en, *colour.words_zh)
    for english, chinese in (*taught.SIZES.values(), *taught.PLACES.values()):
        yield from (*english, *chinese)
    yield from (*taught.COUNTS_EN, *taught.COUNTS_ZH, *taught.STICKERS_EN, *taught.STICKERS_ZH)
    yield from (*taught.ADJECTIVES_EN, *taught.ADJECTIVES_ZH, *taught.MEDIA_EN, *taught.MEDIA_ZH)
    yield from (*taught.PRAISE_EN, *taught.PRAISE_ZH)
