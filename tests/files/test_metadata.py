"""Generation settings travel inside pictures, ours and those of other programs.

The examples were written for these tests in the shapes that the programs use.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.document import Document
from studio.files import SaveOptions, open_document, save_document
from studio.files.metadata import samplers
from studio.files.metadata.a1111 import a1111_text, parse_a1111
from studio.files.metadata.comfyui import parse_comfyui
from studio.files.metadata.fooocus import parse_fooocus
from studio.files.metadata.invokeai import parse_invokeai
from studio.files.metadata.reading import read_metadata
from studio.files.metadata.shoreline import parse_shoreline, settings_json
from studio.files.metadata.user_comment import decode_user_comment, encode_user_comment
from studio.files.pictures.images import EXIF_IFD, USER_COMMENT, RawMetadata
from studio.generation import GenerationSettings, LoraUse
from studio.generation.prompting import parse

A1111 = """a photo of a beach, (palm trees:1.2)
second line, 海滩
Negative prompt: people, blurry
Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 1234567890, Size: 512x768, \
Model hash: abcdef1234, Model: "dream, v8: final", Version: v1.10.1"""

COMFY_PROMPT = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": ["20", 0],
            "steps": 25,
            "cfg": 7.5,
            "sampler_name": "euler_ancestral",
            "scheduler": "normal",
            "denoise": 1.0,
            "model": ["10", 0],
            "positive": ["12", 0],
            "negative": ["7", 0],
            "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15/dream.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 640, "height": 448, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "海滩 at dawn", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
    "10": {"class_type": "LoraLoader", "inputs": {"model": ["4", 0], "clip": ["4", 1], "lora_name": "x"}},
    "12": {"class_type": "ConditioningSetArea", "inputs": {"conditioning": ["6", 0], "width": 64, "height": 64}},
    "20": {"class_type": "PrimitiveInt", "inputs": {"value": 77}},
}
COMFY_WORKFLOW = {
    "nodes": [
        {
            "id": 3,
            "type": "KSampler",
            "widgets_values": [99, "randomize", 18, 4.0, "dpmpp_2m", "karras", 0.6],
            "inputs": [
                {"name": "model", "link": 1},
                {"name": "positive", "link": 2},
                {"name": "negative", "link": 3},
                {"name": "latent_image", "link": 4},
            ],
        },
        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["sky.ckpt"]},
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [256, 320, 1]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["a sky"], "inputs": [{"name": "clip", "link": 9}]},
        {"id": 7, "type": "CLIPTextEncode", "widgets_values": ["rain"], "inputs": [{"name": "clip", "link": 9}]},
    ],
    "links": [[1, 4, 0, 3, 0, "MODEL"], [2, 6, 0, 3, 1, "C"], [3, 7, 0, 3, 2, "C"], [4, 5, 0, 3, 3, "L"]],
}
INVOKE = {
    "generation_mode": "sdxl_img2img",
    "positive_prompt": "a forest",
    "negative_prompt": "fog",
    "width": 1024,
    "height": 768,
    "seed": 42,
    "steps": 30,
    "cfg_scale": 5.5,
    "scheduler": "dpmpp_2m_k",
    "strength": 0.55,
    "model": {"key": "k", "name": "Juggernaut", "base": "sdxl", "type": "main"},
    "app_version": "5.0.0",
}
FOOOCUS = {
    "prompt": "city at night",
    "negative_prompt": "",
    "steps": 30,
    "resolution": "(1152, 896)",
    "guidance_scale": 4.0,
    "sharpness": 2.0,
    "base_model": "juggernautXL",
    "sampler": "dpmpp_2m_sde_gpu",
    "scheduler": "karras",
    "seed": "5150",
    "version": "Fooocus v2.5.5",
}


def picture_with(tmp_path, **texts: str):
    info = PngInfo()
    for key, text in texts.items():
        info.add_text(key, text)
    path = tmp_path / "made.png"
    Image.new("RGB", (4, 4)).save(path, pnginfo=info)
    return open_document(path)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "ora"])
def test_settings_come_back_from_every_format(tmp_path, settings, suffix):
    path = tmp_path / f"a.{suffix}"
    assert save_document(Document(width=8, height=8), path, settings=settings) in ((),) or suffix == "jpg"
    opened = open_document(path)
    assert opened.settings == settings
    assert "美丽的海滩" in opened.metadata


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_settings_can_be_left_out(tmp_path, settings, suffix):
    path = tmp_path / f"a.{suffix}"
    save_document(Document(width=8, height=8), path, settings=settings, options=SaveOptions(embed_settings=False))
    assert open_document(path).settings is None
    assert "海滩".encode() not in path.read_bytes()


def test_a1111_text_is_as_others_write_it():
    settings = GenerationSettings(
        prompt="a beach", negative_prompt="blurry", seed=1, model="my model, v2", width=128, height=128
    )
    assert a1111_text(settings) == (
        "a beach\nNegative prompt: blurry\n"
        "Steps: 20, Sampler: DPM++ 2M, CFG scale: 5, Seed: 1, Size: 128x128, "
        'Model: "my model, v2", Version: Shoreline'
    )


def test_loras_are_written_as_others_write_them_and_come_back_with_the_prompt():
    settings = GenerationSettings(
        prompt="a beach", seed=1, loras=(LoraUse("styles/ink", 0.8), LoraUse("oil", -1.0, 0.5))
    )
    assert a1111_text(settings).splitlines()[0] == "a beach <lora:ink:0.8> <lora:oil:0.5:-1>"
    found = parse_a1111(a1111_text(settings)).settings
    assert parse(found.prompt).loras == (LoraUse("ink", 0.8), LoraUse("oil", -1.0, 0.5))
    assert parse_shoreline(settings_json(settings)).settings == settings


def test_the_a1111_text_alone_gives_the_settings_back(settings):
    found = parse_a1111(a1111_text(settings)).settings
    assert found == settings.with_changes(tool="image_to_image", parameters={})


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_other_programs_find_the_a1111_text(tmp_path, settings, suffix):
    path = tmp_path / f"a.{suffix}"
    save_document(Document(width=8, height=8), path, settings=settings)
    with Image.open(path) as image:
        if suffix == "png":
            text = image.text["parameters"]
        else:
            comment = image.getexif().get_ifd(EXIF_IFD)[USER_COMMENT]
            assert comment.startswith(b"UNICODE\0")
            text = comment[8:].decode("utf-16-be")
    assert text == a1111_text(settings)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_model_name_survives_the_a1111_line(name):
    model = name.replace("\n", " ").strip() or "x"
    assert parse_a1111(a1111_text(GenerationSettings(model=model))).settings.model == model


@given(st.text())
def test_any_text_is_parsed_or_left(text):
    parse_a1111(text)
    parse_a1111(f"prompt\nSteps: 20, Sampler: Euler, CFG scale: 7, {text}")


def test_a_hostile_line_costs_little():
    """Cut in one pass: a pattern with backtracking takes minutes here."""
    assert parse_a1111("[" * 1_000_000) is None
    assert parse_a1111('Steps: "' + '\\"' * 300_000) is None


def test_a1111_files_offer_their_settings(tmp_path):
    opened = picture_with(tmp_path, parameters=A1111)
    found = opened.settings
    assert found.prompt == "a photo of a beach, (palm trees:1.2)\nsecond line, 海滩"
    assert found.negative_prompt == "people, blurry"
    assert (found.steps, found.guidance_scale, found.seed) == (28, 6.5, 1234567890)
    assert (found.width, found.height) == (512, 768)
    assert found.scheduler == "dpmpp_2m_karras"
    assert found.model == "dream, v8: final"
    assert found.tool == "text_to_image"
    assert opened.metadata == A1111
    assert opened.notes == ()


SETTINGS_LINE = "Steps: 28, Sampler: Euler a, CFG scale: 6.5, Seed: 12, Size: 512x768, Model: m"


@pytest.mark.parametrize(
    "behind",
    [
        "Template: {red|blue} fox\nNegative Template: bad",
        "Template: Steps: 3, Sampler: DDIM, CFG scale: 1, Seed: 2",
        "Negative Template: bad, Steps: 3, Sampler: DDIM, CFG scale: 1",
        "",
        'Wildcard prompt: "a, b: c"\n\nand more',
        "Negative prompt: of nothing",
    ],
)
def test_a1111_lines_behind_the_settings_change_nothing(behind):
    text = f"a fox,\nin the snow\nNegative prompt: bad,\nworse, steps: none\n{SETTINGS_LINE}\n{behind}"
    found = parse_a1111(text).settings
    assert (found.prompt, found.negative_prompt) == ("a fox,\nin the snow", "bad,\nworse, steps: none")
    assert (found.steps, found.seed, found.scheduler, found.width, found.height) == (28, 12, "euler_a", 512, 768)
    assert parse_a1111(text.replace("\n", "\r\n")).settings == found


def test_a1111_quoted_values_with_commas_and_colons():
    line = f'{SETTINGS_LINE}, Lora hashes: "a: 1, b: 2", Hires prompt: "x, Seed: 99\\n\\"y\\"", Version: v1.10'
    assert parse_a1111(f"a fox\n{line}").settings.seed == 12


@pytest.mark.parametrize(
    ("extra", "tool"),
    [
        ("Denoising strength: 0.4", "image_to_image"),
        ("Denoising strength: 0.4, Mask blur: 4", "inpaint"),
        ("Denoising strength: 0.4, Hires upscale: 2, Hires upscaler: Latent", "text_to_image"),
    ],
)
def test_a1111_strength_tells_the_tool(extra, tool):
    found = parse_a1111(f"x\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x512, {extra}").settings
    assert found.tool == tool
    assert found.strength == (1.0 if tool == "text_to_image" else 0.4)


@pytest.mark.parametrize("order", ["utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_a1111_text_in_exif_of_either_byte_order(tmp_path, order, suffix):
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = b"UNICODE\0" + A1111.encode(order)
    Image.new("RGB", (8, 8)).save(tmp_path / f"a.{suffix}", exif=exif)
    opened = open_document(tmp_path / f"a.{suffix}")
    assert opened.settings.seed == 1234567890
    assert "海滩" in opened.settings.prompt


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"ASCII\0\0\0plain", "plain"),
        (b"\0" * 8 + "海".encode(), "海"),
        (b"no prefix at all", "no prefix at all"),
        (b"UNICODE\0\xff\xfe" + "海".encode("utf-16-le"), "海"),
        (encode_user_comment("海滩 beach"), "海滩 beach"),
    ],
)
def test_user_comments_of_every_kind(data, text):
    assert decode_user_comment(data) == text


def test_comfyui_prompt_is_followed_along_its_links(tmp_path):
    found = picture_with(tmp_path, prompt=json.dumps(COMFY_PROMPT)).settings
    assert (found.prompt, found.negative_prompt) == ("海滩 at dawn", "blurry")
    assert (found.seed, found.steps, found.guidance_scale) == (77, 25, 7.5)
    assert (found.width, found.height) == (640, 448)
    assert (found.scheduler, found.model, found.tool) == ("euler_a", "dream", "text_to_image")


def test_comfyui_workflow_alone_is_enough(tmp_path):
    found = picture_with(tmp_path, workflow=json.dumps(COMFY_WORKFLOW)).settings
    assert (found.prompt, found.negative_prompt) == ("a sky", "rain")
    assert (found.seed, found.steps, found.guidance_scale) == (99, 18, 4.0)
    assert (found.width, found.height) == (256, 320)
    assert (found.scheduler, found.model) == ("dpmpp_2m_karras", "sky")
    assert (found.tool, found.strength) == ("image_to_image", 0.6)


def test_a_comfyui_graph_that_runs_in_a_circle_ends():
    graph = {
        "1": {
            "class_type": "KSampler",
            "inputs": {"positive": ["2", 0], "negative": ["1", 0], "seed": ["2", 0], "model": ["2", 0]},
        },
        "2": {"class_type": "Loop", "inputs": {"value": ["2", 0], "text": ["1", 0]}},
    }
    assert parse_comfyui(graph, None).settings.prompt == ""


def comfy(changes: dict[str, object], **sampler: object) -> GenerationSettings:
    """The settings of a usual graph with nodes (kind, inputs) put in, and with other inputs of its sampler."""
    nodes: dict[str, tuple[str, dict[str, object]]] = {
        "1": ("CheckpointLoaderSimple", {"ckpt_name": "sky.safetensors"}),
        "2": ("CLIPTextEncode", {"text": "a fox", "clip": ["1", 1]}),
        "3": ("CLIPTextEncode", {"text": "blurry", "clip": ["1", 1]}),
        "4": ("EmptyLatentImage", {"width": 320, "height": 448, "batch_size": 1}),
        "5": (
            "KSampler",
            {
                **{"seed": 7, "steps": 22, "cfg": 6.5, "sampler_name": "euler", "scheduler": "normal", "denoise": 1},
                **{"model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0], "latent_image": ["4", 0]},
                **sampler,
            },
        ),
        "6": ("VAEDecode", {"samples": ["5", 0], "vae": ["1", 2]}),
        "7": ("SaveImage", {"images": ["6", 0]}),
        **changes,
    }
    graph = {key: {"class_type": kind, "inputs": inputs} for key, (kind, inputs) in nodes.items()}
    return parse_comfyui(graph, None).settings


BOTH = {"positive": ["2", 0], "negative": ["3", 0]}


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("ControlNetApplyAdvanced", {**BOTH, "control_net": ["9", 0], "image": ["8", 0], "strength": 1.0}),
        ("ControlNetApplySD3", {**BOTH, "control_net": ["9", 0], "vae": ["1", 2]}),
        ("InpaintModelConditioning", {**BOTH, "vae": ["1", 2], "pixels": ["8", 0], "mask": ["8", 1]}),
        ("InstructPixToPixConditioning", {**BOTH, "vae": ["1", 2], "pixels": ["8", 0]}),
        ("SomeNodeNobodyKnows", BOTH),
    ],
)
def test_comfyui_nodes_with_two_conditionings_hand_on_each_at_its_output(kind, inputs):
    nodes = {"8": ("LoadImage", {"image": "a.png"}), "10": (kind, inputs)}
    found = comfy(nodes, positive=["10", 0], negative=["10", 1])
    assert (found.prompt, found.negative_prompt) == ("a fox", "blurry")
    crossed = comfy(nodes, positive=["10", 1], negative=["10", 0])
    assert (crossed.prompt, crossed.negative_prompt) == ("blurry", "a fox")
    chained = comfy(
        {**nodes, "11": (kind, {**inputs, "positive": ["10", 0], "negative": ["10", 1]})},
        positive=["11", 0],
        negative=["11", 1],
    )
    assert (chained.prompt, chained.negative_prompt) == ("a fox", "blurry")


def test_comfyui_conditionings_behind_a_model_output():
    nodes = {"10": ("ApplyInstantID", {**BOTH, "model": ["1", 0]})}
    found = comfy(nodes, model=["10", 0], positive=["10", 1], negative=["10", 2])
    assert (found.prompt, found.negative_prompt, found.model) == ("a fox", "blurry", "sky")


def test_comfyui_inpainting_has_the_size_of_its_picture_and_its_tool():
    nodes = {
        "8": ("LoadImage", {"image": "a.png"}),
        "10": ("InpaintModelConditioning", {**BOTH, "pixels": ["8", 0], "mask": ["8", 1]}),
    }
    found = comfy(nodes, positive=["10", 0], negative=["10", 1], latent_image=["10", 2], denoise=0.7)
    assert (found.tool, found.strength) == ("inpaint", 0.7)
    assert (found.width, found.height) == (GenerationSettings().width, GenerationSettings().height)


@pytest.mark.parametrize(
    ("node", "prompt"),
    [
        (("ConditioningZeroOut", {"conditioning": ["2", 0]}), ""),
        (("ConditioningSetTimestepRange", {"conditioning": ["2", 0], "start": 0.0, "end": 0.5}), "a fox"),
        (("ControlNetApply", {"conditioning": ["2", 0], "control_net": ["3", 0]}), "a fox"),
        (("FluxGuidance", {"guidance": 3.5, "conditioning": ["2", 0]}), "a fox"),
        (("Reroute", {"": ["2", 0]}), "a fox"),
        (("ConditioningCombine", {"conditioning_1": ["2", 0], "conditioning_2": ["3", 0]}), "a fox, blurry"),
        (("ConditioningConcat", {"conditioning_to": ["3", 0], "conditioning_from": ["2", 0]}), "blurry, a fox"),
        (
            (
                "ConditioningAverage",
                {"conditioning_to": ["2", 0], "conditioning_from": ["3", 0], "conditioning_to_strength": 0.9},
            ),
            "a fox",
        ),
        (
            (
                "ConditioningAverage",
                {"conditioning_to": ["2", 0], "conditioning_from": ["3", 0], "conditioning_to_strength": 0.1},
            ),
            "blurry",
        ),
        (("CLIPTextEncodeSDXL", {"width": 9, "height": 9, "text_g": "a red fox", "text_l": "fox"}), "a red fox"),
        (("CLIPTextEncodeFlux", {"clip_l": "fox", "t5xxl": "a red fox", "guidance": 3.5}), "a red fox"),
        (("CR Conditioning Input Switch", {"Input": 2, "conditioning1": ["3", 0], "conditioning2": ["2", 0]}), "a fox"),
    ],
)
def test_comfyui_conditionings_are_followed_to_what_they_use(node, prompt):
    assert comfy({"10": node}, positive=["10", 0]).prompt == prompt


@pytest.mark.parametrize(
    ("node", "prompt"),
    [
        (("PrimitiveString", {"value": "a red fox"}), "a red fox"),
        (("PrimitiveStringMultiline", {"value": "a red\nfox"}), "a red\nfox"),
        (("String Literal", {"string": "a red fox"}), "a red fox"),
        (
            ("StringConcatenate", {"string_a": ["11", 0], "string_b": "at dawn", "delimiter": ", "}),
            "a snow fox, at dawn",
        ),
        (("Text Concatenate", {"delimiter": " ", "text_a": "a", "text_b": ["11", 0]}), "a a snow fox"),
        (("ShowText|pysssss", {"text": ["11", 0], "text_0": "old"}), "a snow fox"),
        (
            ("ImpactWildcardProcessor", {"wildcard_text": "__x__", "populated_text": "a red fox", "seed": 1}),
            "a red fox",
        ),
        (("SDXLPromptStyler", {"text_positive": ["11", 0], "text_negative": "rain", "style": "x"}), "a snow fox"),
        (("Reroute", {"": ["11", 0]}), "a snow fox"),
        (("ImpactSwitch", {"select": 2, "input1": "no", "input2": ["11", 0]}), "a snow fox"),
    ],
)
def test_comfyui_texts_from_other_nodes(node, prompt):
    nodes = {
        "2": ("CLIPTextEncode", {"text": ["10", 0], "clip": ["1", 1]}),
        "10": node,
        "11": ("PrimitiveString", {"value": "a snow fox"}),
    }
    assert comfy(nodes).prompt == prompt


def test_comfyui_a_styler_has_the_negative_text_at_its_second_output():
    nodes = {
        "10": ("SDXLPromptStyler", {"text_positive": "a fox", "text_negative": "rain", "style": "x"}),
        "3": ("CLIPTextEncode", {"text": ["10", 1], "clip": ["1", 1]}),
    }
    assert comfy(nodes).negative_prompt == "rain"


ADVANCED = {
    "20": ("RandomNoise", {"noise_seed": 99}),
    "21": ("CFGGuider", {"model": ["1", 0], **BOTH, "cfg": 4.5}),
    "22": ("KSamplerSelect", {"sampler_name": "dpmpp_2m"}),
    "23": ("BasicScheduler", {"model": ["1", 0], "scheduler": "karras", "steps": 31, "denoise": 1.0}),
    "5": (
        "SamplerCustomAdvanced",
        {"noise": ["20", 0], "guider": ["21", 0], "sampler": ["22", 0], "sigmas": ["23", 0], "latent_image": ["4", 0]},
    ),
}


def test_comfyui_custom_sampling_with_noise_guider_and_sigmas():
    found = comfy(ADVANCED)
    assert (found.prompt, found.negative_prompt, found.seed) == ("a fox", "blurry", 99)
    assert (found.steps, found.guidance_scale, found.scheduler) == (31, 4.5, "dpmpp_2m_karras")
    assert (found.width, found.height, found.model, found.tool) == (320, 448, "sky", "text_to_image")


def test_comfyui_a_basic_guider_has_no_negative_and_no_guidance():
    found = comfy({**ADVANCED, "21": ("BasicGuider", {"model": ["1", 0], "conditioning": ["2", 0]})})
    assert (found.prompt, found.negative_prompt, found.guidance_scale) == ("a fox", "", 1.0)


def test_comfyui_sigmas_that_are_split_and_a_sampler_of_its_own_node():
    nodes = {
        **ADVANCED,
        "22": ("SamplerEulerAncestral", {"eta": 1.0, "s_noise": 1.0}),
        "24": ("SplitSigmas", {"sigmas": ["23", 0], "step": 10}),
    }
    nodes["5"] = ("SamplerCustomAdvanced", {**ADVANCED["5"][1], "sigmas": ["24", 1]})
    assert (comfy(nodes).steps, comfy(nodes).scheduler) == (31, "euler_a")


def test_comfyui_sampler_custom():
    values = {"add_noise": True, "noise_seed": 5, "cfg": 3.0, "model": ["1", 0], **BOTH, "latent_image": ["4", 0]}
    found = comfy({**ADVANCED, "5": ("SamplerCustom", {**values, "sampler": ["22", 0], "sigmas": ["23", 0]})})
    assert (found.prompt, found.negative_prompt, found.seed, found.steps) == ("a fox", "blurry", 5, 31)
    assert (found.guidance_scale, found.scheduler) == (3.0, "dpmpp_2m_karras")


def test_comfyui_the_sampler_that_feeds_the_saved_picture_counts():
    other = {"seed": 1, "steps": 2, "cfg": 3.0, "sampler_name": "ddim", "scheduler": "normal", "denoise": 1}
    loose = ("KSampler", {**other, "positive": ["3", 0], "negative": ["2", 0], "latent_image": ["4", 0]})
    found = comfy(
        {"0": loose, "00": ("PreviewImage", {"images": ["01", 0]}), "01": ("VAEDecode", {"samples": ["0", 0]})}
    )
    # Keys of text keep their order, and the loose sampler comes after the nodes of `comfy`; so the other way round too:
    assert (found.seed, found.prompt) == (7, "a fox")
    first = comfy({"6": ("VAEDecode", {"samples": ["0", 0]}), "0": loose})
    assert (first.seed, first.prompt) == (1, "blurry")


def test_comfyui_a_second_pass_has_its_own_size_and_strength():
    nodes = {
        "10": ("LatentUpscaleBy", {"samples": ["5", 0], "upscale_method": "nearest-exact", "scale_by": 1.5}),
        "11": (
            "KSampler",
            {
                **{"seed": 8, "steps": 9, "cfg": 3.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 0.5},
                **{"model": ["1", 0], **BOTH, "latent_image": ["10", 0]},
            },
        ),
        "6": ("VAEDecode", {"samples": ["11", 0], "vae": ["1", 2]}),
    }
    found = comfy(nodes)
    assert (found.seed, found.width, found.height, found.strength) == (8, 480, 672, 0.5)


def test_comfyui_a_refiner_goes_on_with_the_noise_of_the_first_sampler():
    base = {"steps": 25, "cfg": 7.0, "sampler_name": "euler", "scheduler": "normal", "model": ["1", 0], **BOTH}
    nodes = {
        "5": ("KSamplerAdvanced", {**base, "add_noise": "enable", "noise_seed": 77, "latent_image": ["4", 0]}),
        "10": ("KSamplerAdvanced", {**base, "add_noise": "disable", "noise_seed": 0, "latent_image": ["5", 0]}),
        "6": ("VAEDecode", {"samples": ["10", 0], "vae": ["1", 2]}),
    }
    assert comfy(nodes).seed == 77


def test_comfyui_the_model_is_that_of_the_model_link():
    nodes = {
        "8": ("CheckpointLoaderSimple", {"ckpt_name": "other.safetensors"}),
        "9": ("LoraLoader", {"clip": ["8", 1], "model": ["1", 0], "lora_name": "x"}),
    }
    assert comfy(nodes, model=["9", 0]).model == "sky"


def test_comfyui_a_hostile_graph_of_joined_texts_costs_little():
    nodes: dict[str, object] = {"a0": ("CLIPTextEncode", {"text": "x"})}
    for number in range(1, 300):
        link = [f"a{number - 1}", 0]
        nodes[f"a{number}"] = ("ConditioningCombine", {"conditioning_1": link, "conditioning_2": link})
    comfy(nodes, positive=["a299", 0])
    assert comfy(nodes, positive=["a50", 0]).prompt == "x"


@pytest.mark.parametrize(("mode", "prompt"), [(0, "a crow"), (4, "a sky"), (2, "")])
def test_comfyui_workflow_nodes_that_are_bypassed_or_off(mode, prompt):
    workflow = json.loads(json.dumps(COMFY_WORKFLOW))
    crow = {"id": 8, "type": "TextNode", "mode": mode, "widgets_values": {"text": "a crow"}}
    crow["inputs"] = [{"name": "clip", "type": "CLIP", "link": None}, {"name": "in", "type": "C", "link": 12}]
    workflow["nodes"].append(crow)
    workflow["links"] = [link for link in workflow["links"] if link[0] != 2]
    workflow["links"] += [[2, 8, 0, 3, 1, "C"], [12, 6, 0, 8, 1, "C"]]
    assert parse_comfyui(None, workflow).settings.prompt == prompt


def test_comfyui_workflow_widgets_of_unknown_nodes_are_named_by_newer_editors():
    workflow = json.loads(json.dumps(COMFY_WORKFLOW))
    node = next(node for node in workflow["nodes"] if node["id"] == 6)
    node["type"], node["widgets_values"] = "MyEncoder", [3, "fixed", "a named sky"]
    node["inputs"] = [{"name": "seed", "widget": {"name": "seed"}}, {"name": "text", "widget": {"name": "text"}}]
    assert parse_comfyui(None, workflow).settings.prompt == "a named sky"


def test_comfyui_without_a_sampler_says_so(tmp_path):
    opened = picture_with(tmp_path, prompt='{"1": {"class_type": "LoadImage", "inputs": {}}}')
    assert opened.settings is None
    assert "No sampler" in opened.notes[0]
    assert "LoadImage" in opened.metadata


def test_invokeai(tmp_path):
    found = picture_with(tmp_path, invokeai_metadata=json.dumps(INVOKE)).settings
    assert (found.prompt, found.negative_prompt, found.seed) == ("a forest", "fog", 42)
    assert (found.width, found.height, found.steps, found.guidance_scale) == (1024, 768, 30, 5.5)
    assert (found.scheduler, found.model) == ("dpmpp_2m_karras", "Juggernaut")
    assert (found.tool, found.strength) == ("image_to_image", 0.55)


def test_invokeai_text_to_image_has_full_strength():
    assert parse_invokeai({**INVOKE, "generation_mode": "txt2img"}).settings.strength == 1.0


@pytest.mark.parametrize("shape", ["file", "log"])
def test_fooocus(tmp_path, shape):
    value = FOOOCUS if shape == "file" else {key.replace("_", " ").title(): item for key, item in FOOOCUS.items()}
    found = picture_with(tmp_path, parameters=json.dumps(value), fooocus_scheme="fooocus").settings
    assert (found.prompt, found.seed, found.steps, found.guidance_scale) == ("city at night", 5150, 30, 4.0)
    assert (found.width, found.height) == (1152, 896)
    assert (found.scheduler, found.model) == ("dpmpp_2m_sde_karras", "juggernautXL")


def test_a_sampler_without_counterpart_is_noted():
    found = parse_fooocus({**FOOOCUS, "sampler": "wobble_9"})
    assert found.settings.scheduler == GenerationSettings().scheduler
    assert found.notes == ("The sampler wobble_9 of the picture is not known here.",)


def test_every_sampler_leads_to_a_scheduler_that_is_there():
    plugin = Path(__file__).parents[2] / "plugins" / "schedulers"
    source = "".join(path.read_text(encoding="utf-8") for path in plugin.glob("*.py"))
    ids = {*samplers._A1111_NAMES, *samplers._COMFY_IDS.values(), *samplers._INVOKE_IDS.values()}
    assert [scheduler for scheduler in sorted(ids) if f'"{scheduler}"' not in source] == []


def test_values_that_are_not_possible_here_are_noted_and_the_rest_stays():
    found = parse_fooocus({**FOOOCUS, "seed": 2**60, "guidance_scale": -3, "steps": "many"})
    assert found.settings.prompt == "city at night"
    assert found.settings.seed == 0
    assert len(found.notes) == 3
    assert "seed 1152921504606846976" in " ".join(found.notes)


def test_ours_wins_over_the_others(tmp_path):
    ours = json.dumps({"version": 1, "settings": {"prompt": "ours", "seed": 3}})
    found = picture_with(tmp_path, parameters=A1111, shoreline=ours).settings
    assert (found.prompt, found.seed) == ("ours", 3)


def test_a_damaged_text_of_ours_falls_back_to_the_a1111_text(tmp_path):
    opened = picture_with(tmp_path, parameters=A1111, shoreline='{"version": 1, "settings": {"steps": []}}')
    assert opened.settings.seed == 1234567890
    assert "damaged" in opened.notes[0]


def test_what_is_sound_in_our_text_is_read_beside_what_is_not(tmp_path):
    backwards = {"kind": "canny", "start": 0.8, "end": 0.2}
    ours = {"prompt": "a beach", "steps": -3, "guides": [{"kind": "depth"}, backwards, 7], "of_a_later_version": []}
    opened = picture_with(tmp_path, shoreline=json.dumps({"version": 1, "settings": ours}))
    assert opened.settings.prompt == "a beach"
    assert opened.settings.steps == GenerationSettings().steps
    assert [guide.kind for guide in opened.settings.guides] == ["depth"]
    assert len(opened.notes) == 2
    assert "steps -3" in opened.notes[0]
    assert "control layers" in opened.notes[1]


@pytest.mark.parametrize("key", ["parameters", "prompt", "workflow", "invokeai_metadata", "shoreline"])
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", '"x"', "{}", '{"prompt": 5}', '{"nodes": 3}', '{"1": 2}', "[" * 60_000, "\0\x01"],
)
def test_malformed_metadata_never_stops_the_opening(tmp_path, key, text):
    opened = picture_with(tmp_path, **{key: text})
    assert opened.document.width == 4
    assert opened.settings is None or opened.settings.seed == 0


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says so in its own way
def test_malformed_exif_and_xmp_never_stop_the_opening(tmp_path):
    for index, exif in enumerate((b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"")):
        path = tmp_path / f"{index}.jpg"
        Image.new("RGB", (4, 4)).save(path, exif=exif, xmp=b"<urn:shoreline-studio:settings:1")
        assert open_document(path).document.width == 4


def with_chunk(kind: bytes, body: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (kind, body), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    packed = (struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize(
    ("kind", "body", "noted"),
    [
        (b"zTXt", b"parameters\0\0" + zlib.compress(b"hello"), False),
        (b"zTXt", b"parameters\0\0not zlib", True),
        (b"zTXt", b"parameters\0\0" + zlib.compress(bytes(64 * 1024**2)), True),
        (b"iTXt", b"parameters\0\1\0\0\0" + zlib.compress("海".encode()), False),
        (b"iTXt", b"parameters\0\0\0\0\0\xff\xff", True),
        (b"tEXt", b"no separator", True),
    ],
)
def test_broken_and_huge_png_texts_are_noted(tmp_path, kind, body, noted):
    (tmp_path / "a.png").write_bytes(with_chunk(kind, body))
    opened = open_document(tmp_path / "a.png")
    assert any("could not be read" in note for note in opened.notes) == noted
    assert noted or opened.metadata in ("hello", "海")


def test_a_plain_description_is_shown(tmp_path):
    opened = picture_with(tmp_path, Description="My holiday")
    assert (opened.settings, opened.metadata) == (None, "My holiday")


def test_no_metadata_gives_nothing():
    found = read_metadata(RawMetadata())
    assert (found.settings, found.text, found.notes) == (None, "", ())


def test_settings_too_long_for_a_jpeg_are_noted(tmp_path):
    settings = GenerationSettings(prompt="海滩" * 10_000)
    notes = save_document(Document(width=4, height=4), tmp_path / "a.jpg", settings=settings)
    assert any("too long" in note for note in notes)
    assert open_document(tmp_path / "a.jpg").settings is None


def test_a_prompt_of_megabytes_is_noted_and_left_out():
    found = parse_a1111("beach " * 500_000 + "\nSteps: 7, Sampler: Euler, CFG scale: 4, Seed: 5, Size: 128x128")
    assert found is not None
    assert found.settings is not None
    assert (found.settings.prompt, found.settings.steps) == ("", 7)
    assert any("prompt" in note for note in found.notes)
