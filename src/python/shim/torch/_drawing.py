"""Tensors drawn from a generator, as PyTorch's CPU build draws them."""
import functools
import math

from _lens import door

from ._apply import constant
from ._creation import _check_sizes, _finished, _stored, creator
from ._dtype import DTYPES, REAL_OF, SCALAR_TYPES, dtype_of, float32, float64, get_default_dtype, int64
from ._generator import generator_id
from ._known import known, refuse_unless
from ._layout import iteration_order, laid_out_as, lay_out, strides_in_format, strides_in_order, strides_of
from ._registry import public
from ._size import broadcast_shapes, integer, shape_of
from ._tensor import Tensor, wrap


def drawn(op, shape, dtype, generator=None, **attributes):
    """A tensor drawn by a random op, next in the generator's sequence."""
    _check_sizes(shape)
    if dtype.is_complex:
        return _drawn_complex(op, shape, dtype, generator, attributes)
    return wrap(door.record(op, shape=list(shape), dtype=dtype.name, generator=generator_id(generator), **attributes))


def _drawn_complex(op, shape, dtype, generator, attributes):
    """Both parts from the same sequence; a normal one's variance is that of the two together."""
    from ._complex import of_pairs
    if op == "normal":
        attributes = {**attributes, "std": attributes["std"] * math.sqrt(0.5)}
    return of_pairs(drawn(op, [*shape, 2], DTYPES[REAL_OF[dtype.name]], generator, **attributes))


def drawn_like(op, tensor, generator=None, dtype=None, memory_format=None, **attributes):
    """Drawn in the shape of `tensor` and in the order of its memory (or that of the format): a transposed view is filled as what it is a view of."""
    shape, dtype = list(tensor.value.shape), dtype or tensor.dtype
    strides = strides_of(tensor) if memory_format is None else strides_in_format(shape, strides_of(tensor), memory_format)
    order = iteration_order(shape, [strides])
    long = [d for d in order if shape[d] != 1]
    if long == sorted(long):
        return drawn(op, shape, dtype, generator, **attributes)
    if op == "normal":
        attributes["pairs"] = True  # the new tensor is laid out as the old one: not contiguous
    result = drawn(op, [shape[d] for d in order], dtype, generator, **attributes)
    back = [order.index(d) for d in range(len(shape))]
    if dtype.is_complex:
        return result.permute(back)
    return lay_out(wrap(door.record("permute", [result.value], dims=back)), strides_in_order(shape, order))


def check_floats(tensor, kernel):
    """Refuses integers, in the words of the CPU kernel."""
    if not (tensor.is_floating_point() or tensor.is_complex()):
        raise NotImplementedError(f"\"{kernel}\" not implemented for '{SCALAR_TYPES[tensor.value.dtype]}'")


def uniform_double(tensor, generator=None):
    """Of 0 to 1 in the shape of `tensor`, in double whatever its dtype: what PyTorch makes numbers of other distributions of."""
    return drawn_like("uniform", tensor, generator, float64, **{"from": 0.0, "to": 1.0})


def exponential(tensor, rate=1.0, generator=None):
    """−log(1 − u) / rate in the shape of `tensor`"""
    return ((-uniform_double(tensor, generator)).log1p() * (-1.0 / rate)).to(tensor.dtype)


def _drawn_creator(name, op, **attributes):
    def function(*sizes, size=None, generator=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
        wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
        return _finished(drawn(op, shape_of(sizes if size is None else (size,), name), wanted, generator, **attributes), requires_grad)

    def like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None):
        if dtype is None:
            check_floats(input, "check_uniform_bounds" if op == "uniform" else "normal_kernel_cpu")
        drawn_ = drawn_like(op, input, generator, None if dtype is None else dtype_of(dtype), memory_format, **attributes)
        return _finished(laid_out_as(drawn_, input, memory_format), requires_grad)
    function.__name__, like.__name__ = name, name + "_like"
    creator(like)
    return creator(function)


# PyTorch's CPU `uniform` and `normal` are asked for by keyword, so that they read as the op's attributes.
rand = _drawn_creator("rand", "uniform", **{"from": 0.0, "to": 1.0})
randn = _drawn_creator("randn", "normal", mean=0.0, std=1.0)


