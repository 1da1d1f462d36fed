"""What adjustment layers do to pixels: a function a kind, from parameters to an effect."""
