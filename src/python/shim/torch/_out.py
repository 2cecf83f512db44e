"""`out=`: what a function computes is written into tensors that are given. The functions themselves do not know of it.

A given tensor keeps its dtype where PyTorch casts the result to it, and takes the result's size.
"""
import functools
import inspect
import warnings

from ._apply import type_name, write
from ._dtype import C_TYPES, SCALAR_TYPES
from ._grad_mode import _Mode
from ._tensor import Tensor

# Functions that take `out`, by what they do where its dtype is not the result's: cast to a type that holds it (`write` refuses others)
_CAST = """
    acos angle arccos arcsin arctan arctanh arcsinh arccosh asin asinh acosh atan atanh cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1 i0 lgamma log log10
    log1p log2 logit rad2deg reciprocal rsqrt sigmoid sin sinc sinh sqrt square tan tanh mean nanmean nansum std var add sub subtract mul multiply div divide
    true_divide floor_divide remainder fmod pow float_power maximum minimum fmax fmin atan2 arctan2 copysign hypot logaddexp logaddexp2 xlogy nextafter kron polygamma
    addcmul addcdiv lerp addr outer ger diff igamma igammac ldexp mvlgamma logsumexp bitwise_and bitwise_or bitwise_xor bitwise_left_shift
    bitwise_right_shift gcd lcm cholesky cholesky_inverse cholesky_solve multinomial bernoulli
    i0e i1 i1e xlog1py entr ndtr ndtri log_ndtr gammaln expit multigammaln psi normalize"""
# cast to any type
_ANY = "logical_not logical_and logical_or logical_xor eq ne not_equal lt less le less_equal gt greater ge greater_equal"
# compute in that dtype
_OWN = """sum prod cumsum cumprod zeros ones full eye empty arange range linspace logspace rand randn randint randperm normal fftfreq rfftfreq"""
# refuse it, in these words; in those of `_EXACT` where none are given here
_SAME = dict.fromkeys("""abs absolute ceil conj_physical fix floor frac neg negative round sgn sign trunc hardshrink bitwise_not clamp clip clamp_min clamp_max""".split(),
                      "Found dtype {Given} but expected {Wanted}")
_SAME |= {
    **dict.fromkeys(("cummax", "cummin", "logcumsumexp"), "expected scalar_type {Wanted} but found {Given}"),
    **dict.fromkeys(("amax", "amin"), "Expected the dtype for input and out to match, but got {Wanted} for input's dtype and {Given} for out's dtype."),
    **dict.fromkeys(("isneginf", "isposinf", "signbit"), "{name} does not support non-boolean outputs."),
    **dict.fromkeys(("all", "any"), "{name} only supports bool tensor for result, got: {Given}"),
    **dict.fromkeys(("dot", "vdot"), "result dtype {Given} does not match input dtype {Wanted}"),
    **dict.fromkeys(("quantile", "nanquantile"), "quantile() out tensor must be same dtype as the input tensor"),
    **dict.fromkeys(("index_select", "masked_select"), "{name}(): self and result must have the same scalar type"),
    "take": "take(): self and out expected to have the same dtype, but got self.dtype = {Wanted} and out.dtype = {Given}",
    "nan_to_num": "nan_to_num: dtype of out: {Given} should be same as input: {Wanted}",
    "nonzero": "nonzero: Expected out tensor to have scalar type Long but got scalar type{Given}",
    "mode": "expected scalar type '{Wanted}' but got '{Given}' for values output", "kthvalue": "output values must be of same type as input",
    "where": "Expected out type to be {Wanted} but got {Given}", "heaviside": "heaviside is not yet implemented for tensors with different dtypes.",
}
_EXACT = "Expected out tensor to have dtype {wanted}, but got {given} instead"
_SAME |= dict.fromkeys("""
    msort diag inverse argmax argmin tril triu max min sort mm matmul softmax log_softmax topk addmm addmv addbmm baddbmm bmm mv cross gather scatter scatter_add
    scatter_reduce index_add index_copy take_along_dim renorm norm aminmax slogdet svd qr median nanmedian inner tensordot bucketize searchsorted
    histc isin narrow_copy frexp chain_matmul matrix_power polar complex cond det eigh eigvalsh inv matrix_norm matrix_rank multi_dot pinv solve
    solve_triangular svdvals cholesky_ex inv_ex solve_ex lu lu_factor lu_factor_ex lu_solve lu_unpack eig eigvals vecdot vector_norm matrix_exp householder_product fft fft2 fftn hfft ifft ifft2 ifftn ihfft irfft irfft2 irfftn rfft rfft2 rfftn""".split(), _EXACT)
