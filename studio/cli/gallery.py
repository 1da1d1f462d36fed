"""The gallery of everything that was drawn: search it."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from studio.cli.options import AsJson
from studio.cli.output import print_facts
from studio.errors import SettingError
from studio.paths import default_paths
from studio.text.untrusted import parse_json

if TYPE_CHECKING:
    from studio.files.gallery.values import GalleryEntry


def register(app: typer.Typer) -> None:
    app.command("gallery")(gallery)


def gallery(
    words: Annotated[
        list[str] | None, typer.Argument(help='What to look for: words, "a phrase", -without, negative:word.')
    ] = None,
    model: Annotated[str, typer.Option(help="Drawn by this model.")] = "",
    rating: Annotated[int, typer.Option(min=0, max=5, help="With so many stars at least.")] = 0,
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Drawn on that day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Drawn on that day or earlier.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="List so many at most, the newest first.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search everything that was drawn in the window."""
    from studio.files.gallery.database import NAME
    from studio.files.gallery.gallery import Gallery
    from studio.files.gallery.values import GalleryQuery

    folder = default_paths().gallery
    query = GalleryQuery(
        text=" ".join(words or ()),
        model=model,
        least_rating=rating,
        since=_day(since) if since else None,
        until=_day(until, 1) if until else None,
    )
    facts: dict[str, Any] = {"folder": str(folder), "found": 0, "pictures": []}
    if (folder / NAME).exists():
        with closing(Gallery.open(folder)) as opened:
            found = opened.search(query)
            entries = opened.entries(found.ids[:limit])
            facts["found"] = len(found.ids)
            facts["pictures"] = [_facts(entry, str(opened.path(entry))) for entry in entries]
    print_facts(facts, as_json=as_json, text=_text(facts))


def _facts(entry: GalleryEntry, path: str) -> dict[str, Any]:
    """A picture as JSON values; ``created`` is local time."""
    return {
        "path": path,
        "is_there": entry.is_there,
        "created": time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry.created)),
        "prompt": entry.prompt,
        "model": entry.model,
        "tool": entry.tool,
        "seed": entry.seed,
        "size": [entry.width, entry.height],
        "rating": entry.rating,
        "settings": None if entry.settings is None else parse_json(entry.settings),
    }


def _text(facts: dict[str, Any]) -> str:
    lines = [line for picture in facts["pictures"] for line in _lines(picture)]
    shown, found = len(facts["pictures"]), facts["found"]
    of_all = f"{shown} of {found} pictures" if shown < found else f"{found} picture{'' if found == 1 else 's'}"
    return "\n".join([*lines, of_all])


def _lines(picture: dict[str, Any]) -> tuple[str, str]:
    width, height = picture["size"]
    stars = "*" * picture["rating"]
    gone = "" if picture["is_there"] else "  (the file is gone)"
    prompt = " ".join(picture["prompt"].split())
    about = (picture["created"], f"{width}x{height}", picture["model"], str(picture["seed"]), stars, prompt)
    return f"{picture['path']}{gone}", "    " + "  ".join(word for word in about if word)


def _day(text: str, more: int = 0) -> float:
    """The beginning of a day, or of one so many days after it, in seconds since 1970. Raises `SettingError`."""
    try:
        day = time.strptime(text, "%Y-%m-%d")
        return time.mktime((day.tm_year, day.tm_mon, day.tm_mday + more, 0, 0, 0, 0, 0, -1))
    except (ValueError, OverflowError) as error:
        raise SettingError(f"{text!r} is not a day.", "Write it as 2026-11-29.") from error
