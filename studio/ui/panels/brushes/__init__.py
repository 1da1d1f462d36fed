"""The presets of brushes: their list, the panel around it, and the editor."""
