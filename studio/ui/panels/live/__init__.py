"""Live painting: its row of controls, and its picture beside the canvas."""
