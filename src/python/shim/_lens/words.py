"""What an error says, where it can be shown: an error of the user's own may raise when it is asked, or say megabytes, or be an `assert` that says nothing but its condition."""
import itertools
import linecache

_LONGEST = 2000
_LONGEST_CONDITION = 200


def of(error):
    try:
        words = str(error)
    except Exception:
        return ""
    if not words and type(error) is AssertionError:
        words = _condition(error)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _condition(error):
    """The text of the condition of a bare `assert` that raised; empty where it has none."""
    passed = error.__traceback__
    if passed is None:
        return ""
    while passed.tb_next is not None:
        passed = passed.tb_next
    code = passed.tb_frame.f_code
    first, last, start, end = next(itertools.islice(code.co_positions(), passed.tb_lasti // 2, None), (None,) * 4)
    if None in (first, last, start, end) or not linecache.getline(code.co_filename, first).encode()[:start].rstrip(b" (").endswith(b"assert"):
        return ""
    lines = [linecache.getline(code.co_filename, line).encode() for line in range(first, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    condition = " ".join(b" ".join(lines).decode("utf-8", "replace").split())
    return f"`{condition}` does not hold" if 0 < len(condition) <= _LONGEST_CONDITION else ""
