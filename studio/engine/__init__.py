"""The diffusion engine: devices, the model library and the pipelines. The only package that runs torch.

Importing this package, `studio.engine.models.library` or `studio.engine.engine` does not import torch; the first
job does, on the worker thread.
"""
