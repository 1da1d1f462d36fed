"""What belongs to a model and is noted of it: pictures, notes of other programs, cards, metadata."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

import pytest

from studio.engine.models import lora_facts
from studio.engine.models.companions import companions, own_picture, picture_of
from studio.engine.models.headers import read_header
from studio.engine.models.mending import mends
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.model_notes import ModelNotes, embedded_picture, read_notes
from studio.engine.models.overrides import Override, override_file, write_override
from tests.engine.checkpoint_files import write_sparse


def lora(path: Path, **metadata: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_sparse(path, {"lora_unet_a.lora_down.weight": (4, 8)}, metadata=metadata)


def test_metadata_of_the_file_tells_title_licence_and_trigger_words(tmp_path: Path) -> None:
    tags = {"10_ink": {"ink": 9, "river ": 30}, "more": {"ink": 12}}
    model = lora(
        tmp_path / "ink.safetensors",
        **{"modelspec.title": "Ink  Style", "modelspec.author": "Mo", "modelspec.license": "CC-BY-4.0"},
        **{"modelspec.trigger_phrase": "ink style, by mo,ink style", "ss_tag_frequency": json.dumps(tags)},
        ss_sd_model_name="v1-5-pruned.safetensors",
    )
    notes = read_notes(model)
    assert (notes.title, notes.author, notes.licence) == ("Ink Style", "Mo", "CC-BY-4.0")
    assert notes.words == ("ink style", "by mo")
    assert notes.tags == ("river", "ink")
    assert notes.made_for == "v1-5-pruned.safetensors"


def test_the_header_is_read_once_for_all_that_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(lora_facts, "read_header", lambda path: read.append(path) or read_header(path))
    model = lora(tmp_path / "ink.safetensors", **{"modelspec.title": "Ink", "modelspec.trigger_phrase": "ink style"})
    notes = read_notes(model)
    assert (notes.title, notes.words) == ("Ink", ("ink style",))
    assert read == [model]


def test_what_other_programs_noted_beside_it_is_read(tmp_path: Path) -> None:
    model = lora(tmp_path / "ink.safetensors")
    (tmp_path / "ink.json").write_text(json.dumps({"activation text": "old ink", "description": "Thin lines."}))
    civitai = {"modelId": 4711, "trainedWords": ["wet ink, wash", 5], "baseModel": "SD 1.5", "model": {"name": "Ink"}}
    (tmp_path / "ink.civitai.info").write_text(json.dumps(civitai))
    notes = read_notes(model)
    assert notes.words == ("wet ink", "wash", "old ink")
    assert notes.source == "https://civitai.com/models/4711"
    assert (notes.title, notes.about, notes.made_for) == ("Ink", "Thin lines.", "SD 1.5")


def test_a_download_tells_licence_and_page_by_its_card(tmp_path: Path) -> None:
    home = tmp_path / "some-one--ink.v2"
    model = lora(home / "files" / "ink.safetensors")
    (home / "README.md").write_text("---\nlicense: 'openrail'\nbase_model:\n- owner/base\n---\nText: more\n")
    notes = read_notes(model)
    assert notes.licence == "openrail"
    assert notes.made_for == "owner/base"
    assert notes.source == "https://huggingface.co/some-one/ink.v2"


@pytest.mark.parametrize(
    "content", ["", "[1, 2]", '{"trainedWords": 3, "modelId": "x", "model": []}', "\0" * 9, "[" * 500]
)
def test_odd_notes_are_no_notes(tmp_path: Path, content: str) -> None:
    model = lora(tmp_path / "ink.safetensors", ss_tag_frequency=f"[{content}")
    for end in (".json", ".civitai.info", ".metadata.json"):
        (tmp_path / f"ink{end}").write_text(content)
    assert read_notes(model) == ModelNotes()
    assert read_notes(tmp_path / "gone.safetensors") == ModelNotes()


def test_the_picture_that_was_chosen_goes_before_others(tmp_path: Path) -> None:
    model = tmp_path / "ink.v1.safetensors"
    assert picture_of(model) is None
    (tmp_path / "ink.v1.webp").touch()
    assert picture_of(model) == tmp_path / "ink.v1.webp"
    own_picture(model).touch()
    assert picture_of(model) == tmp_path / "ink.v1.preview.png"
    folder = tmp_path / "big.v2"
    folder.mkdir()
    (folder / "preview.jpg").touch()
    assert picture_of(folder) == folder / "preview.jpg"
    (tmp_path / "big.v2.png").touch()
    assert picture_of(folder) == tmp_path / "big.v2.png"


def test_a_picture_inside_the_file_is_found(tmp_path: Path) -> None:
    picture = b64encode(b"pixels").decode()
    model = lora(tmp_path / "a.safetensors", **{"modelspec.thumbnail": f"data:image/jpeg;base64,{picture}"})
    assert embedded_picture(model) == b"pixels"
    assert (
        embedded_picture(lora(tmp_path / "b.safetensors", **{"modelspec.thumbnail": "data:text/html;base64,AA"})) == b""
    )
    assert (
        embedded_picture(lora(tmp_path / "c.safetensors", **{"modelspec.thumbnail": "data:image/png;base64,?"})) == b""
    )


def test_what_belongs_to_a_model_goes_with_it_unless_another_may_own_it(tmp_path: Path) -> None:
    model = lora(tmp_path / "ink.safetensors")
    write_override(model, Override(kind="lora"))
    for name in ("ink.png", "ink.json", "ink.vae.safetensors", "inkwell.png"):
        (tmp_path / name).touch()
    assert {path.name for path in companions(model)} == {override_file(model).name, "ink.png", "ink.json"}
    (tmp_path / "ink.ckpt").touch()
    assert companions(model) == (override_file(model),)


def info(**changes: object) -> ModelInfo:
    values = {
        "id": "a",
        "name": "A",
        "path": Path("a.safetensors"),
        "family": "sd1",
        "format": "single_file",
        "size": 1,
    }
    return ModelInfo(**{**values, "problem": "It is cut short.", **changes})


@pytest.mark.parametrize(
    ("model", "ways"),
    [
        (info(problem=None), ()),
        (info(), ("get again",)),
        (info(missing=("vae",)), ("get parts",)),
        (info(missing=("vae",), family="sd3"), ()),
        (info(kind="other", what="Unknown"), ("say what it is", "get again")),
        (info(kind="upscaler"), ("move", "get again")),
        (info(is_passing=True, is_changed=True), ("look again", "reset", "get again")),
    ],
)
def test_what_cannot_be_used_says_the_way_out(model: ModelInfo, ways: tuple[str, ...]) -> None:
    assert mends(model, "https://huggingface.co/some/one") == ways
    assert "get again" not in mends(model)
