"""From what is asked of a grid to its cells, or to why it cannot be."""

from __future__ import annotations

from studio.generation.grids import GridCell, GridPlan
from studio.jobs.grids.axis_kind import AxisKind
from studio.jobs.grids.cells import cells_of
from studio.jobs.grids.kinds import GridParts
from studio.jobs.grids.sheet import check_sheet


def planned(plan: GridPlan, parts: GridParts, kinds: dict[str, AxisKind]) -> tuple[GridCell, ...]:
    """The cells of a plan. Raises `SettingError` for one that is too large or cannot be."""
    cells = cells_of(plan, kinds, parts.document)
    canvas = parts.document.width, parts.document.height
    sizes = {cell.index: (cell.settings.width, cell.settings.height) if parts.takes_size else canvas for cell in cells}
    check_sheet(plan, sizes)
    return cells
