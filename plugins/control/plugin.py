"""What takes part in sampling for guides that control networks read, for pictures to resemble, and for regions."""

from __future__ import annotations

from collections.abc import Sequence

from studio.api import InfluenceContext, InfluenceSpec, SamplingInfluence, hookimpl

# torch is imported by the files that use it, when a job is drawn: at the top it would delay every start.


@hookimpl
def shoreline_influences() -> Sequence[InfluenceSpec]:
    return [
        InfluenceSpec(
            id="control",
            name="Control networks",
            run=controls,
            description="What control networks make of pictures is added to the layers of the network that draws.",
            together=True,
        ),
        InfluenceSpec(
            id="reference",
            name="References",
            run=references,
            description="The network that draws is shown pictures beside the prompt.",
            together=True,
        ),
        InfluenceSpec(
            id="regions",
            name="Regions",
            run=regions,
            description="Parts of the picture are drawn after words of their own.",
        ),
    ]


def controls(context: InfluenceContext) -> SamplingInfluence:
    """Control networks for all guides of a job."""
    if context.model is None:
        return SamplingInfluence()
    from .reading import controls_of

    return controls_of(context.guides, context.model)


def references(context: InfluenceContext) -> SamplingInfluence:
    """IP-Adapters for all references of a job, or what shows them to a model that looks at pictures itself."""
    if context.model is None:
        return SamplingInfluence()
    from .latents import ReferenceLatents
    from .references import References

    if all(guide.network is None for guide in context.guides):
        return ReferenceLatents(context.guides, context.model)
    return References.of_guides(context.guides, context.model)


def regions(context: InfluenceContext) -> SamplingInfluence:
    """What keeps the words of regions to their places, in the way that the network can."""
    if context.model is None or context.regions is None:
        return SamplingInfluence()
    if context.model.sequence is not None:
        from .joint_regions import JointRegions

        return JointRegions(context.model.sequence, context.regions)
    from .coupled_regions import CoupledRegions

    return CoupledRegions(context.regions)
