# `out=`: the result is written there, in what dtypes and sizes PyTorch lets it.
import warnings

import torch

warnings.simplefilter("ignore")
f = torch.tensor([[3.0, -1.0, 2.0], [0.5, 4.0, -2.5], [1.0, 7.0, 6.0]])
p = f.abs() + 0.25
g = f.flip(0) * 1.5
v = torch.tensor([1.0, 2.0, 3.0])
i = torch.tensor([[5, 3, 9], [2, 2, 8], [7, 1, 4]])
j = torch.tensor([[1, 2, 3], [2, 1, 2], [3, 3, 1]])
b = f > 1
unit = p / 10
batch = torch.stack([f, g])
spd = f @ f.T + 4 * torch.eye(3)

calls = {name: (unit,) for name in """
    abs absolute acos angle arccos arcsin arctan arctanh asin asinh arcsinh atan atanh ceil conj_physical cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1
    fix floor frac i0 isneginf isposinf lgamma log log10 log1p log2 logical_not logit nan_to_num neg negative rad2deg reciprocal round rsqrt sgn sigmoid sign
    signbit sin sinc sinh sqrt square tan tanh trunc msort diag hardshrink inverse nonzero column_stack_ all any amax amin argmax argmin mean
    nanmean sum nansum prod std var tril triu logsumexp_ logcumsumexp_ cumsum_ max min median nanmedian mode sort topk_ kthvalue_ cholesky_ qr""".split()
    if not name.endswith("_") and name != "qr"}
calls |= {name: (p, g.abs() + 1) for name in """
    add sub subtract mul multiply div divide true_divide floor_divide remainder fmod pow float_power maximum minimum max min fmax fmin atan2 arctan2 copysign
    eq ne not_equal lt less le less_equal gt greater ge greater_equal logical_and logical_or logical_xor hypot logaddexp logaddexp2 xlogy ldexp heaviside mm
    matmul kron inner""".split()}
calls |= {name: (i, j) for name in "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift gcd lcm".split()}
calls |= {name: (f, 1) for name in "cummax cummin cumsum cumprod logcumsumexp logsumexp softmax log_softmax".split()}
calls |= {name: (f, 2) for name in "topk kthvalue sub add mvlgamma".split()}
calls |= {
    "bitwise_not": (i,), "clamp": (f, 0, 1), "clip": (f, 0, 1), "clamp_min": (f, 0), "clamp_max": (f, 0), "mvlgamma": (p + 3, 2), "polygamma": (1, p),
    "addcmul": (f, g, g), "addcdiv": (f, g, p), "lerp": (f, g, 0.5), "where": (b, f, g), "addmm": (f, f, g), "addmv": (v, f, v), "addr": (f, v, v), "addbmm": (f, batch, batch),
    "baddbmm": (batch, batch, batch), "bmm": (batch, batch), "mv": (f, v), "dot": (v, v), "vdot": (v, v), "outer": (v, v), "ger": (v, v), "cross": (f, g, 1), "tensordot": (f, g, 1),
    "chain_matmul": (f, g), "cholesky": (spd,), "cholesky_inverse": (torch.linalg.cholesky(spd),), "cholesky_solve": (f, torch.linalg.cholesky(spd)), "matrix_power": (f, 2),
    "cat": ([f, g],), "concat": ([f, g],), "concatenate": ([f, g], 1), "stack": ([f, g],), "hstack": ([f, g],), "vstack": ([f, g],), "row_stack": ([f, g],), "dstack": ([f, g],),
    "column_stack": ([f, v],), "gather": (f, 1, j - 1), "scatter": (f, 1, j - 1, g), "scatter_add": (f, 1, j - 1, g), "scatter_reduce": (f, 1, j - 1, g, "sum"),
    "index_select": (f, 0, torch.tensor([2, 0])), "index_add": (f, 0, torch.tensor([2, 0]), g[:2]), "index_copy": (f, 0, torch.tensor([2, 0]), g[:2]),
    "take": (f, j), "take_along_dim": (f, j - 1, 1), "masked_select": (f, b), "nonzero": (b,), "renorm": (f, 2, 0, 1.0), "diff": (f,), "quantile": (f, 0.5), "nanquantile": (f, 0.5),
    "norm": (f, 2, 1), "bucketize": (f, v), "searchsorted": (v, f), "histc": (f, 4), "isin": (i, j), "arange": (3,), "linspace": (0, 1, 3), "logspace": (0, 1, 3), "zeros": (3,),
    "ones": (3,), "full": ((3,), 2.0), "eye": (3,), "sort": (f, 1), "count_nonzero_": (f,), "std": (f, 1), "var": (f, 1), "mean": (f, 1), "sum": (f, 1), "max": (f, 1), "min": (f, 1), "median": (f, 1),
    "nanmedian": (f, 1), "mode": (i, 1), "argmax": (f, 1), "argmin": (f, 1), "amax": (f, 1), "prod": (f, 1), "all": (f, 1), "any": (f, 1), "aminmax": (f,), "tril": (f,), "triu": (f,),
    "narrow_copy": (f, 0, 1, 2), "floor_divide": (f, g), "complex": (f, g), "polar": (p, g), "relu_": (), "frexp": (f,), "slogdet": (f,), "qr": (f,),
}
calls["svd"] = (f, True, False)
calls = {name: arguments for name, arguments in calls.items() if not name.endswith("_")}


