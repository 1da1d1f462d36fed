"""Run with pytest, in this folder. `shoreline plugins check` tries the plugin out as the program would."""

import numpy as np
from plugin import shoreline_filters

from studio.api.testing import run_filter


def test_few_tones_are_left_and_alpha_is_kept() -> None:
    (spec,) = shoreline_filters()
    pixels = np.zeros((1, 256, 4), np.uint8)
    pixels[0, :, 0] = pixels[0, :, 3] = np.arange(256)
    after = run_filter(spec, pixels, tones=3)
    assert sorted(set(after[0, :, 0].tolist())) == [0, 128, 255]
    assert np.array_equal(after[..., 3], pixels[..., 3])
