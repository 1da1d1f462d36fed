"""Flat pictures of every format: read into premultiplied RGBA, and written."""