_JOINED = "cat concat concatenate stack hstack vstack row_stack dstack column_stack"


def _cast(name, result, out):
    return result


def _cast_to_any(name, result, out):
    return result.to(out.dtype)


def _joined(name, result, out):
    if result.dtype.category > out.dtype.category:
        raise TypeError(f"torch.cat(): input types can't be cast to the desired output type {out._scalar_type()}")
    return result


def _same(name, result, out):
    if result.dtype is not out.dtype:
        wanted, given = result.value.dtype, out.value.dtype
        raise RuntimeError(_SAME[name].format(name=name, Wanted=SCALAR_TYPES[wanted], Given=SCALAR_TYPES[given], wanted=C_TYPES[wanted], given=C_TYPES[given]))
    return result


# name → what brings a result to the dtype of `out`
_RULES = {**dict.fromkeys(_CAST.split(), _cast), **dict.fromkeys(_ANY.split(), _cast_to_any), **dict.fromkeys(_OWN.split(), _cast_to_any),
          **dict.fromkeys(_JOINED.split(), _joined), **dict.fromkeys(_SAME, _same)}


def written(functions):
    """Those of `functions` (by name) that take `out`, taking it."""
    return {name: _writing(name, function) if name in _RULES and callable(function) else function for name, function in functions.items()}


def writing(function):
    """A function of Python that takes `out`, and says so: PyTorch's is not compiled either."""
    result, signature = _writing(function.__name__, function), inspect.signature(function)
    result.__signature__ = signature.replace(parameters=[*signature.parameters.values(), inspect.Parameter("out", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None)])
    return result


def _writing(name, function):
    in_its_dtype = _RULES[name] is _cast_to_any and "dtype" in inspect.signature(function).parameters

    @functools.wraps(function)
    def writing(*args, out=None, **kwargs):
        if out is None:
            return function(*args, **kwargs)
        outs = out if isinstance(out, (tuple, list)) else (out,)
        _check(name, outs, [*args, *kwargs.values()])
        if in_its_dtype and kwargs.get("dtype") is None:
            kwargs["dtype"] = outs[0].dtype
        result = function(*args, **kwargs)
        if not isinstance(result, tuple):
            return write_out(name, result, outs[0])
        if len(outs) != len(result):
            raise TypeError(f"{name}(): argument 'out' must be a tuple of {len(result)} Tensors, not {type_name(out)}")
        for part, given in zip(result, outs):
            write_out(name, part, given)
        return type(result)(*outs) if hasattr(result, "_fields") else tuple(outs)
    return writing


def _check(name, outs, arguments):
    for given in outs:
        if not isinstance(given, Tensor):
            raise TypeError(f"{name}(): argument 'out' must be Tensor, not {type_name(given)}")
    if _Mode.enabled and any(isinstance(thing, Tensor) and thing.requires_grad for thing in (*outs, *arguments)):
        raise RuntimeError(f"{name}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.")


def write_out(name, result, out):
    """Writes one result, by the rule of the function `name`. Returns `out`."""
    result = _RULES[name](name, result, out)
    if tuple(out.shape) != tuple(result.shape):
        if out.numel():
            warnings.warn(f"An output with one or more elements was resized since it had shape {list(out.shape)}, which does not match the required output shape "
                          f"{list(result.shape)}. This behavior is deprecated, and in a future PyTorch release outputs will not be resized unless they have zero "
                          "elements. You can explicitly reuse an out tensor t by resizing it, inplace, to zero elements with t.resize_(0).", stacklevel=3)
        out.resize_(result.shape)
    if result._is_complex and out._is_complex:
        write(out._pairs, result._pairs)
        return out
    return write(out, result)
