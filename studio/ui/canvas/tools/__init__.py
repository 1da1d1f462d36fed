"""The canvas tools: what they are called, their options, and what they do."""
