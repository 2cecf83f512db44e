"""`einops.EinopsError`."""


class EinopsError(RuntimeError):
    """What einops raises where a pattern is wrong, or does not fit a tensor."""


EinopsError.__module__ = "einops"
