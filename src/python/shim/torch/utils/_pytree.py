"""torch.utils._pytree: nested tuples, lists and dicts as their leaves and their structure."""
from collections import OrderedDict, namedtuple

LeafSpec = namedtuple("LeafSpec", ())
TreeSpec = namedtuple("TreeSpec", "type context children_specs")


def _parts(tree):
    """(class, what else it takes to make it, children), or None of a leaf."""
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree), None, list(tree)
    if type(tree) in (tuple, list):
        return type(tree), None, list(tree)
    if type(tree) in (dict, OrderedDict):
        return type(tree), list(tree), list(tree.values())
    return None


def tree_flatten(tree, is_leaf=None):
    parts = None if is_leaf is not None and is_leaf(tree) else _parts(tree)
    if parts is None:
        return [tree], LeafSpec()
    cls, context, children = parts
    leaves, specs = [], []
    for child in children:
        found, spec = tree_flatten(child, is_leaf)
        leaves.extend(found)
        specs.append(spec)
    return leaves, TreeSpec(cls, context, specs)


def tree_unflatten(leaves, treespec):
    remaining = iter(leaves)

    def build(spec):
        if isinstance(spec, LeafSpec):
            return next(remaining)
        children = [build(child) for child in spec.children_specs]
        if spec.context is not None:
            return spec.type(zip(spec.context, children))
        return spec.type(*children) if hasattr(spec.type, "_fields") else spec.type(children)
    return build(treespec)


def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[0]


def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree, is_leaf)
    others = [tree_flatten(rest, is_leaf)[0] for rest in rests]
    return tree_unflatten([func(*each) for each in zip(leaves, *others)], spec)


def tree_map_(func, tree, *rests, is_leaf=None):
    tree_map(func, tree, *rests, is_leaf=is_leaf)
    return tree


def tree_map_only(types, func, tree, is_leaf=None):
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, types) else leaf, tree, is_leaf=is_leaf)


def tree_any(pred, tree, is_leaf=None):
    return any(map(pred, tree_leaves(tree, is_leaf)))


def tree_all(pred, tree, is_leaf=None):
    return all(map(pred, tree_leaves(tree, is_leaf)))


def tree_structure(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[1]
