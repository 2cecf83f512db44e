"""torchvision.models.feature_extraction: outputs of a model's inner modules, by their names.

torchvision traces the model and leaves out what is not needed; here the whole is run, and its modules are watched.
"""
from collections import OrderedDict

from _lens.door import UnsupportedError
from torch import nn


def get_graph_node_names(model, tracer_kwargs=None, suppress_diff_warning=False, concrete_args=None):
    """([name], [name]) of the modules that hold no others, as they train and as they do not."""
    names = [name for name, module in model.named_modules() if name and not list(module.children())]
    return names, list(names)


def create_feature_extractor(model, return_nodes=None, train_return_nodes=None, eval_return_nodes=None, tracer_kwargs=None,
                             suppress_diff_warning=False, concrete_args=None):
    """A module that returns {new name: output} of the nodes asked for: a list of names, or names -> new names."""
    if return_nodes is None and (train_return_nodes is None or eval_return_nodes is None):
        raise ValueError("Either `return_nodes` or `train_return_nodes` and `eval_return_nodes` together, should be specified")
    train, evaluated = (_renamed(model, return_nodes if nodes is None else nodes) for nodes in (train_return_nodes, eval_return_nodes))
    return _FeatureExtractor(model, train, evaluated).train(model.training)


def _renamed(model, nodes):
    names = {str(name): str(new) for name, new in nodes.items()} if isinstance(nodes, dict) else {str(name): str(name) for name in nodes}
    modules = dict(model.named_modules())
    for name in names:
        if name not in modules:
            raise UnsupportedError(f"node '{name}' is not a module of the model: only outputs of modules can be returned here")
    return names


class _FeatureExtractor(nn.Module):
    """Has the modules, parameters and buffers of the model that it runs."""

    def __init__(self, model, train, evaluated):
        super().__init__()
        self.__dict__.update(_modules=dict(model._modules), _parameters=dict(model._parameters), _buffers=dict(model._buffers),
                             _model=model, _nodes={True: train, False: evaluated})

    def train(self, mode=True):
        self._model.train(mode)
        return super().train(mode)

    def forward(self, *args, **kwargs):
        found, nodes = {}, self._nodes[self.training]
        modules = dict(self._model.named_modules())

        def watcher(name):
            return lambda module, inputs, output: found.update({name: output})
        handles = [modules[name].register_forward_hook(watcher(name)) for name in nodes]
        try:
            self._model.forward(*args, **kwargs)
        finally:
            for handle in handles:
                handle.remove()
        return OrderedDict((new, found[name]) for name, new in nodes.items())


_FeatureExtractor.__name__ = _FeatureExtractor.__qualname__ = "GraphModule"
