"""torch.func: gradients of functions, calls of modules with other parameters, and functions over a batch."""
from .. import _public_names
from .._joining import stack
from .._tensor import Tensor
from ..autograd import grad as _grad
from ..utils._pytree import tree_flatten, tree_map, tree_map_only, tree_unflatten

__all__ = ["functional_call", "grad", "grad_and_value", "hessian", "jacfwd", "jacrev", "jvp", "stack_module_state", "vjp", "vmap"]


def _leaves(thing):
    """The same structure of tensors that gradients are taken by: part of the graph, so that gradients of gradients are."""
    return tree_map(lambda tensor: tensor.view_as(tensor) if tensor.requires_grad else tensor.detach().requires_grad_(), thing)


def _is_nested(args):
    """Within another gradient."""
    return any(isinstance(leaf, Tensor) and leaf.requires_grad for leaf in tree_flatten(args)[0])


def _shown(thing, nested):
    """What the caller gets: outside of all gradients, tensors that know nothing of them."""
    return thing if nested else tree_map_only(Tensor, lambda tensor: tensor.detach(), thing)


def grad_and_value(func, argnums=0, has_aux=False):
    def function(*args, **kwargs):
        numbers = (argnums,) if isinstance(argnums, int) else argnums
        given = [_leaves(arg) if position in numbers else arg for position, arg in enumerate(args)]
        output = func(*given, **kwargs)
        value, aux = output if has_aux else (output, None)
        nested = _is_nested(args)
        flat, structure = tree_flatten(given[argnums] if isinstance(argnums, int) else tuple(given[position] for position in numbers))
        found = tree_unflatten(list(_grad(value, flat, create_graph=True, allow_unused=True, materialize_grads=True)), structure)
        found, value = _shown(found, nested), _shown(value, nested)
        return found, ((value, _shown(aux, nested)) if has_aux else value)
    return function


def grad(func, argnums=0, has_aux=False):
    def function(*args, **kwargs):
        found, value = grad_and_value(func, argnums, has_aux)(*args, **kwargs)
        return (found, value[1]) if has_aux else found
    return function


def vjp(func, *primals, has_aux=False):
    given = [_leaves(primal) for primal in primals]
    output = func(*given)
    output, aux = output if has_aux else (output, None)
    nested = _is_nested(primals)

    def pulled_back(*cotangents):
        flat, structure = tree_flatten(tuple(given))
        outputs, seeds = tree_flatten(output)[0], tree_flatten(cotangents[0] if len(cotangents) == 1 else cotangents)[0]
        found = _grad(outputs, flat, seeds, retain_graph=True, create_graph=nested, allow_unused=True, materialize_grads=True)
        return tuple(tree_unflatten([_shown(each, nested) for each in found], structure))
    value = _shown(output, nested)
    return (value, pulled_back, _shown(aux, nested)) if has_aux else (value, pulled_back)


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    """(output, Jacobian · tangents): the gradient of the pulled back u with respect to u."""
    given = [_leaves(primal) for primal in primals]
    output = func(*given)
    output, aux = output if has_aux else (output, None)
    nested = _is_nested(primals)
    flat, tangents = tree_flatten(tuple(given))[0], tree_flatten(tuple(tangents))[0]
    outputs, structure = tree_flatten(output)
    found = [each.detach().mul(0) for each in outputs]
    of_graph = [position for position, each in enumerate(outputs) if each.requires_grad]
    if of_graph:
        seeds = [found[position].requires_grad_() for position in of_graph]
        pulled = _grad([outputs[position] for position in of_graph], flat, seeds, create_graph=True, allow_unused=True, materialize_grads=True)
        linear = [(each, tangent) for each, tangent in zip(pulled, tangents) if each.requires_grad]
        for position, each in zip(of_graph, _grad([each for each, _ in linear], seeds, [tangent for _, tangent in linear], create_graph=nested,
                                                   allow_unused=True, materialize_grads=True)):
            found[position] = each
    value, pushed = _shown(output, nested), _shown(tree_unflatten(found, structure), nested)
    return (value, pushed, _shown(aux, nested)) if has_aux else (value, pushed)


