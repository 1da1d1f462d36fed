"""The window: PySide6 widgets over one `studio.session.Session`. A room may import those below it: window, animation,
commands, dialogs, panels, canvas, widgets, background, style."""
