"""What a brush is: its tip, its grain, and how the pen and chance change each dab."""
