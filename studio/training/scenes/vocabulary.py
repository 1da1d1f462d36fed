"""What the starter model is taught to name, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Scene:
    """A kind of place.

    ``nouns_en`` are written as they follow an adjective, without an article. ``where_en`` and ``where_zh`` put a thing
    there: "a cat **on** the beach", "海滩**上**的猫". A ``timeless`` scene knows neither time of day nor weather.
    """

    name: str
    nouns_en: tuple[str, ...]
    nouns_zh: tuple[str, ...]
    details: tuple[str, ...] = ()
    where_en: str = "in"
    where_zh: str = "里"
    only_night: bool = False
    timeless: bool = False


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
    """A thing that a scene may bring along."""

    name: str
    phrases_en: tuple[str, ...]
    phrases_zh: tuple[str, ...]


@dataclass(frozen=True)
class Thing:
    """An object that may stand in any scene, in any colour. Its drawing is the icon of its ``name``.

    ``flies`` puts it into the sky where there is one. ``measure_zh`` counts it: 一**只**猫.
    """

    name: str
    nouns_en: tuple[str, ...]
    plurals_en: tuple[str, ...]
    nouns_zh: tuple[str, ...]
    measure_zh: str = "个"
    flies: bool = False


@dataclass(frozen=True)
class Colour:
    """A colour that a thing may be painted in: its middle shade as ``#rrggbb``, and its words."""

    name: str
    shade: str
    words_en: tuple[str, ...]
    words_zh: tuple[str, ...]


SCENES: tuple[Scene, ...] = (
    Scene(
        "beach",
        ("beach", "sandy beach", "seaside", "seashore", "coast", "tropical beach"),
        ("海滩", "沙滩", "海边", "海岸", "海滨"),
        ("palm", "umbrella", "sailboat"),
        where_en="on",
        where_zh="上",
    ),
    Scene(
        "sea",
        ("sea", "ocean", "open sea", "ocean waves"),
        ("大海", "海洋", "海浪", "海面"),
        ("sailboat", "lighthouse"),
        where_en="on",
        where_zh="上",
    ),
    Scene(
        "mountains",
        ("mountains", "snowy peaks", "mountain range", "mountain landscape", "hills and mountains"),
        ("山", "群山", "高山", "雪山", "山脉", "大山"),
        ("cabin", "pines"),
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
        ("草地", "草原", "田野", "花田", "绿色的田野"),
        ("flowers", "tree"),
        where_zh="上",
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
        where_zh="中",
    ),
    Scene(
        "lake",
        ("lake", "calm lake", "lakeside", "mountain lake"),
        ("湖", "湖泊", "湖边", "湖水", "湖面"),
        ("sailboat", "cabin"),
        where_en="on",
        where_zh="上",
    ),
    Scene(
        "village",
        ("village", "small village", "hamlet", "mountain village"),
        ("村庄", "小村庄", "乡村", "村子"),
        ("path", "tree"),
    ),
    Scene(
        "night sky",
        ("night sky", "starry sky", "starry night", "sky full of stars"),
        ("夜空", "星空", "满天繁星", "满天星星"),
        ("moon", "shooting star"),
        where_en="under",
        where_zh="下",
        only_night=True,
    ),
    Scene(
        "underwater",
        ("underwater world", "deep sea", "coral reef", "seabed"),
        ("海底", "海底世界", "水下世界", "珊瑚礁"),
        where_zh="中",
        timeless=True,
    ),
    Scene(
        "space",
        ("space", "outer space", "the universe", "galaxy"),
        ("太空", "宇宙", "外太空", "银河"),
        where_zh="中",
        timeless=True,
    ),
    Scene(
        "room",
        ("room", "living room", "bedroom", "cosy room"),
        ("房间", "客厅", "卧室", "室内"),
        timeless=True,
    ),
    Scene(
        "plain",
        ("plain background", "white background", "blank background"),
        ("纯色背景", "白色背景", "空白背景"),
        where_en="on",
        where_zh="上",
        timeless=True,
    ),
)

PLAIN = "plain"
"""The scene that is only a ground for a thing: stickers, icons, sprites."""

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

