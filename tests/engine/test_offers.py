"""What a repository offers, and downloading what was chosen of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.engine.models.arrivals import Places
from studio.engine.models.known_models import known_help, known_models
from studio.engine.models.library import ModelLibrary
from studio.engine.models.offer import Choice
from studio.engine.models.offers import fetch_chosen, look_at, on_hub
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.paths import default_paths
from tests.engine.checkpoint_files import write_sparse
from tests.engine.hub_server import REPOSITORY, HubServer


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("studio.engine.models.retries._RETRY_SECONDS", (0.0, 0.0, 0.0))
    lora = write_sparse(tmp_path / "made", {"lora_unet_a.lora_down.weight": (4, 8)}).read_bytes()
    server = HubServer()
    server.files = {"ink.safetensors": lora, "old/ink.safetensors": lora, "ink.ckpt": b"pickled", "notes.txt": b"x"}
    server.files["README.md"] = b"---\nlicense: mit\n---\n"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_single_files_are_offered_and_what_can_run_code_is_counted(hub: HubServer) -> None:
    offer = look_at(f"{hub.endpoint}/{REPOSITORY}/blob/main/old/ink.safetensors", CancelToken(), endpoint=hub.endpoint)
    assert [choice.file for choice in offer.choices] == ["ink.safetensors", "old/ink.safetensors"]
    assert offer.asked == "old/ink.safetensors"
    assert offer.refused == 1
    assert offer.choices[0].size == len(hub.files["ink.safetensors"])


def test_a_model_folder_is_offered_whole(hub: HubServer) -> None:
    hub.files["model_index.json"] = (
        b'{"_class_name": "StableDiffusionPipeline", "unet": ["d", "U"], "vae": ["d", "V"], '
        b'"text_encoder": ["t", "C"], "tokenizer": ["t", "C"], "scheduler": ["d", "S"]}'
    )
    for part, name in (
        ("unet", "diffusion_pytorch_model"),
        ("vae", "diffusion_pytorch_model"),
        ("text_encoder", "model"),
    ):
        hub.files[f"{part}/{name}.safetensors"] = b"12345"
    offer = look_at(REPOSITORY, CancelToken(), endpoint=hub.endpoint)
    assert offer.choices[0] == Choice(file="", size=15 + len(hub.files["model_index.json"]) + len(b"x"))
    assert [choice.file for choice in offer.choices[1:]] == ["ink.safetensors"]


def test_a_folder_of_another_family_says_why_and_files_are_left(hub: HubServer) -> None:
    hub.files["model_index.json"] = b'{"_class_name": "PixArtSigmaPipeline"}'
    offer = look_at(REPOSITORY, CancelToken(), endpoint=hub.endpoint)
    assert not any(choice.is_folder for choice in offer.choices)
    assert "PixArtSigmaPipeline" in offer.why_no_folder


def test_where_there_is_nothing_it_is_said(hub: HubServer) -> None:
    hub.files = {"ink.ckpt": b"pickled"}
    with pytest.raises(ModelError, match="can run code"):
        look_at(REPOSITORY, CancelToken(), endpoint=hub.endpoint)


def test_what_was_chosen_comes_with_its_card(hub: HubServer, tmp_path: Path) -> None:
    models, seen = tmp_path / "models", []
    target = models / "someone--painter"
    fetched = fetch_chosen(
        REPOSITORY,
        ["old/ink.safetensors"],
        Places(models=models, upscalers=tmp_path / "upscalers", configs=tmp_path),
        lambda done, total: seen.append((done, total)),
        CancelToken(),
        endpoint=hub.endpoint,
    )
    assert (fetched.place, fetched.problem) == (target, "")
    assert sorted(path.name for path in target.rglob("*.*")) == ["README.md", "ink.safetensors"]
    assert seen[-1][0] == seen[-1][1] > 0
    (found,) = ModelLibrary([tmp_path / "models"]).scan()
    assert (found.kind, found.id) == ("lora", "someone--painter/old/ink")


@pytest.mark.parametrize(
    ("file", "called"),
    [("sharp.safetensors", "sharp.safetensors"), ("diffusion_pytorch_model.safetensors", "painter.safetensors")],
)
def test_an_upscaler_of_the_hub_comes_to_the_upscalers(hub: HubServer, tmp_path: Path, file: str, called: str) -> None:
    tensors = {"model.0.weight": (8, 3, 3, 3), "model.1.sub.0.weight": (8, 8)}
    hub.files[file] = write_sparse(tmp_path / "sharp", tensors).read_bytes()
    configs = default_paths().resources / "models" / "configs"
    places = Places(models=tmp_path / "models", upscalers=tmp_path / "upscalers", configs=configs)
    fetched = fetch_chosen(REPOSITORY, [file], places, lambda *_: None, CancelToken(), endpoint=hub.endpoint)
    assert fetched.place == places.upscalers / called
    assert fetched.place.read_bytes() == hub.files[file]
    assert not list(places.models.iterdir()), "nothing is left in the models folder"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("owner/name", ("owner/name", "")),
        ("  https://huggingface.co/owner/name/ ", ("owner/name", "")),
        ("huggingface.co/owner/name/tree/main", ("owner/name", "")),
        (
            "https://huggingface.co/owner/name/resolve/main/a/b%20c.safetensors?download=true",
            ("owner/name", "a/b c.safetensors"),
        ),
        ("http://mirror.example:8080/owner/name", ("owner/name", "")),
    ],
)
def test_addresses_of_pages_name_repository_and_file(address: str, expected: tuple[str, str]) -> None:
    assert on_hub(address, "http://mirror.example:8080") == expected


@pytest.mark.parametrize("address", ["ftp://host/a.safetensors", "file:///etc/passwd", "http://[bad", "http://a.org/b"])
def test_addresses_elsewhere_are_asked_over_https_only(address: str) -> None:
    assert on_hub(address) is None
    with pytest.raises(ModelError, match="no https address"):
        look_at(address, CancelToken())


def test_for_what_a_model_lacks_the_smallest_help_is_proposed() -> None:
    known = known_models(default_paths().resources / "models")
    assert known_help(known, "sdxl", ("vae",)).repository == "madebyollin/sdxl-vae-fp16-fix"
    assert known_help(known, "sd1", ("text_encoder",)).parts == ("text_encoder",)
    assert known_help(known, "sd1", ("text_encoder", "vae")).kind == "model"
    assert known_help(known, "flux1", ("vae",)).name == "VAE of Flux.1"
    assert known_help(known, "flux1", ("text_encoder",)).name == "Text encoder CLIP-L", "the same reads for three"
    assert known_help(known, "z-image", ("text_encoder",)).name == "Text encoder Qwen3-4B"
    assert known_help(known, "z-image", ("text_encoder", "vae")).kind == "model"
    assert known_help(known, "sd2", ("text_encoder",)) is None
