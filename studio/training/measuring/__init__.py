"""What the evaluation measures, and the card that tells it."""
