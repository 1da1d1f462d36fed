"""What a family of models is on the disk, a file each; how one is run is in ``studio.engine.families``.

Needs no torch.
"""
