"""Installing what draws: PyTorch and the libraries around it, as an engine beside the application. No Qt, no torch.

The application itself is small and opens without an engine. An engine is a folder of Python packages in the user's
data, chosen for the graphics card, tried before it is used, and replaced as a whole.
"""
