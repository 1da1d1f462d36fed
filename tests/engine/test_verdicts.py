"""What is known of models is kept beyond the end of the program, and thrown away where it does not hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from studio.engine.models import verdicts
from studio.engine.models.judging import judged
from studio.engine.models.library import ModelInfo, ModelLibrary, kept_verdicts
from tests.engine.checkpoint_files import checkpoint, unet, vae, write_sparse


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is judged, as it is."""
    names: list[str] = []

    def watched(path: Path, configs: Path) -> tuple[ModelInfo, ...]:
        names.append(path.name)
        return judged(path, configs)

    monkeypatch.setattr("studio.engine.models.library.judged", watched)
    return names


def library(tmp_path: Path) -> ModelLibrary:
    """One as a new process makes it."""
    return ModelLibrary([tmp_path / "models"], kept_verdicts(tmp_path / "cache"))


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    write_sparse(folder / "lightning_4step.safetensors", checkpoint("sd1"))
    write_sparse(folder / "unet.safetensors", unet("sd1"))
    write_sparse(folder / "own.safetensors", unet("sd1"))
    write_sparse(folder / "own.vae.safetensors", vae("sd1"))
    write_sparse(folder / "lora.safetensors", {"lora_unet_mid_block_attentions_0.lora_down.weight": (4, 320)})
    (folder / "torn.safetensors").write_bytes(b"torn")
    return folder


def test_a_second_process_reads_nothing_again(models: Path, tmp_path: Path, read: list[str]) -> None:
    first = library(tmp_path).scan()
    assert len(read) == len(first) == 6
    assert library(tmp_path).scan() == first
    assert len(read) == 6
    write_sparse(models / "lora.safetensors", {"emb_params": (4, 768)})
    assert {model.id: model.kind for model in library(tmp_path).scan()}["lora"] == "embedding"
    assert read[6:] == ["lora.safetensors"]


def test_what_is_said_beside_a_file_counts_at_once(models: Path, tmp_path: Path, read: list[str]) -> None:
    library(tmp_path).scan()
    (models / "lora.safetensors.shoreline.json").write_text('{"family": "sdxl"}')
    assert library(tmp_path).get("lora").family == "sdxl"
    assert read[6:] == ["lora.safetensors"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '"other"\n{}', "\x00\xff"])
def test_a_damaged_file_of_verdicts_is_ignored_and_written_anew(
    models: Path, tmp_path: Path, read: list[str], damage: str
) -> None:
    first = library(tmp_path).scan()
    (tmp_path / "cache" / "models.json").write_text(damage)
    assert library(tmp_path).scan() == first
    assert library(tmp_path).scan() == first
    assert len(read) == 12


def test_values_that_cannot_be_are_ignored(models: Path, tmp_path: Path, read: list[str]) -> None:
    first = library(tmp_path).scan()
    file = tmp_path / "cache" / "models.json"
    version, known = file.read_text().split("\n", 1)
    for verdict in (values := json.loads(known)).values():
        verdict[1][0]["kind"] = "spell"
    file.write_text(f"{version}\n{json.dumps(values)}")
    assert library(tmp_path).scan() == first
    assert len(read) == 12


def test_rules_of_another_version_judge_anew(
    models: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library(tmp_path).scan()
    monkeypatch.setattr(verdicts, "_RULES", verdicts._RULES + 1)
    library(tmp_path).scan()
    assert len(read) == 12


def test_a_cache_that_cannot_be_written_is_no_loss(models: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert len(library(tmp_path).scan()) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
def test_names_that_are_no_unicode_cost_only_themselves(models: Path, tmp_path: Path, read: list[str]) -> None:
    (models / "caf\udce9.safetensors").write_bytes(b"torn")
    write_sparse(models / "strange.safetensors", {"\ud800": (1,)})
    first = library(tmp_path).scan()
    assert len(read) == len(first) == 8
    assert library(tmp_path).scan() == first
    assert sorted(read[8:]) == ["caf\udce9.safetensors", "strange.safetensors"]


def test_few_networks_are_borrowed_from_those_that_have_them(models: Path, tmp_path: Path) -> None:
    found = {model.id: model for model in library(tmp_path).scan()}
    lender = models / "lightning_4step.safetensors"
    assert found["unet"].kind == found["own"].kind == "model"
    assert dict(found["own"].borrowed) == {"text_encoder": lender, "vae": models / "own.vae.safetensors"}
    assert dict(found["unet"].borrowed)["text_encoder"] == lender
    lender.unlink()
    left = library(tmp_path).get("unet")
    assert left.kind == "part"
    assert "holds no text encoder" in str(left.problem)
