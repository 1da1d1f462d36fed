"""Runs a request: generation tools, upscaling, animation."""
