# What files do around their models: marks for tracers and compilers, groups of processes, wrappers.
import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DataParallel


def said(act):
    try:
        return act()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@torch.fx.wrap
def wrapped(x):
    return x + 1


@torch.compiler.disable
def plain(x):
    return x + 2


@torch.compiler.disable(recursive=False)
def shallow(x):
    return x + 3


print(wrapped(1), plain(1), shallow(1), torch.compiler.is_compiling(), torch.compiler.is_exporting(), torch.compiler.allow_in_graph(len) is len)
print(dist.is_available(), dist.is_initialized(), said(dist.get_rank), said(dist.get_world_size), said(dist.barrier), said(dist.get_backend), said(dist.destroy_process_group))
print(dist.get_rank() if dist.is_initialized() else 0)
net = DataParallel(nn.Linear(2, 1))
print(list(net.state_dict()), isinstance(net, nn.DataParallel), net(torch.ones(3, 2)).shape, net.module)
print(said(lambda: torch.compiler.nothing), said(lambda: torch.fx.nothing))
print(torch._assert(True, "kept"), said(lambda: torch._assert(1 > 2, "one is not more than two")))

# what torchvision's own source takes of the compiler
from torch._dynamo.utils import counters, is_compile_supported
print(len(counters), callable(is_compile_supported), torch.jit._script_if_tracing(len)([1, 2]))
