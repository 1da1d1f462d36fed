"""What a plan says of a model of full size, beside what a process takes that draws with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.checkpoint_files import checkpoint, write_sparse

_DRAWS = """
import json, resource, sys
from pathlib import Path
import diffusers, transformers, torch
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.generation import CancelToken
from tests.engine.tiny_model import make_job, scheduler_specs

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

models, memory = Path(sys.argv[1]), sys.argv[2]
transformers.CLIPTextModel, diffusers.UNet2DConditionModel, diffusers.AutoencoderKL
engine = DiffusionEngine(ModelLibrary([models]), "cpu", models, scheduler_specs(), memory=memory)
before = peak()
model = engine.load("full", lambda _progress: None, CancelToken())
loaded = peak()
job = make_job(model="full", width=512, height=512, steps=1)
engine.bound(lambda _progress: None, CancelToken()).denoise(job)
print(json.dumps({"plan": model.plan.peak, "weights": model.plan.weights, "loaded": loaded - before,
                  "drawn": peak() - before}))
"""


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(sys.platform != "linux", reason="peaks are counted in another unit elsewhere")
@pytest.mark.parametrize("memory", ["whole", "least"])
def test_a_plan_tells_what_a_model_takes(tmp_path: Path, memory: str) -> None:
    write_sparse(tmp_path / "full.safetensors", checkpoint("sd1"))
    # Measuring number formats, which the first process does, leaves half a gigabyte of oneDNN's own behind.
    _, found = (_drawn(tmp_path, memory) for _ in range(2))
    # Weights are counted, and what torch keeps while it reads comes to them; what work takes is an estimate.
    assert found["weights"] * 0.95 < found["loaded"] < found["weights"] * 1.1 + (300 << 20) or memory == "least"
    assert found["plan"] * 0.8 < found["drawn"] < found["plan"] * 1.2, found


def _drawn(models: Path, memory: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _DRAWS, str(models), memory],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found
