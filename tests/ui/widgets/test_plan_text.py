"""What a model takes of the memory, in the language of the window."""

from __future__ import annotations

from studio.engine.device import residency
from studio.engine.device.residency import PartSize, Room, Work, plan
from studio.ui.widgets import plan_text

GB = 1 << 30


def test_every_sentence_of_a_plan_can_be_translated() -> None:
    said = {value for name, value in vars(residency).items() if name.isupper() and isinstance(value, str)}
    assert said == set(plan_text.TEXTS)


def test_a_plan_is_told_with_amounts_that_people_read() -> None:
    parts = (
        PartSize(role="encoder", whole=2 * GB, compact=2 * GB),
        PartSize(role="denoiser", whole=3 * GB, compact=2 * GB),
    )
    work = Work(encoding=0, drawing=GB, decoding=GB, decoding_in_tiles=GB)
    card = Room(free=6 * GB, total=8 * GB, system_free=8 * GB, is_shared=False)
    text = plan_text.plan_text(plan(parts, work, card))
    assert text.startswith("The text encoder moves to the processor's memory after encoding.")
    assert text.endswith("About 5 GB of 8 GB are used at most.")
