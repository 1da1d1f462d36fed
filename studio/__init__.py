"""Shoreline: a desktop studio for Stable Diffusion."""

__version__ = "0.1.0"
HOMEPAGE = "https://shoreline-studio.example"
"""The project's page, which everything else takes from here. A placeholder: a release sets it first."""
