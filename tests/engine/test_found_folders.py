"""Folders of other programs: told by what is in them, and searched where they keep models."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.engine.models.found_folders import found_folders, program_of, searched_folders
from studio.engine.models.library import ModelLibrary
from tests.engine.checkpoint_files import write_sparse


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_sparse(path, {"lora_unet_a.lora_down.weight": (4, 8)})


@pytest.fixture
def comfy(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    for name in ("models/checkpoints/a", "models/loras/in/b", "output/c", "custom_nodes/pack/models/d"):
        put(folder / f"{name}.safetensors")
    return folder


def test_only_the_folders_for_models_of_a_program_are_searched(comfy: Path) -> None:
    assert program_of(comfy) == "ComfyUI"
    assert [model.id for model in ModelLibrary([comfy]).scan()] == ["a", "in/b"]


def test_its_folder_of_models_and_the_one_around_it_stand_for_it(comfy: Path) -> None:
    found = searched_folders(comfy)
    assert searched_folders(comfy / "models") == found
    portable = comfy.parent / "ComfyUI_windows_portable"
    portable.mkdir()
    comfy.rename(portable / "ComfyUI")
    assert [path.name for path in searched_folders(portable)] == ["checkpoints", "loras"]


def test_a_folder_named_twice_is_searched_once(comfy: Path) -> None:
    library = ModelLibrary([comfy / "models" / "checkpoints", comfy])
    assert [model.id for model in library.scan()] == ["a", "in/b"]


@pytest.mark.parametrize(
    ("program", "names"),
    [
        ("AUTOMATIC1111", ("models/Stable-diffusion/a", "models/Lora/b", "embeddings/c")),
        ("InvokeAI", ("models/sd-1/main/a", "models/sdxl/lora/b", "models/sdxl/vae/c")),
        ("InvokeAI", ("databases/invokeai.db", "models/0a1b2c3d-0000-1111-2222-333344445555/a")),
    ],
)
def test_folders_of_other_programs_are_told(tmp_path: Path, program: str, names: tuple[str, ...]) -> None:
    for name in names:
        put(tmp_path / f"{name}.safetensors")
    put(tmp_path / "outputs" / "z.safetensors")
    if "databases/invokeai.db" in names:
        (tmp_path / "databases" / "invokeai.db").touch()
    assert program_of(tmp_path) == program
    found = {model.path.stem for model in ModelLibrary([tmp_path]).scan()}
    assert found == {Path(name).name for name in names if not name.startswith("databases")}


def test_any_other_folder_is_searched_whole(tmp_path: Path) -> None:
    put(tmp_path / "mine" / "a.safetensors")
    assert program_of(tmp_path) == ""
    assert searched_folders(tmp_path) == (tmp_path,)
    assert searched_folders(tmp_path / "gone") == (tmp_path / "gone",)


def test_programs_are_found_where_people_unpack_them(tmp_path: Path) -> None:
    empty = tmp_path / "stable-diffusion-webui" / "models" / "Stable-diffusion"
    empty.mkdir(parents=True)
    (empty / "put models here.txt").touch()
    assert found_folders(tmp_path) == ()
    (empty / "model.safetensors").touch()
    (tmp_path / "invokeai" / "models" / "sdxl" / "main" / "xl").mkdir(parents=True)
    found = found_folders(tmp_path)
    assert [item.program for item in found] == ["AUTOMATIC1111", "InvokeAI"]
    assert found[0].folder == tmp_path / "stable-diffusion-webui"
    assert found_folders(tmp_path, (str(found[0].folder),)) == found[1:]
    assert found_folders(tmp_path, (str(empty),)) == found[1:], "as it was added before"