@creator
def randint(low, high=None, size=None, *, generator=None, dtype=None, layout=None, device=None, requires_grad=False):
    if size is None and high is not None:
        low, high, size = 0, low, high
    elif high is None:
        low, high = 0, low
    low, high = integer(low), integer(high)
    if low >= high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    wanted = int64 if dtype is None else dtype_of(dtype)
    return _finished(drawn("randint", shape_of((size,)), wanted, generator, low=low, high=high), requires_grad)


@creator
def randint_like(input, low, high=None, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
    low, high = (0, low) if high is None else (low, high)
    drawn_ = drawn_like("randint", input, None, None if dtype is None else dtype_of(dtype), memory_format, low=integer(low), high=integer(high))
    return _finished(laid_out_as(drawn_, input, memory_format), requires_grad)


@creator
def randperm(n, *, generator=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    wanted = int64 if dtype is None else dtype_of(dtype)
    return _finished(wrap(door.record("randperm", n=integer(n), dtype=wanted.name, generator=generator_id(generator))),
                     requires_grad)


@creator
def normal(mean=0.0, std=1.0, size=None, *, generator=None, dtype=None, device=None, requires_grad=False):
    if size is not None:
        result = drawn("normal", shape_of((size,)), get_default_dtype() if dtype is None else dtype_of(dtype), generator,
                       mean=float(mean), std=float(std))
        return _finished(result, requires_grad)
    tensors = [item for item in (mean, std) if isinstance(item, Tensor)]
    shape, dtype = broadcast_shapes(*(item.shape for item in tensors)), tensors[0].dtype
    if isinstance(std, Tensor):
        refuse_unless(std, lambda number: number >= 0, "normal expects all elements of std >= 0.0")
        return _finished(drawn("normal", shape, dtype, generator, mean=0.0, std=1.0) * std + mean, requires_grad)
    return _finished(drawn("normal", shape, dtype, generator, mean=0.0, std=float(std)) + mean, requires_grad)


@public
def bernoulli(input, p=None, *, generator=None):
    """Ones with the probability that each element of `input` gives (or `p`)."""
    if p is None:
        check_floats(input, "bernoulli_tensor_cpu_p_")
        check_probabilities(input)
        return (drawn("uniform", input.value.shape, points_of(input), generator, **{"from": 0.0, "to": 1.0}) < input).to(input.dtype)
    return drawn("bernoulli", input.value.shape, input.dtype, generator, p=float(p))


def check_probabilities(tensor):
    refuse_unless(tensor, lambda number: 0 <= number <= 1, "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, "
                  "please report an enhancement request to PyTorch.)")


def points_of(probabilities):
    """The dtype of the points that are compared with probabilities."""
    return float64 if probabilities.dtype is float64 else float32


@public
def multinomial(input, num_samples, replacement=False, *, generator=None):
    """Indices drawn by weight, from the cumulative distribution (or, of one draw and without replacement, by exponential races)."""
    if input.dim() not in (1, 2):
        raise RuntimeError("prob_dist must be 1 or 2 dim")
    if not input.is_floating_point():
        raise RuntimeError(f"multinomial only supports floating-point dtypes for input, got: {SCALAR_TYPES[input.value.dtype]}")
    if num_samples <= 0:
        raise RuntimeError("cannot sample n_sample <= 0 samples")
    weights = input if input.dim() == 2 else input.unsqueeze(0)
    categories = weights.value.shape[1]
    if not replacement and num_samples > categories:
        raise RuntimeError("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
    refuse_unless(weights, lambda number: 0 <= number < math.inf, "probability tensor contains either `inf`, `nan` or element < 0")
    if known(weights):
        refuse_unless(weights.sum(-1), lambda number: number > 0, "invalid multinomial distribution (sum of probabilities <= 0)")
    if num_samples == 1:
        found = (weights / exponential(weights, generator=generator)).argmax(-1, keepdim=True)
    elif not replacement:
        found = (weights / exponential(weights, generator=generator)).topk(num_samples).indices
    else:
        cumulative = weights.cumsum(-1)
        cumulative = cumulative / cumulative[:, -1:]
        points = drawn("uniform", (weights.value.shape[0], num_samples), float64, generator, **{"from": 0.0, "to": 1.0})
        found = (points.unsqueeze(-1) > cumulative.unsqueeze(1)).sum(-1).clamp(max=categories - 1)
    return found if input.dim() == 2 else found.squeeze(0)


@creator
def poisson(input, generator=None):
    """Counts of events at the rates that `input` gives. How many numbers one takes depends on those before: they are drawn here."""
    check_floats(input, "poisson_cpu")
    rates = door.read(input.value)
    if any(rate < 0 for rate in rates):
        raise RuntimeError("invalid Poisson rate, expected rate to be non-negative")
    uniform = functools.partial(_double_of_bits, generator_id(generator))
    return constant(_stored([_events(rate, uniform) for rate in rates], input.dtype), input.dtype, tuple(input.value.shape))


def _double_of_bits(generator):
    upper = door.draw_bits(generator) & 0x1fffff
    return (upper << 32 | door.draw_bits(generator)) * 2.0 ** -53


def _events(rate, uniform):
    """Below a rate of 10 by multiplication (Knuth), else by transformed rejection (Hörmann 1993, PTRS)."""
    if rate == 0:
        return 0
    if rate < 10:
        bound, product, events = math.exp(-rate), uniform(), 0
        while product > bound:
            product *= uniform()
            events += 1
        return events
    b = 0.931 + 2.53 * math.sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse_alpha, v_r = 1.1239 + 1.1328 / (b - 3.4), 0.9277 - 3.6224 / (b - 2)
    while True:
        u, v = uniform() - 0.5, uniform()
        rest = 0.5 - abs(u)
        events = math.floor((2 * a / rest + b) * u + rate + 0.43)
        if rest >= 0.07 and v <= v_r:
            return events
        if events < 0 or rest < 0.013 and v > rest:
            continue
        if math.log(v) + math.log(inverse_alpha) - math.log(a / (rest * rest) + b) <= -rate + events * math.log(rate) - math.lgamma(events + 1):
            return events


@creator
def binomial(count, prob, generator=None):
    """How many of `count` trials succeed. How many numbers one takes depends on those before: they are drawn here."""
    check_floats(count, "binomial_cpu")
    shape = broadcast_shapes(count.shape, prob.shape)
    counts, probs = (door.read(each.expand(*shape).value) for each in (count, prob))
    uniform = functools.partial(_double_of_bits, generator_id(generator))
    return constant(_stored([_successes(n, p, uniform) for n, p in zip(counts, probs)], count.dtype), count.dtype, tuple(shape))


def _successes(count, prob, uniform):
    """By sums of geometric gaps where few are expected, else by transformed rejection (Hörmann 1993, BTRS)."""
    if count <= 0 or prob <= 0:
        return 0
    if prob >= 1:
        return count
    if not prob == prob:
        return math.nan
    rare = min(prob, 1 - prob)
    found = (_by_rejection if count * rare >= 10 else _by_gaps)(count, rare, uniform)
    return found if prob <= 0.5 else count - found


def _by_gaps(count, prob, uniform):
    place, found, scale = 0, 0, math.log1p(-prob)
    while True:
        place += math.ceil(math.log(uniform()) / scale)
        if place > count:
            return found
        found += 1


def _by_rejection(count, prob, uniform):
    spread = math.sqrt(count * prob * (1 - prob))
    b = 1.15 + 2.53 * spread
    a, c, limit = -0.0873 + 0.0248 * b + 0.01 * prob, count * prob + 0.5, 0.92 - 4.2 / b
    odds, alpha, mode = prob / (1 - prob), (2.83 + 5.1 / b) * spread, math.floor((count + 1) * prob)
    while True:
        u, v = uniform() - 0.5, uniform()
        rest = 0.5 - abs(u)
        found = math.floor((2 * a / rest + b) * u + c)
        if rest >= 0.07 and v <= limit:
            return found
        if found < 0 or found > count:
            continue
        bound = ((mode + 0.5) * math.log((mode + 1) / (odds * (count - mode + 1))) + (count + 1) * math.log((count - mode + 1) / (count - found + 1))
                 + (found + 0.5) * math.log(odds * (count - found + 1) / (found + 1)) + _stirling_tail(mode) + _stirling_tail(count - mode)
                 - _stirling_tail(found) - _stirling_tail(count - found))
        if math.log(v * alpha / (a / (rest * rest) + b)) <= bound:
            return found


def _stirling_tail(k):
    """log k! less Stirling's approximation of it"""
    if k <= 9:
        return math.lgamma(k + 1) - ((k + 0.5) * math.log(k + 1) - (k + 1) + 0.5 * math.log(2 * math.pi))
    square = (k + 1) ** 2
    return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1)
