"""torch.types: names for annotations."""
from typing import Any, List, Sequence, Tuple, Union

from ._device import device
from ._dtype import dtype
from ._size import Size
from ._tensor import Tensor

Number = Union[int, float, bool]
_int, _float, _bool, _dtype, _device, _size = int, float, bool, dtype, device, Union[Size, List[int], Tuple[int, ...]]
Device = Union[device, str, int, None]
TensorLike = Union[Tensor, Number, Sequence]
_TensorOrTensors = TensorOrTensors = Union[Tensor, Sequence[Tensor]]
FileLike = Union[str, Any]
Storage = Any
