"""The strip of results over the canvas."""
