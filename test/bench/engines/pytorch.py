"""PyTorch's side of the bench: `pytorch.py WORKLOAD THREADS TENSORS` prepares one workload and then runs a timed block for each line it is
sent. The messages are those of protocol.ts, the timing is that of serve.ts."""
import json
import os
import struct
import sys
import time

workload, threads, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(threads)


def say(**message):
    print(json.dumps(message), flush=True)


try:
    import torch
except ImportError:
    say(failed="no torch in this Python")
    sys.exit()
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(threads)

WARM_UP_MS, FIRST_WARM_UP_MS, CALIBRATION_MS, COMPARED_STEPS = 30, 500, 100, 3
SAMPLED_ELEMENTS = 16


def read_tensors():
    with open(path, "rb") as file:
        data = file.read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    types = {"F32": torch.float32, "I32": torch.int32}
    tensors = {}
    for name, entry in json.loads(data[8:start]).items():
        begin, end = entry["data_offsets"]
        tensor = torch.frombuffer(bytearray(data[start + begin:start + end]), dtype=types[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = tensor.long() if tensor.dtype == torch.int32 else tensor
    return tensors


def sample_of(tensor):
    flat = tensor.detach().contiguous().flatten()
    stride = flat.numel() // SAMPLED_ELEMENTS | 1
    return flat[::stride][:SAMPLED_ELEMENTS].tolist() + [flat.abs().mean().item()]


class Forward:
    """A computation without gradients, sampled."""

    def __init__(self, name, compute, role="anchor", figures=lambda result: [sample_of(result)]):
        self.name, self.role, self.compute, self.take = name, role, compute, figures

    def restart(self):
        pass

    def step(self):
        with torch.no_grad():
            self.result = self.compute()

    def figures(self):
        return self.take(self.result)


class Training:
    """Cross-entropy, backward, one update of all parameters."""

    def __init__(self, name, model, tensors, optimizer, role="anchor"):
        self.name, self.role, self.model, self.make_optimizer = name, role, model, optimizer
        self.x, self.y = tensors["x"], tensors["y"].flatten()
        self.start = {key: value for key, value in tensors.items() if "." in key}

    def restart(self):
        self.model.load_state_dict(self.start)
        self.optimizer = self.make_optimizer(self.model.parameters())

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.model(self.x)
        self.loss = F.cross_entropy(logits.view(-1, logits.shape[-1]), self.y)
        self.loss.backward()
        self.optimizer.step()

    def figures(self):
        return [[self.loss.item()]]

    def gradients(self):
        parameters = dict(self.model.named_parameters())
        return [sample_of(parameters[name].grad) for name in self.start]


def updates(optimizer):
    """The ways PyTorch has to run an optimizer on the CPU. `fused` is told beside them: it is nobody's default."""
    return [("default", "anchor", lambda parameters: optimizer(parameters, lr=1e-3)),
            ("foreach", "anchor", lambda parameters: optimizer(parameters, lr=1e-3, foreach=True)),
            ("fused optimizer", "beside", lambda parameters: optimizer(parameters, lr=1e-3, fused=True))]


def training(model, tensors, optimizer):
    return [Training(name, model, tensors, make, role) for name, role, make in updates(optimizer)]


def matmul(tensors):
    a, b = tensors["a"], tensors["b"]
    out = torch.empty(a.shape[0], b.shape[1])
    return [Forward("mm", lambda: torch.mm(a, b, out=out))]


def convolution(tensors):
    x, weight, bias = tensors["x"], tensors["weight"], tensors["bias"]
    last_x, last_weight = (tensor.to(memory_format=torch.channels_last) for tensor in (x, weight))
    return [Forward("NCHW", lambda: F.conv2d(x, weight, bias, padding=1)),
            Forward("channels_last", lambda: F.conv2d(last_x, last_weight, bias, padding=1))]


def mlp(tensors):
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    return training(model, tensors, torch.optim.Adam)


def cnn(tensors):
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))
    return training(model, tensors, torch.optim.Adam)


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None if stride == 1 else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        out += x if self.downsample is None else self.downsample(x)
        return self.relu(out)