THINGS: tuple[Thing, ...] = (
    Thing("cat", ("cat", "kitten"), ("cats", "kittens"), ("猫", "小猫"), "只"),
    Thing("dog", ("dog", "puppy"), ("dogs", "puppies"), ("狗", "小狗"), "只"),
    Thing("rabbit", ("rabbit", "bunny"), ("rabbits", "bunnies"), ("兔子", "小兔子"), "只"),
    Thing("bird", ("bird",), ("birds",), ("鸟", "小鸟"), "只", flies=True),
    Thing("fish", ("fish",), ("fish", "fishes"), ("鱼", "小鱼"), "条"),
    Thing("butterfly", ("butterfly",), ("butterflies",), ("蝴蝶",), "只", flies=True),
    Thing("turtle", ("turtle", "tortoise"), ("turtles", "tortoises"), ("乌龟", "海龟"), "只"),
    Thing("elephant", ("elephant",), ("elephants",), ("大象",), "头"),
    Thing("octopus", ("octopus",), ("octopuses",), ("章鱼",), "只"),
    Thing("car", ("car", "automobile"), ("cars", "automobiles"), ("汽车", "轿车", "小汽车"), "辆"),
    Thing("bus", ("bus",), ("buses",), ("公交车", "巴士"), "辆"),
    Thing("balloon", ("balloon",), ("balloons",), ("气球",), "个", flies=True),
    Thing("rocket", ("rocket", "spaceship"), ("rockets", "spaceships"), ("火箭", "飞船"), "枚", flies=True),
    Thing("castle", ("castle",), ("castles",), ("城堡",), "座"),
    Thing("tulip", ("tulip",), ("tulips",), ("郁金香",), "朵"),
    Thing("mushroom", ("mushroom",), ("mushrooms",), ("蘑菇",), "个"),
    Thing("apple", ("apple",), ("apples",), ("苹果",), "个"),
    Thing("heart", ("heart",), ("hearts",), ("爱心", "心形"), "颗", flies=True),
    Thing("crown", ("crown",), ("crowns",), ("王冠", "皇冠"), "顶"),
    Thing("gift", ("gift", "present", "gift box"), ("gifts", "presents", "gift boxes"), ("礼物", "礼物盒"), "份"),
    Thing("teapot", ("teapot",), ("teapots",), ("茶壶",), "把"),
    Thing("robot", ("robot",), ("robots",), ("机器人",), "个"),
    Thing("ghost", ("ghost",), ("ghosts",), ("幽灵", "鬼魂"), "个", flies=True),
    Thing("guitar", ("guitar",), ("guitars",), ("吉他",), "把"),
    Thing("chair", ("chair",), ("chairs",), ("椅子",), "把"),
    Thing("hat", ("hat", "top hat"), ("hats", "top hats"), ("帽子", "礼帽"), "顶"),
    Thing("shield", ("shield",), ("shields",), ("盾牌",), "面"),
    Thing("gem", ("gem", "gemstone", "diamond"), ("gems", "gemstones", "diamonds"), ("宝石", "钻石"), "颗"),
    Thing("lantern", ("lantern", "paper lantern"), ("lanterns", "paper lanterns"), ("灯笼",), "盏", flies=True),
    Thing("anchor", ("anchor",), ("anchors",), ("船锚", "锚"), "个"),
)

COLOURS: tuple[Colour, ...] = (
    Colour("red", "#dd2a2f", ("red",), ("红色的", "红色", "红")),
    Colour("orange", "#f58a1f", ("orange",), ("橙色的", "橙色", "橘色的")),
    Colour("yellow", "#f6d42e", ("yellow",), ("黄色的", "黄色", "黄")),
    Colour("green", "#35a84a", ("green",), ("绿色的", "绿色", "绿")),
    Colour("blue", "#2f74e0", ("blue",), ("蓝色的", "蓝色", "蓝")),
    Colour("purple", "#8a45c9", ("purple", "violet"), ("紫色的", "紫色")),
    Colour("pink", "#f582b8", ("pink",), ("粉色的", "粉红色的", "粉色")),
    Colour("white", "#f2f2f2", ("white",), ("白色的", "白色", "白")),
    Colour("black", "#34343c", ("black",), ("黑色的", "黑色", "黑")),
)

COUNTS_EN = ("one", "two", "three")
COUNTS_ZH = ("一", "两", "三")

SIZES = {
    "small": (("small", "little", "tiny"), ("小小的", "小的")),
    "big": (("big", "large", "huge"), ("巨大的", "大的")),
}
"""Words for a size, English and Chinese. A thing of no said size is of the size between."""

PLACES = {
    "left": (("on the left", "at the left"), ("左边",)),
    "middle": (("in the middle", "in the center"), ("中间",)),
    "right": (("on the right", "at the right"), ("右边",)),
}

STICKERS_EN = ("a sticker of {}", "an icon of {}", "a game sprite of {}", "{} sticker", "{} icon")
STICKERS_ZH = ("{}贴纸", "{}的贴纸", "{}图标", "{}的图标", "游戏素材,{}")

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
THING_NAMES = tuple(thing.name for thing in THINGS)
COLOUR_NAMES = tuple(colour.name for colour in COLOURS)
