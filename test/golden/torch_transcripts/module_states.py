# Modules that learn their sizes from the first input, states that are saved and loaded, hooks around both.
import array
import copy
import io
import pickle
import zlib

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.nn.parameter import UninitializedBuffer, UninitializedParameter, is_lazy


def checksum(module):
    return [f"{name} {tuple(value.shape)} {zlib.crc32(array.array('d', value.reshape(-1).tolist()).tobytes()):08x}" for name, value in module.state_dict().items()]


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, str(error)[:400])


# Lazy modules
for make, shape in ((lambda: nn.LazyLinear(3), (2, 5)), (lambda: nn.LazyConv1d(4, 3), (2, 3, 8)), (lambda: nn.LazyConv2d(4, 3, 2, 1, bias=False), (2, 3, 8, 8)), (lambda: nn.LazyConv3d(2, 1), (1, 3, 2, 2, 2)),
                    (lambda: nn.LazyConvTranspose1d(2, 3), (2, 4, 5)), (lambda: nn.LazyConvTranspose2d(2, 3, 2), (1, 4, 3, 3)), (lambda: nn.LazyConvTranspose3d(2, 1), (1, 2, 2, 2, 2)),
                    (lambda: nn.LazyBatchNorm1d(), (4, 6)), (lambda: nn.LazyBatchNorm2d(1e-3), (2, 3, 4, 4)), (lambda: nn.LazyInstanceNorm2d(affine=True), (2, 3, 4, 4)), (lambda: nn.LazyConv2d(4, 3, groups=2), (6, 5, 5))):
    torch.manual_seed(5)
    module = make()
    print(module, module.has_uninitialized_params(), [(name, parameter) for name, parameter in module.named_parameters()])
    torch.manual_seed(6)
    output = module(torch.ones(shape))
    print(" ", type(module).__name__, module, output.shape, checksum(module), hasattr(module, "_initialize_hook"))
lazy = nn.LazyLinear(2)
attempt(lambda: lazy.weight.shape)
print(is_lazy(lazy.weight), isinstance(lazy.weight, nn.Parameter), isinstance(lazy.weight, UninitializedParameter), lazy.weight.requires_grad, UninitializedBuffer())
attempt(lambda: lazy.load_state_dict({"weight": torch.ones(2, 3), "bias": torch.zeros(2)}))
print(lazy.weight.shape, lazy(torch.ones(1, 3)), lazy)
net = nn.Sequential(nn.LazyConv2d(4, 3), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2))
clone = copy.deepcopy(net)
print(net.train(False)(torch.zeros(1, 2, 5, 5)).shape, net, clone)
attempt(lambda: nn.LazyConv2d(4, 3)(torch.ones(2, 2)))
torch.save(net.state_dict(), "net.pt")
net[3].bias.data.fill_(7)
net.load_state_dict(torch.load("net.pt", map_location="cpu"))
print((net[3].bias == 7).any())

# States
net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
print(dict(net.state_dict()._metadata))
attempt(lambda: net.load_state_dict({"0.weight": torch.ones(3, 2), "0.bias": 4, "x": torch.ones(1), "1.y": torch.ones(1)}))
attempt(lambda: net.load_state_dict({"0.weight": torch.ones(2, 2), "z.w": torch.ones(1)}, strict=False))
attempt(lambda: net.load_state_dict([1]))
print(net[0].weight)
half = {name: value.double() for name, value in net.state_dict().items()}
attempt(lambda: net.load_state_dict(half))
attempt(lambda: net.load_state_dict(half, assign=True))
print(net[0].weight.dtype, type(net[0].weight).__name__, net[0].weight.requires_grad)


class Own(nn.Module):
    _version = 3

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(1, 1, bias=False)
        self.register_buffer("kept", torch.tensor([1.0]))
        self.register_buffer("left", torch.tensor([2.0]), persistent=False)
        self.register_buffer("nothing", None)
        self.extra = 5

    def get_extra_state(self):
        return {"extra": self.extra}

    def set_extra_state(self, state):
        self.extra = state["extra"]

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, *others):
        print("loading", repr(prefix), local_metadata, sorted(state_dict))
        if prefix + "old" in state_dict:
            state_dict[prefix + "kept"] = state_dict.pop(prefix + "old")
        super()._load_from_state_dict(state_dict, prefix, local_metadata, *others)


own = nn.ModuleDict({"own": Own()})
with torch.no_grad():
    own["own"].layer.weight.fill_(0.5)
