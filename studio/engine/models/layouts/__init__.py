"""Which tensors a network has: their names here and in the files that people own, and their shapes. Needs no torch."""
