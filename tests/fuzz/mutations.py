"""Damages files as networks, disks, other programs and malice do; the same for the same number."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from studio.files.pictures.png_chunks import SIGNATURE, chunks

EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
VALUES = (
    b"-1", b"0", b"1e999", b"-1e999", b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b'""', b"9" * 30,
    b"9" * 5000,
    b"[" * 2000, b'{"a":' * 2000, b"0x" + b"f" * 500, b"1.7976931348623157e308", b"2147483648", b"\xff\xfe", b"\0",
    b"a." * 500, b'"' + b"x" * 5000 + b'"', b"<a>" * 500, b"%s%n", b"../../x", b"\xed\xa0\x80",
)  # fmt: skip
_TOKEN = re.compile(rb"-?\d+(?:\.\d+)?|\"[^\"]*\"|\w+")

Mutation = Callable[[bytearray, Random], bytearray]


def mutated(name: str, data: bytes, random: Random) -> bytes:
    """A damaged copy of a file; ``name`` ends as its kind does."""
    if name.endswith(".ora") and random.random() < 0.8:
        return _archive(data, random)
    if name.endswith(".png") and random.random() < 0.7:
        return _png(data, random)
    if name.endswith((".toml", ".json")) or (name.endswith((".safetensors", ".psd")) and random.random() < 0.3):
        return bytes(_some(bytearray(data), random, (_token, _token, _token, *_ON_BYTES)))
    return bytes(_some(bytearray(data), random, _ON_BYTES))


def _some(data: bytearray, random: Random, mutations: tuple[Mutation, ...]) -> bytearray:
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        if data:
            data = random.choice(mutations)(data, random)
    return data


def _flip(data: bytearray, random: Random) -> bytearray:
    for _ in range(random.choice((1, 4, 32))):
        data[random.randrange(len(data))] = random.randrange(256)
    return data


def _extreme(data: bytearray, random: Random) -> bytearray:
    """A number of the head, more often than one of the rest, becomes very large or small."""
    reach = len(data) if random.random() < 0.5 else min(len(data), 512)
    size, order = random.choice((1, 2, 4, 8)), random.choice(("big", "little"))
    place = random.randrange(reach)
    data[place : place + size] = (random.choice(EXTREMES) & ((1 << 8 * size) - 1)).to_bytes(size, order)
    return data


def _cut(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data))]


def _remove(data: bytearray, random: Random) -> bytearray:
    place = random.randrange(len(data))
    del data[place : place + random.choice((1, 2, 4, 16, 256))]
    return data


def _repeat(data: bytearray, random: Random) -> bytearray:
    place = random.randrange(len(data))
    piece = data[place : place + random.choice((1, 4, 16, 256, 4096))]
    data[place:place] = piece * random.choice((1, 2, 50))
    return data


def _move(data: bytearray, random: Random) -> bytearray:
    start, place = random.randrange(len(data)), random.randrange(len(data))
    data[place:place] = data[start : start + random.choice((4, 64, 1024))]
    return data


def _token(data: bytearray, random: Random) -> bytearray:
    """A number, word or text becomes something else."""
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return _flip(data, random)
    token = random.choice(tokens)
    other = random.choice(VALUES) if random.random() < 0.7 else random.choice(tokens)[0]
    data[token.start() : token.end()] = other
    return data


_ON_BYTES: tuple[Mutation, ...] = (_flip, _flip, _extreme, _extreme, _cut, _remove, _repeat, _move)


def _png(data: bytes, random: Random) -> bytes:
    """Chunks are damaged, dropped, doubled and swapped; their checksums are right all the same."""
    parts = [(kind, data[start + 8 : stop - 4]) for kind, start, stop in chunks(data)]
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(len(parts))
        kind, body = parts[place]
        choice = random.random()
        if choice < 0.6 and body:
            parts[place] = kind, _packed(kind, body, random)
        elif choice < 0.7 and len(parts) > 1:
            del parts[place]
        elif choice < 0.8:
            parts.insert(random.randrange(len(parts)), (kind, body))
        elif choice < 0.9:
            parts[place] = random.choice(parts)[0], body
        else:
            random.shuffle(parts)
    return SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def _packed(kind: bytes, body: bytes, random: Random) -> bytes:
    """A damaged body; of one that is packed, sometimes what is inside."""
    head, mark, packed = body.partition(b"x\x9c")
    if mark and kind in (b"zTXt", b"iTXt", b"iCCP", b"IDAT") and random.random() < 0.7:
        try:
            text = bytearray(zlib.decompress(mark + packed))
        except zlib.error:
            return bytes(_some(bytearray(body), random, _ON_BYTES))
        mutations = _ON_BYTES if kind == b"IDAT" else (_token, _token, *_ON_BYTES)
        return head + zlib.compress(bytes(_some(text, random, mutations)))
    return bytes(_some(bytearray(body), random, _ON_BYTES))


def _archive(data: bytes, random: Random) -> bytes:
    """One or two entries are damaged, and the archive around them is sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    for _ in range(random.choice((1, 1, 2))):
        name = "stack.xml" if random.random() < 0.5 else random.choice(list(entries))
        content = entries.get(name, b" ")
        if name.endswith(".png") and content.startswith(SIGNATURE):
            entries[name] = _png(content, random)
        elif random.random() < 0.1:
            entries.pop(name, None)
        else:
            entries[name] = bytes(_some(bytearray(content), random, (_token, _token, _token, *_ON_BYTES)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()
