"""Dialogs. Each is an ordinary widget with values in and values out; none knows the session."""
