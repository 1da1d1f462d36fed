"""Animations: read and written in every format, projects, and the work folders of renders."""
