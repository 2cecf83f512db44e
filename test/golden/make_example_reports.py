"""Writes exampleReports.json: what PyTorch says of each PyTorch file of examples/, row by row as `inspect` reports them.

Each file is run as it is. `torch.manual_seed(0)` goes before its first statement; a class that the file never calls is
made after another `torch.manual_seed(0)` and called on `torch.randn` after `torch.manual_seed(1)`; a loss that the file does not
compute has targets drawn after `torch.manual_seed(2)` (src/analysis/lossGraph.ts). The optimizer's first step ends the file's training.
Made with torch 2.13.0: python make_example_reports.py
"""
import json
import sys
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"

# file → its loss and, for a class that is never called, how it is called. `own`: the file's loss, of the model's output. `output`: the file itself is the model.
FILES = {
    "mnist_mlp": {"model": "Classifier", "loss": "own", "own": lambda output, names: F.cross_entropy(output, names["labels"])},
    "mnist_cnn": {"model": "DigitNet", "loss": "cross-entropy", "input": (32, 1, 28, 28)},
    "recurrent": {"model": "SequenceClassifier", "loss": "cross-entropy", "input": (32, 16, 8)},
    "relu_forms": {"model": "SixSpellings", "loss": "mse"},
    "relu_variants": {"model": "model", "loss": "own", "own": lambda output, names: F.mse_loss(output, torch.zeros(128, 1))},
    "dead_units": {"model": "Stuck", "loss": "mse"},
    "vanishing_gradient": {"model": "model", "loss": "mse"},
    "autograd": {"model": "autograd", "loss": "mean-square", "output": "activated"},
    "layer_and_function": {"model": "layer_and_function", "loss": "mse", "output": "active"},
    "silent_neuron": {"model": "silent_neuron", "loss": "mean-square", "output": "fired"},
}

MODULE_ACTIVATIONS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "PReLU": "prelu", "ELU": "elu", "Sigmoid": "sigmoid"}


class TrainingStarts(Exception):
    pass


def figures(tensor):
    """[mean, std, min, max, share of zeros, l2] in float64; the deviation is the population's"""
    x = tensor.detach().double()
    return numbers([x.mean(), x.std(correction=0), x.min(), x.max(), (x == 0).double().mean(), x.norm()])


def gradient_figures(tensor):
    """[l2, mean and largest magnitude], None where no gradient arrives"""
    if tensor is None:
        return None
    x = tensor.detach().double()
    return numbers([x.norm(), x.abs().mean(), x.abs().max()])


def numbers(values):
    return [float(f"{float(value):.9g}") for value in values]


class Row:
    def __init__(self, path, type_, kind, module=None):
        self.path, self.type, self.kind, self.module = path, type_, kind, module
        self.output = self.activation = self.before = None
        self.tensors = []  # parameters of a function: [(name, tensor)]


class Recorder(TorchFunctionMode):
    """Rows in the order in which their calls begin: modules by hooks, functions of the user's own code by this mode."""

    def __init__(self):
        super().__init__()
        self.rows, self.open = [], []
        self.masks = {}  # id of `z > 0` → z, kept so that no other tensor gets the id
        self.kept = []

    # Modules

    def enter(self, module):
        row = Row("", type(module).__name__, "module", module)
        for outer in self.open:
            if outer.kind != "function":
                outer.kind = "container"
        self.rows.append(row)
        self.open.append(row)

    def leave(self, module, inputs, output):
        row = self.open.pop()
        row.output = output[0] if isinstance(output, tuple) else output
        if row.type in MODULE_ACTIVATIONS:
            row.activation, row.before = MODULE_ACTIVATIONS[row.type], inputs[0]

    # Functions

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        is_own_code = not any(row.module is not None and type(row.module).__module__.startswith("torch.nn") for row in self.open)
        row, before = (self.row_of(name, args, kwargs) if is_own_code else (None, None))
        is_bias = name in ("add", "__add__") and is_own_code and self.rows and self.rows[-1].type == "matmul" and args[0] is self.rows[-1].output
        if is_bias:
            self.rows[-1].tensors.append(args[1].requires_grad_())
        result = func(*args, **kwargs)
        if row is not None:
            if not result.requires_grad:
                result.requires_grad_()
            row.output, row.before = result, before
            self.rows.append(row)
        elif name in ("gt", "__gt__") and isinstance(args[1], (int, float)):
            self.masks[id(result)] = args[0]
            self.kept.append(result)
        elif is_bias:
            self.rows[-1].output = result
        return result

    def row_of(self, name, args, kwargs):
        if name in ("relu", "sigmoid"):
            row, before = Row(f"{name}()", name, "function"), args[0]
            row.activation = name
        elif name == "maximum":
            row, before = Row("maximum()", "maximum", "function"), args[1]
            row.activation = "relu"
        elif name == "clamp" or name in ("mul", "__mul__") and id(args[1]) in self.masks:
            row, before = Row("relu()", "relu", "function"), args[0]
            row.activation = "relu"
        elif name in ("matmul", "__matmul__"):
            row, before = Row("matmul()", "matmul", "function"), None
            row.tensors = [args[1].requires_grad_()]  # weights are parameters, whoever wrote them
        else:
            return None, None
        return row, before


