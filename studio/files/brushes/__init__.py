"""Brush presets on the disk: ours, a file each, and those of other programs as far as they go."""
