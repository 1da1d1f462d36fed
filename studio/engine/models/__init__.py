"""The models that a person has: finding, judging, downloading and loading them."""
