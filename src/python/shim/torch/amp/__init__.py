"""torch.amp: mixed precision. Everything is computed in float32 here, so that its contexts change nothing."""
import functools
import sys


class autocast:
    """A context manager and decorator without effect."""

    def __init__(self, device_type="cuda", dtype=None, enabled=True, cache_enabled=None):
        self.device, self.fast_dtype = device_type, dtype

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        return wrapper


class GradScaler:
    """Scales by one."""

    def __init__(self, device="cuda", init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True):
        pass

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        pass

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        pass

    def get_scale(self):
        return 1.0

    def is_enabled(self):
        return False

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass


def custom_fwd(fwd=None, *, device_type, cast_inputs=None):
    """A decorator of `forward` of a torch.autograd.Function, which changes nothing here."""
    return fwd if fwd is not None else lambda function: function


def custom_bwd(bwd=None, *, device_type):
    return bwd if bwd is not None else lambda function: function


def is_autocast_available(device_type):
    return device_type in ("cpu", "cuda")


for _name in ("autocast_mode", "grad_scaler"):  # PyTorch's own files
    sys.modules[f"{__name__}.{_name}"] = globals()[_name] = sys.modules[__name__]
del _name
