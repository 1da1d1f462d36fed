"""What is to be said of a job's prompts: what of them is left out, and what the model does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from studio.api import DenoiseJob
from studio.api.specs import steps_of
from studio.engine.models.embeddings import doubts_about_embeddings
from studio.engine.models.model_info import ModelInfo
from studio.engine.prompts import only
from studio.engine.regions import spoken
from studio.generation.prompting import parse
from studio.generation.prompting.left_out import left_out
from studio.message import Message

if TYPE_CHECKING:
    from studio.engine.loaded_model import LoadedModel


def notes_on_prompts(
    model: LoadedModel, job: DenoiseJob, models: Sequence[ModelInfo], check: Callable[[], object]
) -> Iterator[str]:
    """Notes about the prompts of a job and of its regions; ``models`` is everything in the models folders.

    They are encoded, as they are remembered for the drawing; ``check`` is called before each, to raise where it is to
    end.
    """
    asked = job.prompt_blend or only(job.prompt)
    unwanted = job.negative_blend or only(job.negative_prompt)
    is_guided = job.guidance_scale > 1.0 and not model.denoiser.takes_guidance
    if model.denoiser.takes_guidance and (unwanted.first or unwanted.second):
        yield Message(
            "{model} hears no negative prompt: its guidance is built into the network.", model=model.info.name
        )
    parts = () if job.conditioning is None else job.conditioning.regions
    whole = (asked, *(spoken(asked, part.prompt) for part in parts))
    for blend in (*whole, unwanted) if is_guided else whole:
        read = model.prompts.encode_blend(blend, steps_of(job), check=check)
        if read.dropped:
            yield left_out(read.dropped)
        if read.note:
            yield read.note
    said = [text for blend in whole for text in (blend.first, blend.second)]
    yield from doubts_about_embeddings((*said, unwanted.first, unwanted.second), models, model.info)
    if model.vocabulary is not None:
        notice = model.vocabulary.notice(model.info.name, " ".join(parse(text).words for text in said))
        if notice:
            yield notice
