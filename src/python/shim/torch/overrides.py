"""torch.overrides: no class of a file takes functions of torch over here."""


def has_torch_function(relevant_args):
    return False


def has_torch_function_unary(obj):
    return False


has_torch_function_variadic = has_torch_function_unary


def handle_torch_function(public_api, relevant_args, *args, **kwargs):
    return public_api(*args, **kwargs)


def is_tensor_like(inp):
    from ._tensor import Tensor
    return isinstance(inp, Tensor)


def wrap_torch_function(dispatcher):
    return lambda function: function


def get_overridable_functions():
    return {}


def get_ignored_functions():
    return set()


class TorchFunctionMode:
    """A context in which functions of torch are what they are."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None
