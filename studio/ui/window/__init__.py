"""The main window and what it is put together from: docks, menus, status bar, recovery, closing."""
