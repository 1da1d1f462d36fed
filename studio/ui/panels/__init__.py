"""The panels around the canvas. Each shows the session and calls it; none knows another."""
