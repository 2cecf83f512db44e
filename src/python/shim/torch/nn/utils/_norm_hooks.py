"""Forward pre-hooks that make a parameter of others before each call: one of a kind for a parameter, found and taken away by its name."""


def _key_of(module, kind, name):
    """Key of the hook of a kind for a parameter; None where there is none."""
    return next((key for key, hook in module._forward_pre_hooks.items() if isinstance(hook, kind) and hook.name == name), None)


def refuse_second(module, kind, name, function):
    if _key_of(module, kind, name) is not None:
        raise RuntimeError(f"Cannot register two {function} hooks on the same parameter {name}")


def taken(module, kind, name, function):
    """The hook, which the module no longer has. Raises ValueError where it had none."""
    key = _key_of(module, kind, name)
    if key is None:
        raise ValueError(f"{function} of '{name}' not found in {module}")
    return module._forward_pre_hooks.pop(key)
