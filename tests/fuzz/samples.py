"""Sound files of every kind that is read, small, to be damaged."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    PaintLayer,
    Pixels,
    Raster,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.files.animation.export import export_frames
from studio.files.animation.formats import ExportOptions
from studio.files.animation.frames import MemoryFrames
from studio.files.documents import save_document
from studio.files.journal.journal import Journal
from studio.generation import GenerationSettings
from studio.history import DocumentHistory, StepKind

A1111 = (
    "a beach, noon\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, "
    'Model: "some, model", Denoising strength: 0.5'
)
GRAPH = {
    "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd/base.safetensors"}},
    "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a beach", "clip": ["1", 1]}},
    "3": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 512, "batch_size": 1}},
    "4": {
        "class_type": "KSampler",
        "inputs": {
            **{"seed": 7, "steps": 20, "cfg": 7.5, "sampler_name": "euler", "scheduler": "karras", "denoise": 1.0},
            **{"model": ["1", 0], "positive": ["2", 0], "negative": ["2", 0], "latent_image": ["3", 0]},
        },
    },
}
WORKFLOW = {
    "nodes": [
        {"id": 2, "type": "CLIPTextEncode", "widgets_values": ["a beach"], "inputs": []},
        {
            "id": 4,
            "type": "KSampler",
            "widgets_values": [7, "fixed", 20, 7.5, "euler", "karras", 1.0],
            "inputs": [{"name": "positive", "link": 9}, {"name": "negative", "link": 9}],
        },
    ],
    "links": [[9, 2, 0, 4, 1, "CONDITIONING"]],
}
INVOKE = {"positive_prompt": "a beach", "seed": 7, "steps": 20, "cfg_scale": 7.5, "scheduler": "euler", "width": 512}
FOOOCUS = {"prompt": "a beach", "steps": 30, "resolution": "(512, 512)", "seed": "7", "sampler": "euler"}
PROJECT = """\
format = 1
frames = 24
fps = 12.0
width = 128
height = 128
prompt = [{frame = 0, text = "a beach"}, {frame = 12, text = "a forest", interpolation = "ease"}]
seed = 7
guidance_scale = [{frame = 0, value = "3 + sin(2*pi*t)"}, {frame = 20, value = 5}]
[keyframes]
zoom = [{frame = 0, value = 1.0}]
[parameters]
smooth = true
[export]
loops = 0
background = "#ffffff"
"""
MANIFEST = """\
id = "beach"
name = "Beach"
version = "1.0"
api_version = 1
requires = ["scipy>=1.11"]
permissions = ["files"]
"""


def pixels(height: int = 40, width: int = 48, seed: int = 0) -> Pixels:
    random = np.random.default_rng(seed)
    made = random.integers(0, 256, (height, width, 4), dtype=np.uint8)
    made[: height // 2, :, :3] = 200
    made[: height // 2, :, 3] = 255
    return made


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def _texts(**texts: str) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for number, (key, text) in enumerate(texts.items()):
        if number % 2:
            info.add_itxt(key, text, zip=True)
        else:
            info.add_text(key, text, zip=True)
    return info


def _pictures() -> dict[str, bytes]:
    rgba = Image.fromarray(pixels())
    rgb = rgba.convert("RGB")
    frames = [Image.fromarray(pixels(seed=number)) for number in range(4)]
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + A1111.encode("utf-16-be")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    comfy = _texts(prompt=json.dumps(GRAPH), workflow=json.dumps(WORKFLOW))
    animation = {"save_all": True, "append_images": frames[1:], "duration": 80}
    return {
        "rgba.png": _saved(rgba, "PNG", pnginfo=comfy),
        "workflow.png": _saved(rgb, "PNG", pnginfo=_texts(workflow=json.dumps(WORKFLOW)), icc_profile=profile),
        "invoke.png": _saved(rgb, "PNG", pnginfo=_texts(invokeai_metadata=json.dumps(INVOKE)), exif=exif),
        "text.png": _saved(rgb.convert("L"), "PNG", pnginfo=_texts(parameters=A1111)),
        "wide.png": _saved(Image.fromarray(pixels()[..., 0].astype(np.uint16) * 257), "PNG", transparency=0),
        "palette.png": _saved(rgb.quantize(16), "PNG", transparency=3, pnginfo=_texts(parameters=json.dumps(FOOOCUS))),
        "bits.png": _saved(rgb.convert("1"), "PNG"),
        "moving.png": _saved(frames[0], "PNG", default_image=True, **animation),
        "still.jpg": _saved(rgb, "JPEG", exif=exif, icc_profile=profile),
        "progressive.jpg": _saved(rgb, "JPEG", progressive=True, comment=b"hello"),
        "cmyk.jpg": _saved(rgb.convert("CMYK"), "JPEG"),
        "still.webp": _saved(rgba, "WEBP", exif=exif, icc_profile=profile),
        "lossless.webp": _saved(rgba, "WEBP", lossless=True, xmp=b"<x/>"),
        "moving.webp": _saved(frames[0], "WEBP", **animation),
        "moving.gif": _saved(frames[0].convert("P"), "GIF", **{**animation, "loop": 0, "disposal": 2}),
        "still.gif": _saved(rgb.quantize(16), "GIF", transparency=1),
        "deflate.tif": _saved(rgba, "TIFF", compression="tiff_adobe_deflate"),
        "lzw.tif": _saved(rgb, "TIFF", compression="tiff_lzw", exif=exif, icc_profile=profile),
        "deep.tif": _saved(Image.fromarray(pixels()[..., 0].astype(np.float32) / 255), "TIFF"),
        "still.bmp": _saved(rgb, "BMP"),
        "moving.avif": _saved(frames[0], "AVIF", speed=10, **animation),
    }


def _document() -> Document:
    mask = Raster.from_array(pixels()[..., 0], 3, 4, default=255)
    settings = GenerationSettings(prompt="a beach", seed=7).json()
    lower = PaintLayer(name="sand", raster=Raster.from_array(_premultiplied(0)), mask=mask, settings=settings)
    upper = PaintLayer(name="sea", raster=Raster.from_array(_premultiplied(1), 9, -5), blend_mode=BlendMode.MULTIPLY)
    group = GroupLayer(name="beach", children=(lower, upper), opacity=0.5, mask=mask)
    again = PaintLayer(name="sea again", raster=upper.raster, opacity=0.25)
    return Document(width=48, height=40, layers=(group, again), active_id=again.id)


def _premultiplied(seed: int) -> Pixels:
    made = pixels(seed=seed)
    made[..., :3] = np.minimum(made[..., :3], made[..., 3:])
    return made


def _psd(folder: Path) -> bytes:
    from psd_tools import PSDImage

    psd = PSDImage.new("RGB", (48, 40))
    base = psd.create_pixel_layer(Image.fromarray(pixels()), name="base", top=2, left=-3)
    psd.create_pixel_layer(Image.fromarray(pixels(seed=1)), name="clip").clipping = True
    psd.create_group([base], name="group").opacity = 100
    path = folder / "layers.psd"
    psd.save(path)
    return path.read_bytes()


def _films(folder: Path) -> dict[str, bytes]:
    frames = MemoryFrames([pixels(64, 64, number) for number in range(6)], rate=Fraction(12))
    found: dict[str, bytes] = {}
    for name in ("film.mp4", "film.webm"):
        export_frames(frames, folder / name, options=ExportOptions(quality=30))
        found[name] = (folder / name).read_bytes()
    found["film.avi"] = _avi(folder / "film.avi")
    return found


def _avi(path: Path) -> bytes:
    import av

    with av.open(path, "w") as container:
        stream: Any = container.add_stream("mjpeg", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuvj420p"
        for number in range(4):
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels(64, 64, number)[..., :3]), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path.read_bytes()


def _journal(folder: Path) -> bytes:
    history = DocumentHistory(new_document(300, 280), StepKind("test", "New picture"))
    layer = history.current.active_paint_layer
    painted = replace_layer(history.current, layer.id, raster=Raster.from_array(_premultiplied(2), 20, 30))
    history.apply(StepKind("test", "Brush stroke"), painted, settings='{"seed": 7}')
    journal = Journal.create(folder / "recovery", folder / "beach.ora")
    journal.record(history.steps, history.index)
    journal.detach()
    return journal.path.read_bytes()


def _weights() -> bytes:
    """A LoRA for one layer: a whole checkpoint has too long a header for chance to find anything in it."""
    layer = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k"
    tensors = {
        f"{layer}.lora_down.weight": {"dtype": "F16", "shape": [2, 768], "data_offsets": [0, 3072]},
        f"{layer}.lora_up.weight": {"dtype": "F16", "shape": [320, 2], "data_offsets": [3072, 4352]},
        f"{layer}.alpha": {"dtype": "F16", "shape": [], "data_offsets": [4352, 4354]},
    }
    header = json.dumps({"__metadata__": {"format": "pt"}, **tensors}).encode()
    return len(header).to_bytes(8, "little") + header + b"\x01\x2c" * 2177


def samples(folder: Path) -> dict[str, bytes]:
    """Contents by name, whose ending tells what they are; ``folder`` is for what can only be made on the disk."""
    document = _document()
    save_document(document, folder / "layers.ora", settings=GenerationSettings(prompt="a beach"))
    moving = make_timeline(document, tuple(layer.id for layer in document.layers), name="Frames", frame_name="Frame")
    save_document(moving, folder / "timeline.ora")
    texts: dict[str, Callable[[], str]] = {
        "project.toml": lambda: PROJECT,
        "plugin.toml": lambda: MANIFEST,
        "settings.json": lambda: json.dumps({"theme": "dark", "color": [1, 2, 3], "generation": {"seed": 7}}),
    }
    return {
        **_pictures(),
        "layers.ora": (folder / "layers.ora").read_bytes(),
        "timeline.ora": (folder / "timeline.ora").read_bytes(),
        "layers.psd": _psd(folder),
        **_films(folder),
        "line.journal": _journal(folder),
        "lora.safetensors": _weights(),
        **{name: made().encode() for name, made in texts.items()},
    }
