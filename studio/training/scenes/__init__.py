"""Step 1, the data: a grammar writes scenes and their captions, and they are rendered."""
