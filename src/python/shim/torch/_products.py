"""Products of vectors and matrices: matmul and its relatives, einsum, outer, dot."""
import math
import string

from ._apply import apply, check_implemented, type_name, values
from ._registry import public
from ._dtype import FLOAT, INTEGER
from ._tensor import Tensor


def _backward_of(input, other):
    """PyTorch's matmul is one of several operations, by the ranks of its operands."""
    left, right = input.dim(), other.dim()
    if left == 1 and right == 1:
        return "dot"
    if left == 2 and right == 2:
        return "mm"
    if left == 2 and right == 1:
        return "mv"
    if left == 1 and right == 2:
        return "squeeze_dim4"
    if left == 3 and right == 3:
        return "unsafe_view" if other.value.shape[0] == 1 else "bmm"
    return "unsafe_view"


@public(layer="matmul")
def matmul(input, other):
    values("matmul", (input, other))
    return apply("matmul", input, other, operation=_backward_of(input, other))


_KERNELS = {"bmm": "bmm", "mv": "addmv_impl_cpu"}  # what refuses bools, where it is not what multiplies matrices


def _of_ranks(name, left, right, letters):
    def function(input, other):
        values(name, (input, other))
        if input.dim() != left:
            raise RuntimeError(letters[0])
        if other.dim() != right:
            raise RuntimeError(letters[1])
        if name in _KERNELS:
            check_implemented(_KERNELS[name], input.dtype, INTEGER, FLOAT)
        return apply("matmul", input, other, operation=name)
    function.__name__ = name
    return public(function, layer="matmul")


mm = _of_ranks("mm", 2, 2, ("self must be a matrix", "mat2 must be a matrix"))
spmm = _of_ranks("spmm", 2, 2, ("self must be a matrix", "mat2 must be a matrix"))  # of a matrix that holds its zeros
bmm = _of_ranks("bmm", 3, 3, ("batch1 must be a 3D tensor", "batch2 must be a 3D tensor"))
mv = _of_ranks("mv", 2, 1, ("vector + matrix @ vector expected, got matrix of another rank",
                            "vector + matrix @ vector expected, got vector of another rank"))


@public
def inner(input, other):
    """Sums of products along both last axes."""
    if input.dim() == 0 or other.dim() == 0:
        return input * other
    if input.value.shape[-1] != other.value.shape[-1]:
        raise RuntimeError(f"inner() the last dimension must match on both input tensors but got shapes {list(input.value.shape)} and {list(other.value.shape)}")
    rows = input.reshape(-1, input.value.shape[-1]) @ other.reshape(-1, other.value.shape[-1]).t()
    return rows.reshape(*input.value.shape[:-1], *other.value.shape[:-1])


@public
def dot(input, tensor):
    if input.dim() != 1 or tensor.dim() != 1:
        raise RuntimeError(f"1D tensors expected, but got {input.dim()}D and {tensor.dim()}D tensors")
    if input.dtype is not tensor.dtype:
        raise RuntimeError(f"dot : expected both vectors to have same dtype, but found {input._scalar_type()} and {tensor._scalar_type()}")
    if input.value.shape != tensor.value.shape:
        raise RuntimeError(f"inconsistent tensor size, expected tensor [{input.numel()}] and src [{tensor.numel()}] to have the same "
                           f"number of elements, but got {input.numel()} and {tensor.numel()} elements respectively")
    check_implemented("dot", input.dtype, INTEGER, FLOAT)
    return apply("matmul", input, tensor, operation="dot")


def _added(input, product, beta, alpha, operation):
    """beta · input + alpha · product. With a beta of 0 `input` is not looked at: what is no number in it is not in the sum."""
    product = product if alpha == 1 else product * alpha
    if beta == 0:
        from ._creation import zeros_like
        return apply("add", zeros_like(input), product, operation=operation)
    return apply("add", input if beta == 1 else input * beta, product, operation=operation)


@public(inplace=True, layer="addmm")
def addmm(input, mat1, mat2, *, beta=1, alpha=1):
    if mat1.dtype is not mat2.dtype and input.dtype is mat2.dtype:
        raise RuntimeError(f"mat1 and mat2 must have the same dtype, but got {mat1._scalar_type()} and {mat2._scalar_type()}")
    if input.dtype is not mat2.dtype:
        raise RuntimeError(f"self and mat2 must have the same dtype, but got {input._scalar_type()} and {mat2._scalar_type()}")
    product = apply("matmul", mat1, mat2, operation="mm")
    return _added(input, product, beta, alpha, "addmm")


