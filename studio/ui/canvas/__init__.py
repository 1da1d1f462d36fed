"""The canvas: view, tools, and what is painted over the picture."""
