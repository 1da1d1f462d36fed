"""Steps 2 to 4: the networks, how each learns, and how they are put together and drawn with."""
