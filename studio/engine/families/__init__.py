"""Families of models: what differs between their networks, a file a family."""
