"""LoRAs and their kin: what they add to the layers of a loaded model, which itself is never changed."""
