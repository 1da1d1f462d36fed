"""OpenRaster, our own format: layers as PNG files and a stack in XML."""
