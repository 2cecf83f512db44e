"""Exact source positions: which expression of the user's file is running now.

A frame's `f_lasti` and its code's `co_positions()` give line and columns of the very call, e.g. `self.fc1(x)` inside
`F.relu(self.fc1(x))`. A site is an integer; the table of sites is handed over once, at the end (`table`).
"""
import linecache
import sys

NO_SITE = -1
SHIM_ROOT = "/shim/"       # where these packages lie in the interpreter's file system
LIBRARY_ROOT = "/lib/"     # the standard library

# id of a code object -> (the code, kept so that no other gets its id; positions of its instructions; instruction -> site id).
# By identity: a code object's hash goes through all of its instructions each time that it is asked for.
_codes = {}


class _Ownership(dict):
    """File name -> whether it is the user's own."""

    def __missing__(self, filename):
        self[filename] = is_user_file(filename)
        return self[filename]


_is_user = _Ownership()
# (frame, site) of calls that are running, outermost first: what runs above the frame and is not the user's own was led to from that site.
_running = []
_table = []  # site id -> (file, line, column, end line, end column); columns are UTF-8 bytes, as CPython counts


def is_user_file(filename):
    return not filename.startswith((SHIM_ROOT, LIBRARY_ROOT, "<")) and not filename.endswith((".ts", ".js", ".mjs"))


def user_frame(frame=None):
    """The innermost running frame of the user's own code, or None."""
    frame = frame or sys._getframe(1)
    while frame is not None and not _is_user[frame.f_code.co_filename]:
        frame = frame.f_back
    return frame


def of_frame(frame):
    """The site that `frame` is at."""
    if frame is None:
        return NO_SITE
    return _of(frame.f_code, frame.f_lasti)


def of_traceback(traceback, file=None):
    """The innermost site in the user's code (in `file`, where it is given) that an exception passed, or NO_SITE."""
    found = NO_SITE
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_user_file(code.co_filename) and file in (None, code.co_filename):
            found = _of(code, traceback.tb_lasti)
        traceback = traceback.tb_next
    return found


def here():
    """The site of the expression in the user's code that led here."""
    frame = sys._getframe(1)
    call, site = _running[-1] if _running else (None, NO_SITE)
    while frame is not None:
        if frame is call:
            return site
        if _is_user[frame.f_code.co_filename]:
            return _of(frame.f_code, frame.f_lasti)
        frame = frame.f_back
    return NO_SITE


def enter(site):
    """The caller's frame, which `site` led to, runs a call until `leave`: what `here` would find beyond it is known."""
    _running.append((sys._getframe(1), site))


def leave():
    _running.pop()


def of_node(file, node):
    """The site of a node of the file's syntax tree (ast)."""
    return _add((file, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))


def of_position(file, line, column, end_line, end_column):
    """The site of a range of a file: lines from 1, columns in UTF-8 bytes."""
    return _add((file, line, column, end_line, end_column))


def of_line(file, line):
    """The site of all that is written on a line."""
    text = linecache.getline(file, line).rstrip()
    return _add((file, line, len(text) - len(text.lstrip()), line, len(text.encode())))


def of_code(code, offset):
    """The site of an instruction."""
    return _of(code, offset)


def table():
    """All sites so far, by id."""
    return _table


def clear():
    _codes.clear()
    _table.clear()
    _is_user.clear()
    _running.clear()


def _of(code, offset):
    known = _codes.get(id(code))
    if known is None:
        known = _codes[id(code)] = (code, list(code.co_positions()), {})
    _, positions, sites = known
    instruction = offset // 2
    found = sites.get(instruction)
    if found is None:
        line, end_line, column, end_column = positions[instruction]
        if line is None or line < 1:  # where a module begins
            line = code.co_firstlineno
        # Where a function begins, there is no expression: the line is meant.
        found = sites[instruction] = _add((code.co_filename, line, column or 0, end_line or line, end_column)) if end_column else of_line(code.co_filename, line)
    return found


def _add(position):
    _table.append(position)
    return len(_table) - 1
