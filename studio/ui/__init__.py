"""The window: PySide6 widgets over one `studio.session.Session`."""
