"""Large pictures in overlapping tiles without seams, for upscalers and tools.

`Tiler` halves its tiles when memory runs out, and looks at the cancel token before each.
"""

from studio.generation.pictures import scaled
from studio.generation.tiling import SMALLEST_TILE, Draw, Span, Tiler, spans

__all__ = ["SMALLEST_TILE", "Draw", "Span", "Tiler", "scaled", "spans"]
