"""torch.nn.common_types: names for annotations of sizes."""
from typing import Optional, Tuple, TypeVar, Union

from .._tensor import Tensor

_T = TypeVar("_T")
_scalar_or_tuple_any_t = Union[_T, Tuple[_T, ...]]
_scalar_or_tuple_1_t, _scalar_or_tuple_2_t, _scalar_or_tuple_3_t = Union[_T, Tuple[_T]], Union[_T, Tuple[_T, _T]], Union[_T, Tuple[_T, _T, _T]]
_scalar_or_tuple_4_t, _scalar_or_tuple_5_t = Union[_T, Tuple[_T, _T, _T, _T]], Union[_T, Tuple[_T, _T, _T, _T, _T]]
_scalar_or_tuple_6_t = Union[_T, Tuple[_T, _T, _T, _T, _T, _T]]
_size_any_t, _size_1_t, _size_2_t, _size_3_t, _size_4_t, _size_5_t, _size_6_t = (named[int] for named in (
    _scalar_or_tuple_any_t, _scalar_or_tuple_1_t, _scalar_or_tuple_2_t, _scalar_or_tuple_3_t, _scalar_or_tuple_4_t, _scalar_or_tuple_5_t, _scalar_or_tuple_6_t))
_size_any_opt_t = Union[Optional[int], Tuple[Optional[int], ...]]
_size_2_opt_t, _size_3_opt_t = Union[Optional[int], Tuple[Optional[int], Optional[int]]], Union[Optional[int], Tuple[Optional[int], Optional[int], Optional[int]]]
_ratio_any_t, _ratio_2_t, _ratio_3_t = (named[float] for named in (_scalar_or_tuple_any_t, _scalar_or_tuple_2_t, _scalar_or_tuple_3_t))
_tensor_list_t = _maybe_indices_t = _scalar_or_tuple_any_t[Tensor]
