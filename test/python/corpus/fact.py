"""What PyTorch says of one construction: python fact.py SOURCES '["owner/name", "path", "call", "inputs"]' prints it as JSON.

A construction is made as `inspect --call` makes it: `torch.manual_seed(0)` before the file's first statement and again right before
the call, `torch.manual_seed(1)` before its inputs are drawn, the mean of the squared first output as loss. Figures are float64's, and beside each stands how far float32 is from it (`MOVED_RUNS`). A statement of the file that
fails (a data set that is not there) or that loops (training) is left out.
"""
import __future__
import ast
import builtins
import copy
import functools
import json
import math
import operator
import os
import sys
import types
import warnings
from pathlib import Path

import torch

from widened import Widened

HERE = Path(__file__).parent

# Relative distance of two losses beyond which float64 is not a more exact run of the same model, but another one (`eps` by dtype).
OTHER_MODEL = 3e-5

# Runs in float32 with weights moved by one unit in the last place: how far rounding alone moves the figures, with it what a ReLU passes that is on the other side of 0.
MOVED_RUNS = 3


def number(value):
    """Six digits; JSON has no NaN and no infinity, so those are words, as in the command's documents."""
    value = float(value)
    return float(f"{value:.6g}") if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def distance(value):
    return float(f"{value:.1e}") if math.isfinite(value) else 0


def first_tensor(output):
    if isinstance(output, torch.Tensor):
        return output
    if hasattr(output, "__dataclass_fields__"):
        output = vars(output)
    values = output.values() if isinstance(output, dict) else output if isinstance(output, (list, tuple)) else ()
    return next((tensor for tensor in map(first_tensor, values) if tensor is not None), None)


def run_file(source, path, package):
    """The file's namespace."""
    namespace = types.ModuleType("corpus").__dict__
    namespace.update(__name__="corpus", __file__=str(path), __package__=package, __builtins__=builtins)
    sys.modules["corpus"] = types.SimpleNamespace(**{"__dict__": namespace})
    torch.manual_seed(0)
    tree = ast.parse(source)
    for statement in tree.body:
        if isinstance(statement, (ast.For, ast.While)):
            continue
        try:
            exec(compile(ast.Module([statement], []), str(path), "exec", features(tree)), namespace)
        except (Exception, SystemExit) as error:
            print("left out:", type(error).__name__, error, file=sys.stderr)
    return namespace


def features(tree):
    """The flags of what a file imports from `__future__`, which hold for all of it."""
    names = [name.name for statement in tree.body if isinstance(statement, ast.ImportFrom) and statement.module == "__future__" for name in statement.names]
    return functools.reduce(operator.or_, (getattr(__future__, name).compiler_flag for name in names), 0)


def drawn(spec):
    kind, _, rest = spec.rpartition("int:")
    if "int:" in spec:
        sizes, _, bounds = rest.partition(":")
        low, _, high = bounds.partition("..")
        return torch.randint(int(low), int(high), [int(size) for size in sizes.split("x")])
    return torch.randn([int(size) for size in spec.split("x")])


class LeafCalls:
    """Calls within which no other module is called: [path, type, first output's shape, mean, std]"""

    def __init__(self, model):
        self._paths = {id(module): path for path, module in model.named_modules()}
        self._open = []  # [module's id, whether another was called within]
        self.found = []

    def __enter__(self):
        self._hooks = [torch.nn.modules.module.register_module_forward_pre_hook(self._enter),
                       torch.nn.modules.module.register_module_forward_hook(self._leave)]
        return self

    def __exit__(self, *_):
        for hook in self._hooks:
            hook.remove()

    def _enter(self, module, given):
        for outer in self._open:
            outer[1] = True
        self._open.append([id(module), False])

    def _leave(self, module, given, output):
        _, called_others = self._open.pop()
        tensor = first_tensor(output)
        if tensor is not None and not called_others:
            x = tensor.detach().double()
            self.found.append([self._paths.get(id(module), "?"), type(module).__name__, list(x.shape), x.mean().item(), x.std(correction=0).item()])


def measured(model, inputs):
    """(first output, loss, leaf calls, gradients in the order of the parameters; None where none arrives)"""
    with LeafCalls(model) as leaves:
        output = first_tensor(model(*inputs))
    loss = (output if output.dtype is torch.float64 else output.float()).square().mean()
    parameters = list(model.parameters())
    wanted = [parameter for parameter in parameters if parameter.requires_grad]
    gradients = [None] * len(parameters)
    if loss.requires_grad and wanted:
        given = dict(zip(map(id, wanted), torch.autograd.grad(loss, wanted, allow_unused=True)))
        gradients = [given.get(id(parameter)) for parameter in parameters]
    return output, loss.item(), leaves.found, [None if gradient is None else gradient.double().norm().item() for gradient in gradients]