class ResNet18(nn.Module):
    """torchvision.models.resnet18, for a Python that has no torchvision."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        self.relu, self.maxpool = nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for stage, (outputs, stride) in enumerate([(64, 1), (128, 2), (256, 2), (512, 2)], 1):
            setattr(self, f"layer{stage}", nn.Sequential(BasicBlock(inputs, outputs, stride), BasicBlock(outputs, outputs, 1)))
            inputs = outputs
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(512, 1000)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(self.avgpool(x).flatten(1))


def resnet(tensors):
    model = ResNet18().eval()
    missing, unexpected = model.load_state_dict({name: value for name, value in tensors.items() if "." in name}, strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    last_model = ResNet18().eval()
    last_model.load_state_dict(model.state_dict())
    last_model.to(memory_format=torch.channels_last)
    x, last_x = tensors["x"], tensors["x"].to(memory_format=torch.channels_last)
    return [Forward("NCHW", lambda: model(x)), Forward("channels_last", lambda: last_model(last_x), "beside")]


def statistics(tensors):
    x = tensors["x"]

    def compute():
        least, most = torch.aminmax(x)
        std, mean = torch.std_mean(x)
        counts = torch.histc(x, 64, least.item(), most.item())
        return least, most, mean, std, 1 - torch.count_nonzero(x).item() / x.numel(), counts

    def figures(result):
        *moments, zeros, counts = result
        return [[float(moment) for moment in moments], [zeros], counts.tolist()]

    return [Forward("torch", compute, figures=figures)]


class Block(nn.Module):
    def __init__(self, width, heads, length):
        super().__init__()
        self.heads = heads
        self.l1, self.l2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc, self.out = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.register_buffer("mask", torch.tril(torch.ones(length, length)).view(1, 1, length, length), persistent=False)

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = (part.view(batch, length, self.heads, width // self.heads).transpose(1, 2) for part in self.qkv(self.l1(x)).split(width, 2))
        scores = (q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5
        weights = F.softmax(scores.masked_fill(self.mask[:, :, :length, :length] == 0, float("-inf")), dim=-1)
        x = x + self.proj((weights @ v).transpose(1, 2).contiguous().view(batch, length, width))
        return x + self.out(F.gelu(self.fc(self.l2(x))))


class GPT(nn.Module):
    def __init__(self, layers=4, heads=4, width=128, length=64, vocabulary=65):
        super().__init__()
        self.te, self.pe = nn.Embedding(vocabulary, width), nn.Embedding(length, width)
        self.bl = nn.Sequential(*[Block(width, heads, length) for _ in range(layers)])
        self.lf, self.head = nn.LayerNorm(width), nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        return self.head(self.lf(self.bl(self.te(tokens) + self.pe(torch.arange(tokens.shape[1])))))


def small_gpt(tensors):
    return training(GPT(), tensors, torch.optim.AdamW)


prepare = {"W1-512": matmul, "W1-1024": matmul, "W1-2048": matmul, "W2": convolution, "W3": mlp, "W4": cnn, "W5-1": resnet, "W5-8": resnet,
           "W6": statistics, "W7": small_gpt}[workload]


def first_figures(variant):
    variant.restart()
    if not isinstance(variant, Training):
        variant.step()
        return variant.figures()
    figures, gradients = [], []
    for step in range(COMPARED_STEPS):
        variant.step()
        figures += variant.figures()
        if step == 0:
            gradients = variant.gradients()
    return figures + gradients


def run_for(variant, ms):
    """Milliseconds a step; at least one step."""
    start, steps = time.perf_counter(), 0
    while True:
        variant.step()
        steps += 1
        spent = 1e3 * (time.perf_counter() - start)
        if spent >= ms:
            return spent / steps


def run_steps(variant, steps):
    start = time.perf_counter()
    for _ in range(steps):
        variant.step()
    return 1e3 * (time.perf_counter() - start) / steps


def describe():
    configuration = torch.__config__.show()
    blas = next((part.split("=")[1] for part in configuration.replace(",", " ").split() if part.startswith("BLAS_INFO=")), "unknown")
    return f"PyTorch {torch.__version__}, BLAS {blas}, {torch.backends.cpu.get_cpu_capability()}"


try:
    variants = prepare(read_tensors())
    ready, step_ms = [], {}
    for variant in variants:
        ready.append({"name": variant.name, "role": variant.role, "figures": first_figures(variant)})
        run_for(variant, FIRST_WARM_UP_MS)
        step_ms[variant.name] = run_for(variant, CALIBRATION_MS)
except Exception as error:
    say(failed=str(error).splitlines()[0])
    sys.exit()
say(ready={"description": describe(), "variants": ready})
for line in sys.stdin:
    message = json.loads(line)
    variant = next(candidate for candidate in variants if candidate.name == message["variant"])
    variant.restart()
    if step_ms[variant.name] < message["blockMs"]:
        run_for(variant, WARM_UP_MS)
    steps = max(1, round(message["blockMs"] / step_ms[variant.name]))
    step_ms[variant.name] = run_steps(variant, steps)
    say(block={"steps": steps, "msPerStep": step_ms[variant.name]})
