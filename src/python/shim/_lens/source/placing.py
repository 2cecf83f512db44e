"""Nodes that are made for a text which does not have them, put at a place that it has: errors and sites then name what the user wrote."""
import ast

from . import doors


def at(node, place, keep=()):
    """`node` and all below it, without `keep` (nodes of the text), at the place of another node, or at (line, column, end line, end column)."""
    position = place if isinstance(place, tuple) else (place.lineno, place.col_offset, place.end_lineno, place.end_col_offset)
    kept, waiting = {id(one) for one in keep}, [node]
    while waiting:
        one = waiting.pop()
        one.lineno, one.col_offset, one.end_lineno, one.end_col_offset = position
        waiting.extend(child for child in ast.iter_child_nodes(one) if id(child) not in kept)
    return node


def call(door, *arguments):
    """A call of one of our doors; it has no place yet."""
    return ast.Call(name(doors.name_of(door)), list(arguments), [])


def name(word):
    return ast.Name(word, ast.Load())
