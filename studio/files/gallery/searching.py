"""A query as a condition of SQL. What a person typed is only ever a value of it."""

from __future__ import annotations

from studio.files.gallery.values import GalleryQuery
from studio.files.gallery.words import Term, terms


def condition(query: GalleryQuery) -> tuple[str, list[object]]:
    """The condition on ``picture``, with ``?`` for its values."""
    parts: list[str] = ["removed IS NULL"]
    values: list[object] = []
    for wanted, part, value in (
        (bool(query.model), "model = ?", query.model),
        (query.least_rating > 0, "rating >= ?", query.least_rating),
        (query.is_unrated, "rating = ?", 0),
        (query.since is not None, "created >= ?", query.since),
        (query.until is not None, "created < ?", query.until),
    ):
        if wanted:
            parts.append(part)
            values.append(value)
    for term in terms(query.text):
        part, value = _asked(term)
        parts.append(part)
        values.append(value)
    return " AND ".join(parts), values


def _asked(term: Term) -> tuple[str, str]:
    sign = "NOT " if term.is_unwanted else ""
    if term.match:
        return f"id {sign}IN (SELECT rowid FROM words WHERE words MATCH ?)", term.match  # noqa: S608 - no values
    return f"{sign}instr(prompt, ?) > 0", term.text
