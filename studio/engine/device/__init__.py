"""The devices that draw: which there are, in which number format each is fastest, its memory and threads."""
