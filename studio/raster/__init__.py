"""Pixels: composition, brushes, selections and transforms over numpy tiles.

Built on QPainter (raster engine only, no QApplication is needed), OpenCV and numpy.
"""
