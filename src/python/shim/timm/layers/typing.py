"""Types of arguments: a layer by name or class, padding by name or number."""
from collections.abc import Callable
from typing import Tuple, Type, Union

import torch

LayerType = Union[str, Callable, Type[torch.nn.Module]]
PadType = Union[str, int, Tuple[int, int]]
disable_compiler = torch.compiler.disable
