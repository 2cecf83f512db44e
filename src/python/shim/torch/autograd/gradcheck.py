"""torch.autograd.gradcheck: gradients against central differences."""
from .._tensor import Tensor


def _numbers(output):
    return (output,) if isinstance(output, Tensor) else tuple(output)


def gradcheck(func, inputs, *, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, **options):
    from . import grad
    inputs = (inputs,) if isinstance(inputs, Tensor) else tuple(inputs)
    leaves = [each for each in inputs if isinstance(each, Tensor) and each.requires_grad]
    if not leaves:
        raise ValueError("gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.")
    for at, output in enumerate(_numbers(func(*inputs))):
        for element in range(output.numel()):
            made = _numbers(func(*inputs))[at].reshape(-1)[element]
            analytic = grad(made, leaves, allow_unused=True, materialize_grads=True)
            for number, (leaf, found) in enumerate(zip(leaves, analytic)):
                for place in range(leaf.numel()):
                    numeric = (_moved(func, inputs, leaf, place, eps, at, element) - _moved(func, inputs, leaf, place, -eps, at, element)) / (2 * eps)
                    own = found.reshape(-1)[place].item()
                    if abs(own - numeric) > atol + rtol * abs(numeric):
                        if raise_exception:
                            raise RuntimeError(f"Jacobian mismatch for output {at} with respect to input {number},\nnumerical:{numeric}\nanalytical:{own}\n")
                        return False
    return True


def _moved(func, inputs, leaf, place, step, at, element):
    from .._grad_mode import no_grad
    with no_grad():
        moved = leaf.detach().clone()
        moved.view(-1)[place] += step
        return _numbers(func(*(moved if each is leaf else each for each in inputs)))[at].reshape(-1)[element].item()


def gradgradcheck(func, inputs, grad_outputs=None, **options):
    from . import grad
    inputs = (inputs,) if isinstance(inputs, Tensor) else tuple(inputs)

    def gradients(*given):
        leaves = [each for each in given if isinstance(each, Tensor)]
        given = [each if each.requires_grad else each.requires_grad_() for each in leaves]
        return grad([output.sum() for output in _numbers(func(*given))], given, create_graph=True, allow_unused=True, materialize_grads=True)
    return gradcheck(gradients, inputs, **options)
