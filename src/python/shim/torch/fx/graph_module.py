"""torch.fx.GraphModule: a module that runs a graph, on the modules and parameters that its nodes name."""
import copy

from .._tensor import Tensor
from ..nn.modules.module import Module
from ..nn.parameter import Parameter

__all__ = ["GraphModule"]


class GraphModule(Module):
    def __new__(cls, *args, **kwargs):
        """Each has a class of its own, since its `forward` takes what its graph says."""
        return object.__new__(type("GraphModuleImpl", (cls,), {"__module__": cls.__module__, "__qualname__": "GraphModule.__new__.<locals>.GraphModuleImpl"}))

    def __init__(self, root, graph, class_name="GraphModule"):
        super().__init__()
        self.__dict__["_name"] = class_name
        if isinstance(root, Module):
            self.training = root.training
        for node in graph.nodes:
            if node.op in ("call_module", "get_attr"):
                if isinstance(root, Module):
                    _copy(root, self, node.target)
                elif node.target not in root:
                    raise RuntimeError(f"Node {node} referenced target {node.target} but that target was not provided in `root`!")
                else:
                    _install(self, node.target, root[node.target])
        self.graph = graph

    @property
    def graph(self):
        return self.__dict__["_graph"]

    @graph.setter
    def graph(self, graph):
        graph.owning_module = self
        self.__dict__["_graph"] = graph
        self.recompile()

    @property
    def code(self):
        return self.graph.python_code().src

    def recompile(self):
        """Its `forward` takes what the graph's placeholders say, and runs the graph as it is then."""
        takes = [node for node in self.graph.nodes if node.op == "placeholder"]
        parameters = "".join(f", {node.target}" + (f"=defaults[{place}]" if node.args else "") for place, node in enumerate(takes))
        passed = "".join(f"{node.target if node.target[:2] != '**' else node.target[2:]}, " for node in takes)
        made = {"__name__": __name__, "defaults": [node.args[0] if node.args else None for node in takes]}
        exec(compile(f"def forward(self{parameters}):\n    return self._run(({passed}))", __file__, "exec"), made)
        type(self).forward = made["forward"]
        return self.graph.python_code()

    def _run(self, given):
        from .interpreter import Interpreter
        return Interpreter(self).run(*given)

    def add_submodule(self, target, m):
        _install(self, target, m)
        return True

    def delete_submodule(self, target):
        *path, name = target.split(".")
        owner = self
        for part in path:
            owner = owner._modules.get(part)
            if owner is None:
                return False
        return owner._modules.pop(name, None) is not None

    def delete_all_unused_submodules(self):
        used = {".".join(node.target.split(".")[:depth + 1]) for node in self.graph.nodes if node.op in ("call_module", "get_attr")
                for depth in range(len(node.target.split(".")))}
        for name, _ in list(self.named_modules()):
            if name and name not in used and not any(each.startswith(name) or name.startswith(each + ".") for each in used):
                self.delete_submodule(name)

    def print_readable(self, print_output=True, **options):
        text = f"class {self._name}(torch.nn.Module):" + self.code.replace("\n", "\n    ")
        if print_output:
            print(text)
        return text

    def __deepcopy__(self, memo):
        fake = Module()
        fake.__dict__.update(copy.deepcopy({key: item for key, item in self.__dict__.items() if key not in ("_graph", "_name")}, memo))
        return GraphModule(fake, copy.deepcopy(self.graph), self._name)

    def _get_name(self):
        return self.__dict__.get("_name", "GraphModule")

    def __str__(self):
        return f"{super().__repr__()}\n{self.code}\n# To see more debug info, please use `graph_module.print_readable()`"


def _copy(source, into, target):
    *path, name = target.split(".")
    for part in path:
        source, inner = getattr(source, part), getattr(into, part, None)
        if inner is source:
            return
        if inner is None:
            inner = Module()
            setattr(into, part, inner)
        into = inner
    _put(into, name, getattr(source, name))


def _install(into, target, thing):
    *path, name = target.split(".")
    for part in path:
        if getattr(into, part, None) is None:
            setattr(into, part, Module())
        into = getattr(into, part)
    _put(into, name, thing)


def _put(into, name, thing):
    if isinstance(thing, Tensor) and not isinstance(thing, Parameter):
        into.register_buffer(name, thing)
    else:
        setattr(into, name, thing)