@public(inplace=True)
def addmv(input, mat, vec, *, beta=1, alpha=1):
    return _added(input, apply("matmul", mat, vec), beta, alpha, "addmv")


@public(inplace=True)
def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    return _added(input, apply("matmul", batch1, batch2), beta, alpha, "baddbmm")


@public(aliases=("ger",))
def outer(input, vec2):
    for position, vector in enumerate((input, vec2), 1):
        if vector.dim() != 1:
            raise RuntimeError(f"outer: Expected 1-D argument {'self' if position == 1 else 'vec2'}, but got {vector.dim()}-D")
    return input.unsqueeze(1) * vec2


@public(function_only=True)
def chain_matmul(*matrices):
    result = matrices[0]
    for matrix in matrices[1:]:
        result = matmul(result, matrix)
    return result


@public
def kron(input, other):
    rank = max(input.dim(), other.dim())
    left = input.reshape([1] * (rank - input.dim()) + list(input.shape))
    right = other.reshape([1] * (rank - other.dim()) + list(other.shape))
    sizes = [a * b for a, b in zip(left.shape, right.shape)]
    left = left.reshape([size for a in left.shape for size in (a, 1)])
    right = right.reshape([size for b in right.shape for size in (1, b)])
    return (left * right).reshape(sizes)


@public(function_only=True)
def tensordot(a, b, dims=2):
    if isinstance(dims, int):
        left, right = list(range(a.dim() - dims, a.dim())), list(range(dims))
    else:
        left, right = ([d] if isinstance(d, int) else list(d) for d in dims)
    left, right = [d % a.dim() for d in left], [d % b.dim() for d in right]
    kept_a = [d for d in range(a.dim()) if d not in left]
    kept_b = [d for d in range(b.dim()) if d not in right]
    count = 1
    for d in left:
        count *= a.value.shape[d]
    shape = [a.value.shape[d] for d in kept_a] + [b.value.shape[d] for d in kept_b]
    first = a.permute(kept_a + left).reshape(math.prod(shape[:len(kept_a)]), count)
    second = b.permute(right + kept_b).reshape(count, math.prod(shape[len(kept_a):]))
    return apply("matmul", first, second, operation="mm").reshape(shape)


@public(function_only=True, layer="einsum")
def einsum(equation, *operands):
    """Sums of products by index letters: contracted pair by pair, each pair as one batched matrix product."""
    if isinstance(equation, Tensor):
        equation, operands = _of_lists((equation, *operands))
    if len(operands) == 1 and isinstance(operands[0], (tuple, list)):
        operands = operands[0]
    for operand in operands:
        if not isinstance(operand, Tensor):
            raise TypeError(f"einsum(): argument 'operands' must be tuple of Tensors, but found {type_name(operand)}")
    terms, output = _subscripts(equation, operands)
    sizes = _sizes(terms, operands)
    tensors = [_diagonals(tensor, term) for tensor, term in zip(operands, terms)]
    tensor, term = tensors[0]
    for position, (other, other_term) in enumerate(tensors[1:], 1):
        later = set(output).union(*(set(t) for _, t in tensors[position + 1:]))
        tensor, term = _contract(tensor, term, other, other_term, later, sizes)
    summed = [axis for axis, letter in enumerate(term) if letter not in output]
    if summed:
        tensor = tensor.sum(summed)
        term = "".join(letter for letter in term if letter in output)
    return tensor.permute([term.index(letter) for letter in output]) if term != output else tensor


def _of_lists(arguments):
    """(equation, operands) of operands that are each followed by a list of numbers for their axes; the output's list may stand at the end."""
    def letters(numbers):
        return "".join("..." if number is ... else string.ascii_letters[number] for number in numbers)
    pairs = len(arguments) // 2
    equation = ",".join(letters(numbers) for numbers in arguments[1:2 * pairs:2])
    return equation + ("->" + letters(arguments[-1]) if len(arguments) % 2 else ""), arguments[:2 * pairs:2]


