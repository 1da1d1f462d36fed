"""How each kind of layer lies in files: one codec a kind, for the journal, OpenRaster and Photoshop."""
