"""The gallery on the disk: everything that was drawn as PNG files, and an index that finds them again."""
