"""Photoshop documents, read with psd-tools."""
