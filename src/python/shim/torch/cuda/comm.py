"""torch.cuda.comm: between GPUs, of which there are none."""
from _lens.door import UnsupportedError


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.cuda.comm' has no attribute '{name}'")
    raise UnsupportedError(f"torch.cuda.comm.{name} is not supported: there is no GPU")
