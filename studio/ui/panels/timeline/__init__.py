"""The Timeline panel: the strip of frames and what plays it."""
