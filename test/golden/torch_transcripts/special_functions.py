# Special functions with their gradients, bits, and what floating point has of its own.
import math
import torch

x = torch.tensor([-2.5, -1.0, -0.3, 0.0, 0.2, 1.0, 3.7], requires_grad=True)
p = torch.tensor([0.1, 0.5, 1.0, 2.3, 9.0], requires_grad=True)
u = torch.tensor([-0.9, -0.2, 0.0, 0.4, 0.99], requires_grad=True)
for function, point in (
        (torch.asinh, x), (torch.acosh, p + 1), (torch.atanh, u), (torch.erf, x), (torch.erfc, x), (torch.erfinv, u), (torch.lgamma, p), (torch.digamma, p), (lambda t: torch.polygamma(2, t), p),
        (torch.exp2, x), (torch.i0, x), (torch.special.i1, x), (torch.special.i0e, x), (torch.sinc, p), (torch.logit, torch.sigmoid(x)), (lambda t: torch.logit(t, 0.2), torch.sigmoid(x)), (torch.special.entr, p),
        (torch.special.ndtr, x), (torch.special.ndtri, torch.sigmoid(u)), (lambda t: torch.mvlgamma(t + 2, 2), p), (torch.deg2rad, x), (torch.rad2deg, x), (lambda t: torch.hypot(t, t * 2 + 1), x), (lambda t: torch.logaddexp(t, t * t), x),
        (lambda t: torch.logaddexp2(t, -t), x), (lambda t: torch.xlogy(t, t), p), (lambda t: torch.special.xlog1py(2.0, t), p), (torch.special.expit, x), (torch.special.gammaln, p), (lambda t: torch.copysign(t, -t), p), (torch.expm1, x), (torch.log1p, p)):
    value = function(point)
    leaf = next(t for t in (x, p, u) if t.numel() == point.numel() and (t is point or point.grad_fn is not None))
    print(value.detach())
    try:
        print("  ", torch.autograd.grad(value.sum(), point)[0])
    except RuntimeError as error:
        print("  ", error)
print(torch.erfc(torch.tensor([4.0, 6.0, 9.0])), torch.erfinv(torch.tensor([1.0, -1.0, 2.0])), torch.lgamma(torch.tensor([0.0, -1.0, 100.0])), torch.digamma(torch.tensor([0.0, -1.5])), torch.xlogy(torch.tensor([0.0, 0.0, 1.0]), torch.tensor([0.0, math.nan, 2.0])), torch.erf(torch.tensor([1, 2])))
strange = torch.tensor([math.nan, math.inf, -math.inf, -0.0, 1.0])
print(torch.isfinite(strange), torch.isinf(strange), torch.isnan(strange), torch.isposinf(strange), torch.isneginf(strange), torch.signbit(strange), torch.nan_to_num(strange), torch.nan_to_num(strange, 1.0, 2.0, -2.0), torch.fmax(strange, torch.zeros(5)), torch.fmin(strange, torch.zeros(5)), torch.isfinite(torch.tensor([1, 2])), torch.sgn(strange))
a, b = torch.tensor([12, -7, 255, 0]), torch.tensor([10, 3, -1, 5])
print(a & b, a | b, a ^ b, ~a, a << 2, a >> 1, torch.bitwise_and(a, 6), torch.bitwise_left_shift(a, torch.tensor([0, 1, 2, 3])), 5 & a, 1 << b.abs().clamp(max=4), a.to(torch.uint8) ^ 255, ~torch.tensor([0, 200], dtype=torch.uint8), torch.tensor([True, False]) & torch.tensor([True, True]), torch.tensor([True, False]) ^ True)
a &= 3
a <<= 1
print(a, torch.ldexp(torch.tensor([1.0, 2.0]), torch.tensor([3, -1])), torch.heaviside(torch.tensor([-1.0, 0.0, 2.0]), torch.tensor(0.5)), torch.positive(b), torch.frac(torch.tensor([1.5, -2.25])))
print(torch.relu_(torch.tensor([-1.0, 2.0])), torch.exp_(torch.tensor([0.0, 1.0])), torch.trapezoid(torch.tensor([1.0, 2.0, 4.0])), torch.trapezoid(torch.tensor([1.0, 2.0, 4.0]), torch.tensor([0.0, 1.0, 3.0])), torch.cov(torch.tensor([[0.0, 1.0, 2.0], [2.0, 1.0, 0.5]])), torch.corrcoef(torch.tensor([[0.0, 1.0, 2.0], [2.0, 1.0, 0.5]])))
for exponent in (0.5, 2, 3, -1, -2, 1, 0, 2.0):
    x = torch.tensor([float("-inf"), -4.0, -0.0, 0.0, 4.0, float("inf"), float("nan")], requires_grad=True)
    y = x ** exponent
    y.sum().backward()
    print(exponent, y.tolist(), x.grad.tolist())