def _subscripts(equation, operands):
    """The letters of each operand and of the output; an ellipsis becomes letters of its own."""
    equation = equation.replace(" ", "")
    left, arrow, output = equation.partition("->")
    terms = left.split(",")
    if len(terms) != len(operands):
        more = "more" if len(terms) < len(operands) else "fewer"
        raise RuntimeError(f"einsum(): {more} operands were provided than specified in the equation")
    free = [letter for letter in string.ascii_letters if letter not in equation]
    ellipsis = ""
    for position, (term, operand) in enumerate(zip(terms, operands)):
        named = len(term.replace("...", ""))
        if "..." in term:
            extra = operand.dim() - named
            ellipsis = max(ellipsis, "".join(free[:extra]), key=len)
            terms[position] = (term, extra)
        elif named != operand.dim():
            raise RuntimeError(f"einsum(): the number of subscripts in the equation ({named}) does not match the number of dimensions "
                               f"({operand.dim()}) for operand {position} and no ellipsis was given")
        else:
            terms[position] = (term, 0)
    full = [term.replace("...", ellipsis[len(ellipsis) - extra:]) for term, extra in terms]
    if not arrow:
        letters = "".join(full)
        output = ellipsis + "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1 and
                                           letter not in ellipsis))
    else:
        for letter in output.replace("...", ""):
            if letter not in left:
                raise RuntimeError(f"einsum(): output subscript {letter} does not appear in the equation for any input operand")
    return full, output.replace("...", ellipsis)


def _sizes(terms, operands):
    sizes = {}
    for position, (term, operand) in enumerate(zip(terms, operands)):
        for axis, (letter, size) in enumerate(zip(term, operand.value.shape)):
            first = operand.value.shape[term.index(letter)]
            if size != first:
                raise RuntimeError(f"einsum(): subscript {letter} is repeated for operand {position} but the sizes don't match, {size} != {first}")
            known = sizes.get(letter, 1)
            if known != 1 and size not in (1, known):
                raise RuntimeError(f"einsum(): subscript {letter} has size {size} for operand {position} which does not broadcast "
                                   f"with previously seen size {known}")
            sizes[letter] = max(known, size) if size != 0 else 0
    return sizes


def _diagonals(tensor, term):
    """A letter that stands twice in one term takes the diagonal of these axes."""
    for letter in set(term):
        while term.count(letter) > 1:
            first = term.index(letter)
            second = term.index(letter, first + 1)
            tensor = tensor.diagonal(0, first, second)
            term = term[:first] + term[first + 1:second] + term[second + 1:] + letter
    return tensor, term


def _contract(a, term_a, b, term_b, later, sizes):
    """One product: letters of both that are needed later are the batch, of both and not needed are summed over."""
    for tensor_letters, other_letters in ((term_a, term_b), (term_b, term_a)):
        gone = [axis for axis, letter in enumerate(tensor_letters) if letter not in other_letters and letter not in later]
        if gone:
            kept = "".join(letter for axis, letter in enumerate(tensor_letters) if axis not in gone)
            if tensor_letters is term_a:
                a, term_a = a.sum(gone), kept
            else:
                b, term_b = b.sum(gone), kept
    batch = "".join(letter for letter in term_a if letter in term_b and letter in later)
    summed = "".join(letter for letter in term_a if letter in term_b and letter not in later)
    only_a = "".join(letter for letter in term_a if letter not in term_b)
    only_b = "".join(letter for letter in term_b if letter not in term_a)

    def arranged(tensor, term, first, second):
        tensor = tensor.permute([term.index(letter) for letter in batch + first + second])
        shared = set(batch + summed)
        shape = [sizes[letter] if letter in shared else size
                 for letter, size in zip(batch + first + second, tensor.value.shape)]
        tensor = tensor.expand(shape) if shape != list(tensor.value.shape) else tensor
        lead = shape[:len(batch)]
        return tensor.reshape(lead + [_count(shape[len(batch):len(batch) + len(first)]), _count(shape[len(batch) + len(first):])])
    left = arranged(a, term_a, only_a, summed)
    right = arranged(b, term_b, summed, only_b)
    result = apply("matmul", left, right, operation="bmm")
    shape = [sizes[letter] for letter in batch + only_a + only_b]
    return result.reshape(shape), batch + only_a + only_b


def _count(sizes):
    count = 1
    for size in sizes:
        count *= size
    return count
