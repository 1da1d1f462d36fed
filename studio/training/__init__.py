"""The recipe of the starter model: data made by a grammar, then four steps that each resume.

1. :mod:`studio.training.scenes.data` renders scenes and writes their captions.
2. :mod:`studio.training.networks.text_encoder` trains the tokenizer and the text encoder.
3. :mod:`studio.training.networks.generator` trains the autoencoder and the denoiser.
4. :mod:`studio.training.networks.integration` writes the pipeline folder, its card and its evaluation.

This package and ``studio.engine`` are the only places that import torch. Nothing else imports this package but
``studio.cli.train``, and that only inside its commands.
"""
