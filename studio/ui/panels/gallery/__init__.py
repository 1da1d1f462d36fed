"""The panel of everything that was drawn."""
