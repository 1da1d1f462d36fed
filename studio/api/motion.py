"""Movement between pictures, for animations: a camera, optical flow, frames in between."""

from __future__ import annotations

from studio.generation.motion import Camera, Flow, Matrix, between, flow_between, moved, warped, warped_difference

__all__ = ["Camera", "Flow", "Matrix", "between", "flow_between", "moved", "warped", "warped_difference"]
