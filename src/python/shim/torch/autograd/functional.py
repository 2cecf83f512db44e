"""torch.autograd.functional: whole Jacobians and Hessians of functions of tensors, one row per output element."""
from .._tensor import Tensor


def _tuple(things):
    if things is None:
        return ()
    return (things,) if isinstance(things, Tensor) else tuple(things)


def _prepared(inputs):
    return tuple(tensor.detach().clone().requires_grad_() for tensor in _tuple(inputs))


def _unpacked(results, given):
    return results[0] if isinstance(given, Tensor) else tuple(results)


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False):
    """Derivatives of each element of `func(*inputs)`: shape of the output, then shape of the input."""
    from . import grad
    from .._joining import stack
    if create_graph:
        leaves = _tuple(inputs)
    else:
        leaves = _prepared(inputs)
    output = func(*leaves)
    rows = [grad(element, leaves, retain_graph=True, create_graph=create_graph, allow_unused=True, materialize_grads=True)
            for element in output.reshape(-1)]
    results = [stack([row[position] for row in rows]).reshape(*output.value.shape, *leaf.value.shape)
               for position, leaf in enumerate(leaves)]
    return _unpacked(results, inputs)


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False):
    """Second derivatives of a scalar function of one tensor."""
    from . import grad
    if not isinstance(inputs, Tensor):
        from _lens.door import UnsupportedError
        raise UnsupportedError("torch.autograd.functional.hessian of several inputs is not supported yet")
    leaf = _prepared(inputs)[0]
    return jacobian(lambda x: grad(func(x), x, create_graph=True)[0], leaf, create_graph=True).detach()


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """(output, Jacobian · v): the gradient of vᵀ · (Jacobianᵀ · u) with respect to u."""
    from . import grad
    leaves = _prepared(inputs)
    output = func(*leaves)
    u = output.detach() * 0
    u.requires_grad_()
    pulled = grad(output, leaves, u, create_graph=True)
    found = grad(pulled, u, _tuple(v) or tuple(leaf * 0 + 1 for leaf in leaves), create_graph=create_graph)[0]
    return output.detach(), found.detach() if not create_graph else found


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """(value, Hessian · v)"""
    from . import grad
    leaves = _prepared(inputs)
    value = func(*leaves)
    gradients = grad(value, leaves, create_graph=True)
    found = grad(gradients, leaves, _tuple(v), create_graph=create_graph, allow_unused=True, materialize_grads=True)
    return value.detach(), _unpacked(found, inputs)


vhp = hvp


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(output, vᵀ · Jacobian)."""
    from . import grad
    leaves = _prepared(inputs)
    output = func(*leaves)
    return output.detach(), _unpacked(grad(output, leaves, v, create_graph=create_graph), inputs)