def jacrev(func, argnums=0, has_aux=False, **options):
    """Derivatives of each element of each output: the structure of the outputs, in each of its places that of the arguments."""
    def function(*args, **kwargs):
        numbers = (argnums,) if isinstance(argnums, int) else argnums
        given = [_leaves(arg) if position in numbers else arg for position, arg in enumerate(args)]
        output = func(*given, **kwargs)
        output, aux = output if has_aux else (output, None)
        flat, structure = tree_flatten(given[argnums] if isinstance(argnums, int) else tuple(given[position] for position in numbers))
        outputs, structure_of_outputs = tree_flatten(output)
        nested = _is_nested(args)
        found = tree_unflatten([tree_unflatten(_rows(each, flat, nested), structure) for each in outputs], structure_of_outputs)
        return (found, _shown(aux, nested)) if has_aux else found
    return function


def _rows(output, inputs, nested):
    """For each input, the derivatives of all elements of `output`: shape of the output, then shape of the input."""
    if not output.requires_grad:
        return [leaf.new_zeros((*output.shape, *leaf.shape)) for leaf in inputs]
    rows = [_grad(element, inputs, retain_graph=True, create_graph=nested, allow_unused=True, materialize_grads=True) for element in output.reshape(-1)]
    found = [stack(column).reshape(*output.shape, *leaf.shape) for column, leaf in zip(zip(*rows), inputs)]
    return _shown(found, nested)


jacfwd = jacrev


def hessian(func, argnums=0):
    return jacfwd(jacrev(func, argnums), argnums)


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None):
    """`func` of each slice of its arguments along `in_dims`, one after another; the results stacked along `out_dims`."""
    def function(*args, **kwargs):
        dims = in_dims if isinstance(in_dims, (tuple, list)) else (in_dims,) * len(args)
        flat = [tree_flatten(arg) for arg in args]
        flat_dims = [[dim] * len(leaves) if dim is None or isinstance(dim, int) else tree_flatten(dim)[0] for dim, (leaves, _) in zip(dims, flat)]
        sizes = {leaf.shape[dim] for (leaves, _), each in zip(flat, flat_dims) for leaf, dim in zip(leaves, each) if dim is not None}
        if not sizes:
            raise ValueError(f"vmap({getattr(func, '__name__', func)}, in_dims={in_dims}, ...)(<inputs>): at least one input must be mapped over")
        if len(sizes) > 1:
            raise ValueError("vmap: Expected all tensors to have the same size in the mapped dimension, got sizes "
                             f"{[leaf.shape[dim] for (leaves, _), each in zip(flat, flat_dims) for leaf, dim in zip(leaves, each) if dim is not None]} "
                             "for the mapped dimension")
        results = []
        for position in range(sizes.pop()):
            parts = [tree_unflatten([leaf if dim is None else leaf.select(dim, position) for leaf, dim in zip(leaves, each)], structure)
                     for (leaves, structure), each in zip(flat, flat_dims)]
            results.append(tree_flatten(func(*parts, **kwargs)))
        structure = results[0][1]
        columns = list(zip(*(leaves for leaves, _ in results)))
        dims_out = out_dims if isinstance(out_dims, (tuple, list)) else (out_dims,) * len(columns)
        return tree_unflatten([stack(list(column), dim) for column, dim in zip(columns, dims_out)], structure)
    return function


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False):
    """Calls the module with other tensors in the place of those parameters and buffers."""
    given = {}
    for each in parameter_and_buffer_dicts if isinstance(parameter_and_buffer_dicts, (tuple, list)) else [parameter_and_buffer_dicts]:
        given.update(each)
    args = () if args is None else args if isinstance(args, tuple) else (args,)
    known = {**dict(module.named_parameters(remove_duplicate=False)), **dict(module.named_buffers(remove_duplicate=False))}
    if strict and set(given) != set(known):
        raise RuntimeError(f"Unexpected key(s): {', '.join(sorted(set(given) - set(known)))}.\nMissing key(s): {', '.join(sorted(set(known) - set(given)))}.")
    before = []
    try:
        for path, tensor in given.items():
            owner_path, _, name = path.rpartition(".")
            owner = module.get_submodule(owner_path)
            members = owner._parameters if name in owner._parameters else owner._buffers
            if name not in members:
                raise KeyError(path)
            before.append((members, name, members[name]))
            members[name] = tensor
        return module(*args, **(kwargs or {}))
    finally:
        for members, name, tensor in reversed(before):
            members[name] = tensor


def stack_module_state(models):
    """Parameters and buffers of models of one class, each stacked over the models."""
    if not models:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    parameters = {name: stack([dict(model.named_parameters())[name] for model in models]).detach().requires_grad_()
                  for name, _ in models[0].named_parameters()}
    return parameters, {name: stack([dict(model.named_buffers())[name] for model in models]) for name, _ in models[0].named_buffers()}


def __getattr__(name):
    return _public_names.attribute("torch.func", name)
