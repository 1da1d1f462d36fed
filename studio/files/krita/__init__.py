"""Krita's documents, read."""
