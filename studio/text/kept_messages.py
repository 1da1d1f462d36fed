"""Messages in JSON: they are messages still when they are read again."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import PlainSerializer, PlainValidator

from studio.message import Message


def _to_json(text: object) -> object:
    if not isinstance(text, Message):
        return text
    return {"template": text.template, "values": {name: _plain(value) for name, value in text.values.items()}}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return _to_json(value)
    return value if isinstance(value, bool | int | float) else str(value)


def _from_json(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, dict) or not isinstance(value.get("template"), str):
        raise ValueError("it is no message")
    values = value.get("values")
    if not isinstance(values, dict):
        raise ValueError("it has no values")
    try:
        return Message(value["template"], **{str(name): _from_value(each) for name, each in values.items()})
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("its values do not fit") from error


def _from_value(value: object) -> object:
    return _from_json(value) if isinstance(value, dict) else value


KeptText: TypeAlias = Annotated[str, PlainSerializer(_to_json), PlainValidator(_from_json)]
KeptTextOrNone: TypeAlias = Annotated[str | None, PlainSerializer(_to_json), PlainValidator(_from_json)]
