"""Writes keras_transcripts.json: what each snippet of keras_snippets.py prints under real Keras 3 (torch backend, CPU)."""
import contextlib
import io
import json
import os
import pathlib
import warnings

os.environ["KERAS_BACKEND"] = "torch"
os.environ["COLUMNS"] = "80"
warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
transcripts = {}


def gradients(function, *inputs):
    """The value of a function of lists of numbers, and the gradient of the value times 1, 2, 3 … for each: snippets find this under its name."""
    import torch
    leaves = [torch.tensor(numbers, dtype=torch.float32, requires_grad=True) for numbers in inputs]
    result = function(*leaves)
    weights = torch.arange(1.0, result.numel() + 1).reshape(result.shape)
    return result.detach(), *torch.autograd.grad(result, leaves, weights)


for snippet in (here / "keras_snippets.py").read_text().split("### ")[1:]:
    name, _, text = snippet.partition("\n")
    import keras
    keras.backend.clear_session()
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(text, {"__name__": "__main__", "gradients": gradients})
    transcripts[name] = output.getvalue()
(here / "keras_transcripts.json").write_text(json.dumps(transcripts, indent=0) + "\n")
