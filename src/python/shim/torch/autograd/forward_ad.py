"""torch.autograd.forward_ad: derivatives are taken backwards here."""
from _lens.door import UnsupportedError


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.autograd.forward_ad' has no attribute '{name}'")
    raise UnsupportedError(f"torch.autograd.forward_ad.{name} is not supported: derivatives are taken backwards here")
