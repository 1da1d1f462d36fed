"""The Generate panel: prompt, tool, sampling, and the bar that starts and cancels."""
