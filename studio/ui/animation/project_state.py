"""What is so in the window of an animation project: it decides which of its commands are of use."""

from __future__ import annotations

from studio.editing.animation import ProjectEditor
from studio.ui.animation.key_edits import KeyEdits
from studio.ui.animation.rendering import Rendering
from studio.ui.commands.keyframe_context import KeyframeState


def project_state(
    editor: ProjectEditor, edits: KeyEdits, rendering: Rendering, *, has_plugins: bool, is_playing: bool
) -> KeyframeState:
    """The state now; what only the window knows is handed in."""
    render = rendering.render
    return KeyframeState(
        has_project=editor.project is not None,
        is_unsaved=editor.is_modified or editor.path is None,
        can_undo=editor.undo_step is not None,
        can_redo=editor.redo_step is not None,
        ways=edits.ways(),
        has_curve=edits.has_curve,
        has_plugins=has_plugins,
        is_playing=is_playing,
        is_rendering=rendering.is_running,
        is_stopping=rendering.is_stopping,
        has_frames=render is not None and render.drawn > 0,
        is_whole=render is not None and render.is_whole,
    )
