"""Speed against peers, in the same run on the same machine. ``python -m tests.bench [NAME ...]``.

A module ``bench_NAME.py`` in this folder has a function ``run() -> list[Measurement]`` and is found by its name.
"""
