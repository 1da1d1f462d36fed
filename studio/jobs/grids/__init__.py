"""Grids: what can change from cell to cell, how they are drawn, and the sheet that comes of it."""
