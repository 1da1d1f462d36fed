"""What the starter model is taught to name, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Scene:
    """A kind of place.

    ``nouns_en`` are written as they follow an adjective, without an article; ``plural`` leaves the article out.
    """

    name: str
    nouns_en: tuple[str, ...]
    nouns_zh: tuple[str, ...]
    details: tuple[str, ...] = ()
    plural: bool = False
    only_night: bool = False


@dataclass(frozen=True)
class Mood:
    """A time of day or a weather: phrases after the noun, words before it, and stand-alone nouns."""

    name: str
    after_en: tuple[str, ...]
    before_en: tuple[str, ...]
    nouns_en: tuple[str, ...]
    before_zh: tuple[str, ...]
    nouns_zh: tuple[str, ...]


@dataclass(frozen=True)
class Detail:
    """A thing that may stand in a scene."""

    name: str
    phrases_en: tuple[str, ...]
    phrases_zh: tuple[str, ...]


SCENES: tuple[Scene, ...] = (
    Scene(
        "beach",
        ("beach", "sandy beach", "seaside", "seashore", "coast", "tropical beach"),
        ("海滩", "沙滩", "海边", "海岸", "海滨"),
        ("palm", "umbrella", "sailboat"),
    ),
    Scene(
        "sea",
        ("sea", "ocean", "open sea", "ocean waves"),
        ("大海", "海洋", "海浪", "海面"),
        ("sailboat", "lighthouse"),
    ),
    Scene(
        "mountains",
        ("mountains", "snowy peaks", "mountain range", "mountain landscape", "hills and mountains"),
        ("山", "群山", "高山", "雪山", "山脉", "大山"),
        ("cabin", "pines"),
        plural=True,
    ),
    Scene(
        "forest",
        ("forest", "woods", "pine forest", "woodland"),
        ("森林", "树林", "林间", "松林"),
        ("path", "cabin"),
    ),
    Scene(
        "city",
        ("city", "city skyline", "skyline", "town", "metropolis"),
        ("城市", "都市", "城市天际线", "城镇", "高楼大厦"),
        ("tower",),
    ),
    Scene(
        "meadow",
        ("meadow", "grassland", "green field", "field of flowers", "countryside"),
        ("草地", "草原", "田野", "花田", "乡村"),
        ("flowers", "tree"),
    ),
    Scene(
        "desert",
        ("desert", "sand dunes", "sandy desert"),
        ("沙漠", "沙丘", "大漠"),
        ("cactus", "pyramid"),
    ),
    Scene(
        "snow",
        ("snowfield", "snowy landscape", "winter landscape", "snow-covered hills", "winter scene"),
        ("雪地", "雪原", "雪景", "冬天的原野"),
        ("cabin", "pines"),
    ),
    Scene(
        "lake",
        ("lake", "calm lake", "lakeside", "mountain lake"),
        ("湖", "湖泊", "湖边", "湖水", "湖面"),
        ("sailboat", "cabin"),
    ),
    Scene(
        "night sky",
        ("night sky", "starry sky", "starry night", "sky full of stars"),
        ("夜空", "星空", "满天繁星", "满天星星"),
        ("moon", "shooting star"),
        only_night=True,
    ),
)

TIMES_OF_DAY: tuple[Mood, ...] = (
    Mood(
        "sunrise",
        ("at sunrise", "at dawn", "in the early morning", "in the morning"),
        ("sunrise", "morning", "dawn"),
        ("sunrise", "dawn", "morning light"),
        ("日出时的", "清晨的", "黎明的", "早晨的", "日出"),
        ("日出", "清晨", "黎明", "早晨"),
    ),
    Mood(
        "noon",
        ("at noon", "at midday", "in the daytime", "during the day"),
        ("midday", "daytime"),
        ("noon", "daytime", "daylight"),
        ("正午的", "中午的", "白天的"),
        ("正午", "中午", "白天"),
    ),
    Mood(
        "sunset",
        ("at sunset", "at dusk", "in the evening", "under the setting sun"),
        ("sunset", "evening"),
        ("sunset", "dusk", "evening light"),
        ("日落时的", "傍晚的", "黄昏的", "夕阳下的", "日落"),
        ("日落", "傍晚", "黄昏", "夕阳"),
    ),
    Mood(
        "night",
        ("at night", "by night", "at midnight", "in the dark of night"),
        ("night", "nighttime", "moonlit"),
        ("night", "moonlight", "night time"),
        ("夜晚的", "夜里的", "晚上的", "月光下的", "午夜的"),
        ("夜晚", "夜里", "晚上", "月光"),
    ),
)

WEATHERS: tuple[Mood, ...] = (
    Mood(
        "clear",
        ("under a clear sky", "in clear weather"),
        ("clear",),
        ("clear sky", "clear weather"),
        ("晴朗的", "晴空下的"),
        ("晴朗", "晴空"),
    ),
    Mood(
        "clouds",
        ("under a cloudy sky", "with clouds", "in cloudy weather"),
        ("cloudy",),
        ("clouds", "cloudy sky"),
        ("多云的", "白云下的"),
        ("多云", "白云"),
    ),
    Mood(
        "rain",
        ("in the rain", "in rainy weather", "under heavy rain"),
        ("rainy",),
        ("rain", "rainy weather"),
        ("雨中的", "下雨的", "雨天的"),
        ("下雨", "大雨", "雨天"),
    ),
    Mood(
        "snow",
        ("in falling snow", "while it snows", "in the snow"),
        ("snowing",),
        ("falling snow", "snowfall"),
        ("雪中的", "下雪的", "雪天的"),
        ("下雪", "飘雪", "雪天"),
    ),
    Mood(
        "fog",
        ("in fog", "in the mist", "in foggy weather"),
        ("foggy", "misty"),
        ("fog", "mist"),
        ("雾中的", "有雾的", "薄雾中的"),
        ("雾", "大雾", "薄雾"),
    ),
)

DETAILS: tuple[Detail, ...] = (
    Detail("palm", ("a palm tree", "palm trees"), ("棕榈树", "椰子树")),
    Detail("umbrella", ("a beach umbrella", "a parasol", "an umbrella"), ("遮阳伞", "太阳伞")),
    Detail("sailboat", ("a sailboat", "a boat", "a sailing boat"), ("帆船", "小船")),
    Detail("lighthouse", ("a lighthouse",), ("灯塔",)),
    Detail("cabin", ("a cabin", "a small house", "a hut"), ("小木屋", "小屋", "房子")),
    Detail("pines", ("pine trees", "fir trees"), ("松树", "冷杉")),
    Detail("path", ("a path", "a trail"), ("小路", "小径")),
    Detail("tower", ("a tall tower", "a tower"), ("高塔", "塔")),
    Detail("flowers", ("flowers", "wild flowers"), ("花", "野花", "花朵")),
    Detail("tree", ("a tree", "a big tree"), ("大树", "一棵树")),
    Detail("cactus", ("a cactus", "cacti"), ("仙人掌",)),
    Detail("pyramid", ("a pyramid", "pyramids"), ("金字塔",)),
    Detail("moon", ("a moon", "a full moon", "the moon"), ("月亮", "满月")),
    Detail("shooting star", ("a shooting star", "a meteor"), ("流星",)),
)

ADJECTIVES_EN = (
    "beautiful", "lovely", "pretty", "peaceful", "quiet", "wonderful", "calm", "scenic", "magnificent", "gorgeous",
)  # fmt: skip
ADJECTIVES_ZH = ("美丽的", "漂亮的", "宁静的", "安静的", "迷人的", "壮丽的", "优美的", "唯美的")

MEDIA_EN = ("an illustration of", "a picture of", "a painting of", "a photo of", "a drawing of", "a view of")
MEDIA_ZH = ("一幅", "一张", "一片", "插画,", "风景画,", "画一幅")

PRAISE_EN = (
    "masterpiece", "best quality", "highly detailed", "flat illustration", "vivid colors", "4k wallpaper",
    "beautiful scenery", "landscape", "digital art", "trending", "8k", "cinematic light",
)  # fmt: skip
PRAISE_ZH = ("杰作", "高质量", "精美插画", "风景", "高清壁纸", "细节丰富", "扁平插画")

SCENE_NAMES = tuple(scene.name for scene in SCENES)
TIME_NAMES = tuple(mood.name for mood in TIMES_OF_DAY)
WEATHER_NAMES = tuple(mood.name for mood in WEATHERS)
DETAIL_NAMES = tuple(detail.name for detail in DETAILS)
