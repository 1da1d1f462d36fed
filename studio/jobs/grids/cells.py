"""The cells of a grid: what each is drawn with, in which order, and about how long that takes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import count
from typing import Final

from studio.api import ToolSpec
from studio.document import Document
from studio.errors import SettingError
from studio.generation import GenerationResult, GenerationSettings
from studio.generation.grids import GridCell, GridPlan
from studio.jobs.grids.axis_kind import AxisKind, CellWork
from studio.system.records import FieldError

_MILLION: Final = 1e6
_NAMES_BETWEEN: Final = " · "


def cells_of(plan: GridPlan, kinds: Mapping[str, AxisKind], document: Document) -> tuple[GridCell, ...]:
    """All cells, row by row. Raises `SettingError` for an axis that there is no more, and for a cell that cannot be."""
    plan.check()
    used = [_kind_of(axis.parameter, kinds) for axis in plan.axes]
    steps = sorted(range(len(used)), key=lambda position: used[position].order)
    start = CellWork(settings=plan.settings.with_changes(count=1), document=document)

    def work(place: tuple[int, ...]) -> CellWork:
        made = start
        for step in steps:
            made = used[step].change(made, plan.axes[step].texts, place[step])
        return made

    try:
        return tuple(_cell(plan, index, place, work(place)) for index, place in enumerate(plan.places()))
    except FieldError as error:
        raise SettingError(
            "{name} cannot be {value!r}.",
            "Expected is {expected}.",
            name=error.name,
            value=error.value,
            expected=error.expected,
        ) from error


def _cell(plan: GridPlan, index: int, place: tuple[int, ...], work: CellWork) -> GridCell:
    name = _NAMES_BETWEEN.join(plan.label(axis, value) for axis, value in enumerate(place))
    return GridCell(index=index, place=place, name=name, settings=work.settings, document=work.document)


def in_drawing_order(plan: GridPlan, cells: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """So that each model is loaded once, and LoRAs and sizes change as seldom as they can. The plan's own model, which
    is likely to be loaded, comes first."""
    models, loras, sizes = _Ranks(), _Ranks(), _Ranks()
    models.of(plan.settings.model)
    return tuple(
        sorted(
            cells,
            key=lambda cell: (
                models.of(cell.settings.model),
                loras.of(cell.settings.loras),
                sizes.of((cell.settings.width, cell.settings.height)),
                cell.index,
            ),
        )
    )


class _Ranks:
    """Numbers for things by when they came first."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}
        self._next = count()

    def of(self, thing: Hashable) -> int:
        if thing not in self._known:
            self._known[thing] = next(self._next)
        return self._known[thing]


def _kind_of(parameter: str, kinds: Mapping[str, AxisKind]) -> AxisKind:
    if parameter not in kinds:
        raise SettingError(
            "There is no parameter {key!r} here.", "Known are: {names}.", key=parameter, names=", ".join(kinds)
        )
    return kinds[parameter]


# --- how long ---------------------------------------------------------------------------------------


def effort_of(settings: GenerationSettings, tool: ToolSpec | None) -> float:
    """Steps times megapixels, of all pictures."""
    share = settings.strength if tool is not None and tool.uses_strength else 1.0
    steps = max(1.0, settings.steps * share)
    return steps * settings.count * settings.width * settings.height / _MILLION


def pace_of(result: GenerationResult, tools: Mapping[str, ToolSpec]) -> float | None:
    """Seconds for a step of a megapixel, as a job took them without loading its model; ``None`` for what does not
    tell."""
    settings = result.request.settings
    seconds = result.timings.get("total", 0.0) - result.timings.get("loading", 0.0)
    if result.request.upscale is not None or not result.images or seconds <= 0:
        return None
    return seconds / effort_of(settings, tools.get(settings.tool))


def seconds_for(cells: Iterable[GridCell], paces: Mapping[str, float], tool: ToolSpec | None) -> float | None:
    """About how long the cells take, by the paces of their models; ``None`` where one is not known."""
    total = 0.0
    for cell in cells:
        pace = paces.get(cell.settings.model)
        if pace is None:
            return None
        total += pace * effort_of(cell.settings, tool)
    return total
