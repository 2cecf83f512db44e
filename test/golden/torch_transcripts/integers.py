# Integers and booleans: element by element, in all pairs of types.
import torch

torch.set_printoptions(linewidth=200)
values = {
    torch.bool: [True, False, True, True, False], torch.uint8: [0, 1, 7, 200, 255], torch.int8: [0, 1, -7, 100, -128], torch.int32: [0, -3, 7, 46341, -2147483648], torch.int64: [0, -3, 7, 300, -20000],
}
divisors = {torch.bool: [True] * 5, torch.uint8: [1, 2, 7, 200, 255], torch.int8: [1, 2, -2, -7, 3], torch.int32: [1, 2, -7, 3, -1000], torch.int64: [1, 2, -2, -7, 3]}


def shown(result):
    if isinstance(result, (tuple, list)):
        return " ".join(map(shown, result))
    if not isinstance(result, torch.Tensor):
        return repr(result)
    numbers = result.tolist()
    if result.is_floating_point():
        numbers = [float(f"{number:.5g}") for number in (numbers if isinstance(numbers, list) else [numbers])]
    return f"{str(result.dtype)[6:]} {numbers}"


def attempted(function):
    try:
        return shown(function())
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0][:140]}"


def tensor_of(table, dtype, beside=None):
    """Beside int64, what does not leave the 32 bits that the shim keeps of one."""
    is_small = beside is torch.int64 and dtype is torch.int32
    return torch.tensor([max(number, -46341) for number in table[dtype]] if is_small else table[dtype], dtype=dtype)


binary = "add sub mul maximum fmin lt bitwise_xor logical_and atan2 xlogy copysign gcd where isclose".split()
dividing = "div floor_divide remainder fmod".split()
DTYPES = list(values)
for name in binary + dividing:
    for first in DTYPES:
        for second in DTYPES:
            left, right = tensor_of(values, first, second), tensor_of(divisors if name in dividing else values, second, first).flip(0)
            if name == "where":
                print(name, first, second, attempted(lambda: torch.where(left > 1, left, right)))
            else:
                print(name, first, second, attempted(lambda: getattr(torch, name)(left, right)))
for first in DTYPES:
    for second in DTYPES:
        left, right = tensor_of(values, first, second), tensor_of(divisors, second)
        for mode in ("trunc", "floor"):
            print("div", mode, first, second, attempted(lambda: torch.div(left, right, rounding_mode=mode)))
        amounts = torch.tensor([0, 1, 2, 3, 2]).to(second)
        for name in ("bitwise_left_shift", "bitwise_right_shift", "pow"):
            if name == "pow" and (first, second) == (torch.int32, torch.int64):
                continue
            print(name, first, second, attempted(lambda: getattr(torch, name)(left, amounts)))
        for name in ("__iadd__", "__isub__", "__itruediv__", "__ipow__"):
            if name == "__ipow__" and torch.int64 in (first, second):
                continue
            print(name, first, second, attempted(lambda: getattr(left.clone(), name)(right)))