def fact(sources, construction):
    repository, path, call, inputs = construction
    if repository == "":
        root, file = HERE / "own", HERE / "own" / path
    else:
        root = Path(sources) / repository.replace("/", "+")
        file = root / path
    sys.path[:0] = [str(root), str(file.parent)]
    sys.argv = [str(file)]
    text = file.read_text()
    os.chdir("/tmp")
    namespace = run_file(text, file, ".".join(Path(path).parent.parts))
    torch.manual_seed(0)
    model = eval(call, namespace)
    wide, moved = widened_copy(model), [moved_copy(model, seed) for seed in range(MOVED_RUNS)]
    torch.manual_seed(1)
    given = [drawn(spec) for spec in inputs.split()]
    state = torch.get_rng_state()
    names = dict(model.named_parameters())
    values = [parameter.detach().double().norm() for parameter in names.values()]
    output, loss, layers, gradients = measured(model, given)
    truth = truth_of(wide, given, state, layers, loss)
    true_loss, true_layers, true_gradients = truth or (loss, layers, gradients)
    others = [found for found in (rerun(each, given, state) for each in moved) if found is not None]
    losses = [loss, *(other[1] for other in others)]
    rows = [layers, *(other[2] for other in others if len(other[2]) == len(layers))]
    norms = [gradients, *(other[3] for other in others)]
    return {
        "parameterCount": sum(parameter.numel() for parameter in names.values()), "output": list(output.shape), "float64": truth is not None,
        "loss": [number(true_loss), distance(farthest(losses, true_loss))],
        "layers": [[*true[:3], number(true[3]), number(true[4]), distance(max(farthest([row[at][kind] for row in rows], true[kind]) for kind in (3, 4)))]
                   for at, true in enumerate(true_layers)],
        "parameters": [[name, list(parameter.shape), number(value),
                        *([None, 0] if true is None else [number(true), distance(farthest([norm[at] for norm in norms], true))])]
                       for at, ((name, parameter), value, true) in enumerate(zip(names.items(), values, true_gradients))],
    }


def farthest(values, truth):
    return max((abs(value - truth) for value in values if value is not None), default=0.0)


def moved_copy(model, seed):
    """The model with each weight moved by about one unit in its last place; None where it cannot be copied."""
    generator = torch.Generator().manual_seed(seed)
    try:
        moved = copy.deepcopy(model)
    except Exception:
        return None
    with torch.no_grad():
        for parameter in moved.parameters():
            if parameter.dtype is torch.float32:
                parameter.mul_(1 + 2 ** -24 * torch.randn(parameter.shape, generator=generator))
    return moved


def rerun(model, given, state):
    """As `measured`; None where the model does not run."""
    if model is None:
        return None
    torch.set_rng_state(state)
    try:
        return measured(model, given)
    except Exception as error:
        print("not again:", type(error).__name__, error, file=sys.stderr)
        return None


def widened_copy(model):
    """The model in float64; None where it cannot be copied."""
    try:
        return copy.deepcopy(model).double()
    except Exception as error:
        print("no copy:", error, file=sys.stderr)
        return None


def truth_of(wide, given, state, layers, single_loss):
    """(loss, layers, gradients) in float64; None where the model does not run in it, or makes another structure of it."""
    if wide is None:
        return None
    torch.set_rng_state(state)
    torch.set_default_dtype(torch.float32)
    try:
        with Widened():
            _, loss, true_layers, gradients = measured(wide, [tensor.double() if tensor.is_floating_point() else tensor for tensor in given])
    except Exception as error:
        print("not in float64:", type(error).__name__, error, file=sys.stderr)
        return None
    same = [layer[:3] for layer in layers] == [layer[:3] for layer in true_layers] and abs(loss - single_loss) <= OTHER_MODEL * abs(loss)
    return (loss, true_layers, gradients) if same else None


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    # A torchvision whose compiled operators are not there can be imported then.
    register_fake = torch.library.register_fake
    torch.library.register_fake = lambda op, *rest, **named: (lambda f: f) if str(op).startswith("torchvision::") else register_fake(op, *rest, **named)
    # What is compiled calls no hooks.
    torch.jit.ScriptModule, torch.jit.script_method = type("ScriptModule", (torch.nn.Module,), {}), lambda function: function
    torch.jit.script = lambda function, *_, **__: function
    torch.set_num_threads(1)
    found = fact(sys.argv[1], json.loads(sys.argv[2]))
    print()
    print(json.dumps(found))
