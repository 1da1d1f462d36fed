"""Texts that we read from strangers or write for others: JSON and TOML within limits."""
