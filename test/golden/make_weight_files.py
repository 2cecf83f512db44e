"""Makes small files of weights with the real frameworks, and what the models beside them give with these weights.

Run where PyTorch, Keras 3 (KERAS_BACKEND=torch) and NumPy are: python test/golden/make_weight_files.py
"""
import json
import os
import pickle
import runpy
import struct
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
import keras  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402

FOLDER = Path(__file__).parent / "weights"
TYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}
cases = []


def output_of(model, spec, mode):
    torch.manual_seed(1)
    x = torch.randn([int(n) for n in spec.split("x")])
    with torch.no_grad():
        if isinstance(model, torch.nn.Module) and not isinstance(model, keras.Layer):
            return model.train(mode == "train")(x)
        try:
            return model(x, training=mode == "train")
        except TypeError:
            return model(x)


def expect(source, weights, output, spec=None, mode="eval"):
    output = output.detach().to(torch.float64)
    cases.append({
        "source": source, "weights": weights, "input": spec, "mode": mode, "shape": list(output.shape),
        "output": {"mean": output.mean().item(), "std": output.std(correction=0).item(), "min": output.min().item(), "max": output.max().item(),
                   "l2": output.norm().item()},
    })


def trained(model, seed):
    """Numbers unlike those of any initialization, for parameters and running statistics alike."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                drawn = torch.rand(tensor.shape, generator=generator)
                tensor.copy_(drawn + 0.5 if "var" in name else drawn * 1.6 - 0.8)
    return model


def trained_keras(model, seed):
    random = np.random.RandomState(seed)
    for variable in model.variables:
        drawn = random.uniform(size=variable.shape)
        if "seed" not in variable.path:
            variable.assign(drawn + 0.5 if "variance" in variable.path else drawn * 1.6 - 0.8)
    return model


def save_safetensors(state, path):
    header, parts, end = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in state.items():
        tensor = tensor.detach().contiguous()
        content = (tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor).numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [end, end + len(content)]}
        end += len(content)
        parts.append(content)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def torch_files():
    source, spec = "torch_net.py", "2x1x6x6"
    make = runpy.run_path(str(FOLDER / source))["Net"]
    state = trained(make(), 3).state_dict()

    def plain(name, save):
        save(FOLDER / name)
        model = make()
        model.load_state_dict(state)
        for mode in ("eval", "train"):
            expect(source, name, output_of(model, spec, mode), spec, mode)
            model.load_state_dict(state)

    plain("net.pt", lambda path: torch.save(state, path))
    plain("net.safetensors", lambda path: save_safetensors(state, path))
    plain("net.npz", lambda path: np.savez(path, **{name: tensor.numpy() for name, tensor in state.items()}))
    plain("net_in_order.npz", lambda path: np.savez_compressed(path, *[np.array(tensor.numpy(), order="F") for tensor in state.values()]))

    wrapped = {f"module._orig_mod.{name}": torch.nn.Parameter(tensor) if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    optimizer = torch.optim.Adam([p for p in wrapped.values() if isinstance(p, torch.nn.Parameter)])
    plain("checkpoint.pth", lambda path: torch.save({"epoch": 7, "arch": "net", "model_state_dict": wrapped, "optimizer": optimizer.state_dict()}, path))

    turned = {name: tensor.t().contiguous().t() if tensor.dim() == 2 else tensor for name, tensor in state.items()}
    whole = torch.zeros(3, 1, 3, 7)
    whole[..., 2:5] = state["features.0.weight"]
    turned["features.0.weight"] = whole[..., 2:5]  # a view with gaps
    plain("views.pt", lambda path: torch.save(turned, path))

    for name, dtype in (("half", torch.float16), ("bfloat16", torch.bfloat16)):
        low = {key: tensor.to(dtype) if tensor.is_floating_point() else tensor for key, tensor in state.items()}
        model = make()
        model.load_state_dict(low)
        torch.save(low, FOLDER / f"{name}.pt")
        expect(source, f"{name}.pt", output_of(model, spec, "eval"), spec)
        save_safetensors(low, FOLDER / f"{name}.safetensors")
        expect(source, f"{name}.safetensors", output_of(model, spec, "eval"), spec)

    part = {name: tensor for name, tensor in state.items() if not name.startswith("fc.")}
    torch.save({**part, "fc.weight": torch.zeros(4, 48), "head.bias": torch.ones(2)}, FOLDER / "other_head.pt")
    torch.save({"layer.weight": torch.zeros(2, 2)}, FOLDER / "unrelated.pt")
    with open(FOLDER / "foreign.pt", "wb") as file:
        torch.save({"state_dict": state, "path": Path("a")}, file)
    (FOLDER / "cut.pt").write_bytes((FOLDER / "net.pt").read_bytes()[:2500])
    (FOLDER / "cut.safetensors").write_bytes((FOLDER / "net.safetensors").read_bytes()[:-40])
    (FOLDER / "not_a_pickle.pt").write_bytes(pickle.dumps({"a": 1}))

    called = runpy.run_path(str(FOLDER / "torch_called.py"))
    model = trained(called["model"], 5)
    torch.save(model.state_dict(), FOLDER / "called.pt")
    expect("torch_called.py", "called.pt", model.eval()(called["x"]), mode="eval")
    expect("torch_called.py", "called.pt", model.train()(called["x"]), mode="train")


def keras_files():
    for source, spec, name, endings in (
        ("keras_sequential.py", "3x6", "sequential", (".weights.h5", ".keras")),
        ("keras_functional.py", "2x5x3", "functional", (".weights.h5",)),
        ("keras_subclassed.py", "3x4", "subclassed", (".weights.h5", ".keras")),
        ("keras_appended.py", "3x4", "appended", (".weights.h5",)),
    ):
        keras.utils.clear_session()
        keras.utils.set_random_seed(0)
        made = runpy.run_path(str(FOLDER / source))
        model = made.get("model") or made["Net"]()
        model(np.zeros([int(n) for n in spec.split("x")], "float32"))
        trained_keras(model, 4)
        for ending in endings:
            path = FOLDER / f"{name}{ending}"
            if ending == ".weights.h5":
                if name == "sequential":
                    model.compile("adam", "mse")
                model.save_weights(path)
            else:
                model.save(path)
            expect(source, path.name, output_of(model, spec, "eval"), spec)
    keras.utils.clear_session()
    model = trained_keras(runpy.run_path(str(FOLDER / "keras_sequential.py"))["model"], 6)
    np.savez(FOLDER / "sequential.npz", *model.get_weights())
    expect("keras_sequential.py", "sequential.npz", output_of(model, "3x6", "eval"), "3x6")
    (FOLDER / "cut.weights.h5").write_bytes((FOLDER / "sequential.weights.h5").read_bytes()[:3000])


torch_files()
keras_files()
(FOLDER / "expected.json").write_text(json.dumps(cases, indent=1) + "\n")