def run(name, spec):
    recorder = Recorder()
    hooks = [torch.nn.modules.module.register_module_forward_pre_hook(lambda module, inputs: recorder.enter(module)),
             torch.nn.modules.module.register_module_forward_hook(recorder.leave)]
    found = {}
    shown = spec["model"]

    def finish(output, rows, root, names):
        found.update(report(spec, output, rows, root, names))

    namespace = {"__name__": "__main__"}
    torch.manual_seed(0)
    source = (EXAMPLES / f"{name}.py").read_text()

    def leave_training(*_args, **_kwargs):
        raise TrainingStarts

    torch.optim.Optimizer.step = torch.optim.Adam.step = torch.optim.SGD.step = leave_training
    is_file = "output" in spec
    if not is_file and "input" not in spec:  # what the first call of the model gave, before anything else happens to it
        leave = recorder.leave

        def leave_and_report(module, inputs, output):
            leave(module, inputs, output)
            if not recorder.open and not found and not is_loss(module):
                finish(output, recorder.rows, module, namespace)

        hooks[1].remove()
        hooks[1] = torch.nn.modules.module.register_module_forward_hook(leave_and_report)
    with recorder:
        try:
            exec(compile(source, f"{name}.py", "exec"), namespace)
        except TrainingStarts:
            pass
        if "input" in spec:
            recorder.rows.clear()
            torch.manual_seed(0)
            model = namespace[shown]()
            torch.manual_seed(1)
            output = model(torch.randn(spec["input"]))
    for hook in hooks:
        hook.remove()
    if "input" in spec:
        finish(output, recorder.rows, model, {})
    elif is_file:
        finish(namespace[spec["output"]], recorder.rows, None, namespace)
    return {"model": shown, **found}


def is_loss(module):
    return type(module).__name__.endswith("Loss")


def loss_of(kind, output):
    generator = torch.Generator().manual_seed(2)
    if kind == "cross-entropy":
        return F.cross_entropy(output, torch.randint(0, output.shape[1], output.shape[:1], generator=generator))
    if kind == "mse":
        return F.mse_loss(output, torch.randn(output.shape, generator=generator))
    return output.square().mean()


def report(spec, output, rows, root, namespace):
    loss = spec["own"](output, namespace) if "own" in spec else loss_of(spec["loss"], output)
    rows = [row for row in rows if row.module is not root or root is None or list(root.parameters(recurse=False))]
    paths = {module: path for path, module in (root.named_modules() if root is not None else [])}
    wanted = [row.output for row in rows]
    parameters = list(dict.fromkeys(p for row in rows for _, p in parameters_of(row, namespace)))
    differentiable = [tensor for tensor in [*wanted, *parameters] if tensor.requires_grad]
    gradients = dict(zip(differentiable, torch.autograd.grad(loss, differentiable, retain_graph=True, allow_unused=True)))
    loose = {id(value): name for name, value in namespace.items()}
    return {
        "loss": {"kind": spec["loss"], "value": float(f"{loss.item():.9g}")},
        "output": {"shape": list(output.shape), "figures": figures(output)},
        "parameterCount": sum(p.numel() for p in parameters),
        "rows": [row_figures(row, rows, paths, loose, gradients, namespace) for row in rows],
    }


def parameters_of(row, namespace):
    if row.module is not None:
        return list(row.module.named_parameters(recurse=True))
    names = {id(value): name for name, value in namespace.items()}
    return [(names[id(tensor)], tensor) for tensor in row.tensors]


def row_figures(row, rows, paths, loose, gradients, namespace):
    path = row.path
    if row.module is not None:
        path = paths[row.module] if row.module in paths else loose.get(id(row.module), type(row.module).__name__.lower())
    activation, before = row.activation, row.before
    if activation is None and row.kind != "container":
        taker = next((other for other in rows if other.before is row.output), None)
        activation, before = (taker.activation, row.output) if taker else (None, None)
    own = parameters_of(row, namespace) if row.kind != "container" else list(row.module.named_parameters(recurse=False))
    return {
        "path": path, "type": row.type, "kind": row.kind, "outputShape": list(row.output.shape),
        "parameterCount": sum(p.numel() for _, p in parameters_of(row, namespace)),
        "activationFunction": activation,
        "preActivation": None if before is None else figures(before),
        "output": figures(row.output),
        "gradient": gradient_figures(gradients.get(row.output)),
        "parameters": [{"name": name, "shape": list(p.shape), "value": figures(p), "gradient": gradient_figures(gradients.get(p))}
                       for name, p in own],
    }


def written(document):
    """One row a line: small, and a change shows where it is."""
    files = []
    for name, found in document.items():
        head = json.dumps({key: value for key, value in found.items() if key != "rows"})
        rows = ",\n    ".join(json.dumps(row) for row in found["rows"])
        files.append(f'  {json.dumps(name)}: {head[:-1]}, "rows": [\n    {rows}\n  ]}}')
    return "{\n" + ",\n".join(files) + "\n}\n"


if __name__ == "__main__":
    sys.stdout = open("/dev/null", "w")
    (HERE / "exampleReports.json").write_text(written({name: run(name, spec) for name, spec in FILES.items()}))