def tensors(result):
    return tuple(result) if isinstance(result, tuple) else (result,)


def packed(outs):
    return outs[0] if len(outs) == 1 else tuple(outs)


def attempted(name, arguments, outs):
    """What was written, or the error."""
    try:
        returned = getattr(torch, name)(*arguments, out=packed(outs))
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    assert all(given is back for given, back in zip(outs, tensors(returned))), name
    return " ".join(f"{tuple(out.shape)} {str(out.dtype)[6:]} {'' if out.is_complex() else format(float(out.double().sum()), '.4g')}" for out in outs)


# errors of whole families; others have words of their own
worded = "sin add sum abs clamp max argmax sort mm gather cat cummax amax isneginf all dot quantile take nan_to_num nonzero mode kthvalue where heaviside".split()


def checked(name, arguments):
    if not hasattr(torch, name):
        return print(name, "is not there")
    expected = tensors(getattr(torch, name)(*arguments))
    outs = [torch.zeros_like(each) for each in expected]
    report = attempted(name, arguments, outs)
    same = all(torch.allclose(out, each, equal_nan=True) if each.is_floating_point() else torch.equal(out, each) for out, each in zip(outs, expected) if not each.is_complex())
    print(f"{name}: {'written' if same else 'not written'} {report}")
    print("   empty:", attempted(name, arguments, [torch.empty(0, dtype=each.dtype) for each in expected]))
    print("   of other sizes:", attempted(name, arguments, [torch.ones(7, dtype=each.dtype) for each in expected]))
    for dtype in (torch.float64, torch.int32, torch.bool):
        report = attempted(name, arguments, [torch.zeros_like(each, dtype=dtype) for each in expected])
        print(f"   {str(dtype)[6:]}:", "refused" if "Error" in report and name not in worded else report)


for name, arguments in calls.items():
    checked(name, arguments)

# gradients do not pass
leaf = f.clone().requires_grad_()
for name, arguments in (("add", (leaf, 1)), ("max", (leaf, 1)), ("sum", (leaf, 1)), ("mm", (leaf, leaf))):
    print(name, attempted(name, arguments, [torch.zeros(3, 3), torch.zeros(3, 3, dtype=torch.int64)][:1 if name != "max" else 2]))
print(attempted("add", (f, 1), [leaf]))
with torch.no_grad():
    print(attempted("add", (leaf, 1), [torch.zeros(3, 3)]))
# through a view
base = torch.zeros(4, 3)
torch.add(v, 1, out=base[1])
torch.mul(v, 2, out=base.T[0, :3])
print(base)
torch.sort(f, 1, out=(base[:3], torch.zeros(3, 3, dtype=torch.int64)))
print(base)
x = torch.arange(4.0)
print(torch.add(x, 1, out=x) is x, x, torch.cumsum(x, 0, out=x), x)
# methods have none
for refused in (lambda: f.add(1, out=f), lambda: torch.relu(f, out=f), lambda: torch.clone(f, out=f), lambda: torch.linalg.inv(spd, out=torch.zeros(3, 3, dtype=torch.float64))):
    try:
        refused()
        print("no error")
    except Exception as error:
        print(type(error).__name__, str(error).splitlines()[0][:60])
# those of other modules
for function, arguments in ((torch.linalg.inv, (spd,)), (torch.linalg.norm, (f,)), (torch.special.entr, (unit,)), (torch.special.i1, (unit,)), (torch.nn.functional.normalize, (f,)), (torch.fft.fftfreq, (4,))):
    out = torch.empty(0)
    print(function(*arguments, out=out) is out, torch.allclose(out, function(*arguments)))
out = torch.zeros(3, 2, dtype=torch.complex64)
print(torch.fft.rfft(f, out=out) is out, torch.view_as_real(out).sum())
