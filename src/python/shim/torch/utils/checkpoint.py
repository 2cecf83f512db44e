"""torch.utils.checkpoint: recomputation saves memory in PyTorch; here the function is simply called."""


def checkpoint(function, *args, use_reentrant=None, context_fn=None, determinism_check="default", debug=False, **kwargs):
    kwargs.pop("preserve_rng_state", None)
    return function(*args, **kwargs)


def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    for function in functions:
        input = function(input)
    return input


def get_device_states(*args):
    """(devices, states of their generators): of accelerators only, of which there are none."""
    return [], []


def set_device_states(devices, states, *, device_type=None):
    pass
