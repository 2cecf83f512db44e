"""torch.backends: none of them is there; settings are accepted."""


class _Backend:
    """Accepts any setting."""

    def __init__(self, **settings):
        self.__dict__.update(settings)

    def is_available(self):
        return False

    is_built = is_available


cudnn = _Backend(enabled=False, benchmark=False, deterministic=False, allow_tf32=True)
cuda = _Backend(matmul=_Backend(allow_tf32=False))
mps, mkl, mkldnn, openmp, cpu = _Backend(), _Backend(), _Backend(), _Backend(), _Backend()
