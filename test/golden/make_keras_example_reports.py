"""Writes kerasExampleReports.json: what Keras 3 (torch backend, CPU) says of the Keras models of examples/.

Each file is run as it is after `keras.utils.set_random_seed(0)`; `tensorflow` is a module of Keras's own names here. Models
are called with `training=True` on `torch.randn` after `torch.manual_seed(1)`, and the targets of the loss are drawn after
`torch.manual_seed(2)` (src/analysis/lossGraph.ts). Rows are layer calls: functions within a layer are left out.
Made with keras 3.15 and torch 2.13.0: python make_keras_example_reports.py
"""
import os
import runpy
import sys
import types
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
warnings.simplefilter("ignore")

import keras  # noqa: E402
import torch  # noqa: E402

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
torch_reports = types.SimpleNamespace(**runpy.run_path(str(HERE / "make_example_reports.py")))
figures, gradient_figures = torch_reports.figures, torch_reports.gradient_figures

# file → {variable of the model: (input shape, loss)}
FILES = {
    "keras_mlp": {"model": ((32, 784), "cross-entropy")},
    "keras_cnn": {"model": ((32, 28, 28, 1), "cross-entropy")},
    "keras_custom_layer": {"model": ((32, 20), "cross-entropy")},
    "keras_recurrent": {"simple": ((32, 10, 8), "cross-entropy"), "gated": ((32, 10, 8), "mse")},
}
LAYER_ACTIVATIONS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "Rectifier": "relu"}


def stand_in_for_tensorflow():
    tensorflow = types.ModuleType("tensorflow")
    tensorflow.keras = keras
    tensorflow.math = types.SimpleNamespace(maximum=keras.ops.maximum)
    tensorflow.random = types.SimpleNamespace(set_seed=lambda seed: None)  # Keras seeds it, too
    sys.modules.update({"tensorflow": tensorflow, "tensorflow.keras": keras})


class Calls:
    """Layer calls in order, each with its output and what its activation function took."""

    def __init__(self, model):
        self.rows, self.open, self.model = [], [], model

    def __enter__(self):
        self.call, calls = keras.layers.Layer.__call__, self

        def watched(layer, *args, **kwargs):
            return calls.of(layer, args, kwargs)

        keras.layers.Layer.__call__ = watched
        return self

    def __exit__(self, *_):
        keras.layers.Layer.__call__ = self.call

    def of(self, layer, args, kwargs):
        if self.open and self.open[-1]["layer"] is not self.model:  # cells of recurrent layers, activation layers in `activation=`
            return self.call(layer, *args, **kwargs)
        row = {"layer": layer, "before": None, "activation": LAYER_ACTIVATIONS.get(type(layer).__name__)}
        self.open.append(row)
        is_row = layer is not self.model and not isinstance(layer, keras.layers.InputLayer)
        if is_row:
            self.rows.append(row)
        holder = layer.cell if isinstance(layer, keras.layers.SimpleRNN) else layer  # whose last step makes the output
        function = getattr(holder, "activation", None)
        is_within = is_row and function is not None and not isinstance(layer, keras.layers.LSTM) and function is not keras.activations.linear

        def seen(x):
            row["before"] = x
            row["activation"] = LAYER_ACTIVATIONS.get(type(function).__name__) or function.__name__
            return function(x)

        if is_within:
            object.__setattr__(holder, "activation", seen)
        try:
            row["output"] = self.call(layer, *args, **kwargs)
        finally:
            if is_within:
                object.__setattr__(holder, "activation", function)
            self.open.pop()
        if row["activation"] and row["before"] is None:
            row["before"] = args[0]
        return row["output"]


def loss_of(kind, output):
    if kind == "cross-entropy":  # of probabilities: each model ends with a softmax
        targets = torch.randint(0, output.shape[1], output.shape[:1], generator=torch.Generator().manual_seed(2))
        return -output.clamp(1e-7, 1 - 1e-7).log().gather(1, targets[:, None]).mean()
    if kind == "mse":
        return (output - torch.randn(output.shape, generator=torch.Generator().manual_seed(2))).square().mean()
    return output.square().mean()


def report(model, name, shape, kind):
    torch.manual_seed(1)
    inputs = torch.randn(shape)
    with Calls(model) as calls:
        output = model(inputs, training=True)
    loss = loss_of(kind, output)
    values = [variable.value for variable in model.trainable_variables]
    wanted = [*[row["output"] for row in calls.rows], *values]
    gradients = dict(zip(wanted, torch.autograd.grad(loss, wanted, allow_unused=True)))
    return {
        "model": name, "loss": {"kind": kind, "value": float(f"{loss.item():.9g}")},
        "output": {"shape": list(output.shape), "figures": figures(output)},
        "parameterCount": model.count_params(),
        "rows": [row_figures(row, calls.rows, gradients) for row in calls.rows],
    }


def row_figures(row, rows, gradients):
    layer, output = row["layer"], row["output"]
    before, activation = row["before"], row["activation"]
    if activation is None:
        taker = next((other for other in rows if other["before"] is output), None)
        before, activation = (output, taker["activation"]) if taker else (None, None)
    return {
        "path": layer.name, "type": type(layer).__name__, "kind": "module", "outputShape": list(output.shape),
        "parameterCount": layer.count_params(), "activationFunction": activation,
        "preActivation": None if before is None else figures(before),
        "output": figures(output), "gradient": gradient_figures(gradients[output]),
        "parameters": [{"name": variable.path.rpartition("/")[2], "shape": list(variable.shape), "value": figures(variable.value),
                        "gradient": gradient_figures(gradients[variable.value])} for variable in layer.weights],
    }


if __name__ == "__main__":
    stdout, sys.stdout = sys.stdout, open("/dev/null", "w")
    stand_in_for_tensorflow()
    document = {}
    for file, models in FILES.items():
        keras.utils.clear_session()
        keras.utils.set_random_seed(0)
        namespace = {"__name__": "__main__"}
        exec(compile((EXAMPLES / f"{file}.py").read_text(), f"{file}.py", "exec"), namespace)
        for name, (shape, kind) in models.items():
            document[f"{file}:{name}"] = report(namespace[name], name, shape, kind)
    (HERE / "kerasExampleReports.json").write_text(torch_reports.written(document))