state = own.state_dict()
print(dict(state), [name for name, _ in own.named_buffers()])
state["own.old"], state["own._extra_state"] = torch.tensor([9.0]), {"extra": 7}
attempt(lambda: own.load_state_dict(state))
print(own["own"].kept, own["own"].extra)
module = own["own"]
handles = [module.register_state_dict_pre_hook(lambda module, prefix, keep: print("before saving", prefix, keep)),
           module.register_state_dict_post_hook(lambda module, state, prefix, metadata: print("after saving", sorted(state), prefix, metadata)),
           module.register_load_state_dict_pre_hook(lambda module, state, prefix, *others: print("before loading", prefix, len(others))),
           module.register_load_state_dict_post_hook(lambda module, keys: print("after loading", keys))]
saved = own.state_dict(prefix="p.", keep_vars=True)
print(saved["p.own.layer.weight"].requires_grad)
own.load_state_dict(own.state_dict())
for handle in handles:
    handle.remove()
print(list(own.state_dict()))

# Saved in memory
file = io.BytesIO()
torch.save({"model": dict(own.state_dict()), "epoch": 3, "list": [torch.arange(3), torch.tensor(True)], "half": torch.ones(2).half()}, file)
file.seek(0)
loaded = torch.load(file)
print(loaded, loaded["half"].dtype)
file = io.BytesIO()
torch.save(nn.Linear(2, 1), file)
file.seek(0)
print(torch.load(file, weights_only=False))
again = pickle.loads(pickle.dumps({"w": nn.Parameter(torch.tensor([1.5, -2.0])), "t": torch.tensor([[1, 2]]).t()}))
print(again, type(again["w"]).__name__)
twice = copy.deepcopy(net)
twice[0].weight.data.zero_()
print(net[0].weight.sum() != 0, twice[0].weight)

# Attributes
class Late(nn.Module):
    def __init__(self, what):
        self.thing = what


for what in (nn.Linear(1, 1), nn.Parameter(torch.ones(1)), nn.Buffer(torch.ones(1)), 5):
    attempt(lambda: Late(what))
net = nn.Linear(1, 1)
attempt(lambda: setattr(net, "weight", torch.ones(1)))
attempt(lambda: setattr(nn.Sequential(nn.ReLU()), "0", 5))
attempt(lambda: net.register_parameter("weight.x", None))
attempt(lambda: net.register_buffer("weight", torch.ones(1)))
attempt(lambda: net.register_buffer("b", 5))
attempt(lambda: net.register_parameter("p", torch.ones(1)))
attempt(lambda: net.register_parameter("p", nn.Parameter(torch.ones(1)) * 2))
attempt(lambda: net.add_module("m", 5))
attempt(lambda: net.nothing)
attempt(lambda: nn.Module()(1))
attempt(lambda: nn.Linear(1, 1, banana=2))
attempt(lambda: net.get_parameter("weights"))
attempt(lambda: net.get_submodule("a.b"))
net.extra = None
net.extra = nn.Parameter(torch.ones(1))
print([name for name, _ in net.named_parameters()])
net.extra = None
print([name for name, _ in net.named_parameters()], dict(net._parameters)["extra"])
del net.extra
attempt(lambda: net.extra)

# Hooks of calls
calls = []
first = register_module_forward_pre_hook(lambda module, args: calls.append(("pre", type(module).__name__)))
second = register_module_forward_hook(lambda module, args, output: calls.append(("post", type(module).__name__)))
with_kwargs = net.register_forward_pre_hook(lambda module, args, kwargs: (args, {"input": kwargs["input"] * 2}), with_kwargs=True)
after = net.register_forward_hook(lambda module, args, kwargs, output: output * 0 + len(kwargs), with_kwargs=True)
print(net(input=torch.ones(1, 1)), calls)
for handle in (first, second, with_kwargs, after):
    handle.remove()
order = []
net.register_forward_hook(lambda *a: order.append(1))
net.register_forward_hook(lambda *a: order.append(2), prepend=True)
always = net.register_forward_hook(lambda module, args, output: order.append(output), always_call=True)
attempt(lambda: net("text"))
always.remove()
net(torch.ones(1, 1))
print(order)

# Containers
names = nn.ModuleDict({"b": nn.ReLU(), "a": nn.Tanh()})
names.update([("c", nn.Identity())])
print(names, list(names), "a" in names, names.pop("a"), len(names))
attempt(lambda: names["zz"])
attempt(lambda: nn.ModuleList([nn.ReLU()])[3])
attempt(lambda: nn.ModuleList([5]))
attempt(lambda: nn.Sequential(nn.ReLU(), 5))
parameters = nn.ParameterDict({"x": nn.Parameter(torch.ones(2)), "y": torch.zeros(1)})
parameters["z"] = 3
print(parameters, list(parameters.items())[2], parameters.get("q"), sorted(dict(parameters.named_parameters())))
listed = nn.ParameterList([torch.ones(1)]).append(nn.Parameter(torch.zeros(2))).extend([torch.ones(3)])
print(listed, len(listed), listed[-1].requires_grad, [name for name, _ in listed.named_parameters()])
