"""What any file in a models folder is, told by the names and shapes of its tensors. Needs no torch."""
