"""The Layers panel: its tree, rows and thumbnails."""
