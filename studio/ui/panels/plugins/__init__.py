"""Panels that plugins declare."""
