"""What the canvas shows: the picture as a mosaic, what lies over it, the cursor, and how it is looked at."""
