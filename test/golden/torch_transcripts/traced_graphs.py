# What torch.fx traces: graphs of modules and functions, their code, and what is changed in them and run.
import operator

import torch
import torch.fx
import torch.nn as nn
import torch.nn.functional as F
from torch.fx import symbolic_trace, Tracer, Graph, GraphModule, Node, Proxy, Interpreter
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.seq = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.w = nn.Parameter(torch.ones(4))
    def forward(self, x, y=None):
        z = torch.relu(self.fc(x) + self.w)
        z = F.gelu(z).view(z.shape[0], -1)
        z = self.seq(z)
        z = torch.cat([z, x], dim=1)
        return {"a": z[:, :2] * 2, "b": -z}
torch.manual_seed(0)
m = M()
t = symbolic_trace(m)
print(t.graph)
print(t.code)
print(t)
for n in t.graph.nodes: print(n.op, n.name, n.target if isinstance(n.target, str) else n.target.__name__, n.args, n.kwargs, list(n.users))
print(repr(n), n.format_node())
x = torch.ones(2, 4)
print({k: torch.equal(v, t(x)[k]) for k, v in m(x).items()})
print(list(dict(t.named_parameters())), isinstance(t, GraphModule))
class B(nn.Module):
    def forward(self, x):
        if x.sum() > 0: return x
        return -x
for f in (B(), ):
    try: symbolic_trace(f)
    except Exception as e: print(type(e).__name__, str(e)[:200])
def f(x, y):
    for i in x: y = y + i
    return y
try: symbolic_trace(f)
except Exception as e: print(type(e).__name__, str(e)[:300])
t = symbolic_trace(lambda x, y: torch.add(x, y).neg())
print(t.graph)
for n in t.graph.nodes:
    if n.op == "call_function" and n.target is torch.add:
        with t.graph.inserting_after(n):
            new = t.graph.call_function(torch.mul, n.args, n.kwargs); n.replace_all_uses_with(new)
        t.graph.erase_node(n)
t.recompile(); print(t.code, t(torch.tensor(3.), torch.tensor(4.)))
t.graph.lint()
print(Interpreter(t).run(torch.tensor(3.), torch.tensor(4.)))
g = Graph(); a = g.placeholder("a"); b = g.call_function(torch.sin, (a,)); c = g.call_method("add", (b, 1), {"alpha": 2}); g.output((c, b)); print(g); print(GraphModule({}, g).code)
raw = Graph(); p = Proxy(raw.placeholder("q")); r = torch.relu(p) + p.size(0); raw.output(r.node); print(raw)
try: g.erase_node(b)
except Exception as e: print(type(e).__name__, str(e)[:200])

# Values that are unpacked, names that are taken, functions that are not traced
def own(x):
    return x * 2 if x.sum() > 0 else x
torch.fx.wrap("own")
def unpacked(input, *rest):
    a, b = torch.chunk(input, 2, dim=1)
    return own(a) + b.size(1), F.max_pool2d(a, 2), torch.nn.functional.relu(b), a.shape, 2 - a, a @ b, F.conv2d(a, b), F.softmax(a, dim=1), input[..., 0], a.T
traced = symbolic_trace(unpacked)
print(traced.graph, traced.code)


class Leaf(Tracer):
    def is_leaf_module(self, m, name):
        return isinstance(m, nn.Sequential) or super().is_leaf_module(m, name)


print(Leaf().trace(m))


class Doubled(torch.fx.Transformer):
    def call_function(self, target, args, kwargs):
        return super().call_function(target, args, kwargs) * 2 if target is torch.relu else super().call_function(target, args, kwargs)


small = symbolic_trace(nn.Sequential(nn.Linear(2, 2), nn.ReLU()))
print(small.code)
f2 = symbolic_trace(lambda x: torch.relu(x) + 1)
doubled = Doubled(f2).transform()
print(doubled.code, doubled(torch.tensor([1.0, -1.0])))


class Counting(Interpreter):
    def run_node(self, n):
        print("runs", n.op, n.name)
        return super().run_node(n)


Counting(f2).run(torch.ones(1))
inverse = {torch.exp: torch.log, torch.tan: torch.arctan}
for node in symbolic_trace(lambda x: torch.exp(torch.tan(x))).graph.nodes:
    if node.op == "call_function":
        print(node.target in inverse, inverse[node.target].__name__, node.target is torch.exp, node.target == torch.tan)
dead = Graph()
x = dead.placeholder("x")
dead.call_function(torch.sin, (x,))
dead.output(x)
print(dead.eliminate_dead_code(), dead)
import copy
print(copy.deepcopy(t).code == t.code)
for attempt in (lambda: t(torch.ones(1)), lambda: symbolic_trace(lambda x: len(x)), lambda: GraphModule({}, Leaf().trace(m)), lambda: symbolic_trace(lambda x: int(x))):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__)
import inspect
print(inspect.signature(t.forward), inspect.signature(traced.forward), t.graph.owning_module is t, type(t))
class Annotated(nn.Module):
    def forward(self, x: torch.Tensor, n: int = 2, *, k=None) -> torch.Tensor:
        return x * n


class Plain(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + 1


print(symbolic_trace(Plain()).code)
print(symbolic_trace(Annotated()).code, symbolic_trace(Annotated()).graph)
print(symbolic_trace(nn.LeakyReLU(0.2)).graph.nodes.__class__ is not None, symbolic_trace(nn.Sequential(nn.ReLU(), nn.Softmax(1))).graph)
relu_of = Graph()
p = relu_of.placeholder("p")
inner = symbolic_trace(nn.ReLU())
inner_out = inner(Proxy(p))
relu_of.output(inner_out.node)
print(relu_of)