for dtype in DTYPES:
    x = tensor_of(values, dtype)
    for name in """abs neg sign sgn signbit exp sqrt reciprocal square floor ceil round trunc frac logical_not bitwise_not  relu isnan isinf isfinite sum prod mean std var
            median mode cumsum cumprod argmax argmin max min amax amin all any sort argsort unique logsumexp softmax norm nansum count_nonzero positive  exp2 lgamma 
            cummax diff  nan_to_num  square_ abs_ neg_ sqrt_ exp_ logical_not_ bitwise_not_  floor_ round_ sign_ clamp_min  trace diag tril cov angle logit
            bincount   logcumsumexp  quantile nanmean   kthvalue topk""".split():
        arguments = {"cumsum": (0,), "cumprod": (0,), "softmax": (0,), "cummax": (0,), "logsumexp": (0,), "clamp_min": (1,), "kthvalue": (2,), "topk": (2,), "quantile": (0.5,),
                     "logcumsumexp": (0,)}.get(name, ())
        of = x.reshape(5, 1)[:3].expand(3, 3).clone() if name in ("trace", "tril") else x
        print(name, dtype, attempted(lambda: getattr(of.clone(), name)(*arguments) if hasattr(of, name) else getattr(torch, name)(of, *arguments)))
    for number in (True, -2, 1.5, 300):
        for name in ("add", "sub", "div", "floor_divide", "fmod", "pow", "lt", "bitwise_and", "clamp_min", "masked_fill", "fill", "__rsub__", "__rtruediv__", "__rmod__", "__rpow__", "__imul__"):
            if number == -2 and name == "__rpow__" and dtype is torch.int64 or number == 300 and (name in ("__rpow__", "__imul__", "pow") and dtype in (torch.int64, torch.int32)):
                continue
            of = tensor_of(divisors, dtype) if name in ("__rtruediv__", "__rfloordiv__", "__rmod__") else x.clone()
            if name == "masked_fill":
                print(name, dtype, number, attempted(lambda: of.masked_fill(of > 1, number)))
            elif name == "fill":
                print(name, dtype, number, attempted(lambda: of.fill_(number)))
            else:
                print(name, dtype, number, attempted(lambda: getattr(of, name)(number)))
    print("clamp", dtype, attempted(lambda: x.clamp(1, 5)), attempted(lambda: x.clamp(0.5, 5.5)), attempted(lambda: x.clamp(torch.tensor(1), torch.tensor(5))))
    for wanted in (torch.bool, torch.uint8, torch.int8, torch.float32):
        print("sum etc. as", dtype, wanted, attempted(lambda: x.sum(dtype=wanted)), attempted(lambda: x.prod(dtype=wanted)), attempted(lambda: x.cumsum(0, dtype=wanted)),
              attempted(lambda: x.mean(dtype=wanted)), attempted(lambda: x.to(wanted)))
    matrix = x[:4].reshape(2, 2)
    for name in ("matmul", "mm", "addmm", "dot", "outer", "kron", "bmm", "mv"):
        print(name, dtype, attempted({"matmul": lambda: matrix @ matrix, "mm": lambda: matrix.mm(matrix), "addmm": lambda: matrix.addmm(matrix, matrix), "dot": lambda: x.dot(x), "outer": lambda: x[:3].outer(x[:3]),
                                      "cross": lambda: torch.linalg.cross(x[:3], x[1:4]), "kron": lambda: torch.kron(x[:2], x[:2]), "bmm": lambda: matrix[None].bmm(matrix[None]), "mv": lambda: matrix.mv(matrix[0]),
                                      "einsum": lambda: torch.einsum("ij,jk->ik", matrix, matrix)}[name]))
    for name in ("addcmul", "addcdiv", "lerp", "scatter_add", "index_add", "cat", "stack", "linspace", "arange", "full_like", "masked_select"):
        print(name, dtype, attempted({"addcmul": lambda: x.addcmul(x, x), "addcdiv": lambda: x.addcdiv(x, x), "lerp": lambda: x.lerp(x, 0.5), "scatter_add": lambda: x.scatter_add(0, torch.tensor([0, 0]), x[3:5]),
                                      "index_add": lambda: x.index_add(0, torch.tensor([0, 0]), x[3:5]), "cat": lambda: torch.cat([x, torch.tensor([1, 2])]), "stack": lambda: torch.stack([x, x]),
                                      "linspace": lambda: torch.linspace(0, 5, 4, dtype=dtype), "arange": lambda: torch.arange(0, 5, 2, dtype=dtype), "full_like": lambda: torch.full_like(x, 3.7),
                                      "cumsum_": lambda: x.clone().cumsum_(0), "masked_select": lambda: x[x > 1]}[name]))
# large and exact
i = torch.tensor([16777217, -16777217, 1073741823, 1073741821])
for each in (lambda: torch.div(i, 1, rounding_mode="trunc"), lambda: torch.div(i, 2, rounding_mode="trunc"), lambda: i // 1, lambda: i // -2, lambda: i % 10, lambda: torch.fmod(i, 10), lambda: i / 1,
             lambda: i.float(), lambda: i.argmax(), lambda: i.max(), lambda: i.clamp(max=16777217), lambda: i == 16777216, lambda: i > 16777216.0, lambda: torch.where(i > 0, i, 0), lambda: i.to(torch.float64),
             lambda: i.median(), lambda: i.sort(), lambda: torch.pow(i, -1), lambda: torch.pow(i, 0), lambda: i ** torch.tensor(-1), lambda: torch.pow(torch.tensor([2, 3]), torch.tensor([-1, 2])),
             lambda: torch.tensor([1, -1, 2]) ** -1, lambda: torch.pow(2, torch.tensor([-1, 2])), 
             lambda: torch.tensor([1, 0]) / 0, lambda: torch.lerp(torch.tensor(1e8), torch.tensor(1.0), 1.0),
             lambda: torch.lerp(torch.tensor([1e8, 3.0]), torch.tensor([1.0, 5.0]), torch.tensor([0.75, 0.25])), lambda: torch.lerp(torch.tensor(1.0), torch.tensor(1e8), 0.4), lambda: i.remainder(-7), lambda: 7 // torch.tensor([2, -2]),
             lambda: -7 % torch.tensor([2, -3]), lambda: torch.floor_divide(i, 2.5), lambda: torch.div(i, 2.5, rounding_mode="floor"), lambda: (i * i).dtype, lambda: torch.mean(i),
             lambda: torch.mul(torch.tensor(True), 2), lambda: torch.tensor([True]) + torch.tensor([True]), lambda: -torch.tensor([True]), lambda: ~torch.tensor([1, 2]), lambda: ~torch.tensor([1.0]), lambda: torch.tensor([1.5]) & 1,
             lambda: torch.tensor([True]) - 1, lambda: 1 - torch.tensor([True]), lambda: torch.tensor([3]) << 2, lambda: torch.tensor([-8]) >> 1, lambda: torch.bitwise_left_shift(torch.tensor([1.0]), 2), lambda: 2 ** torch.tensor([3])):
    print(attempted(each))
