"""torch.fx.subgraph_rewriter: other nodes in the place of those that a pattern describes."""
from typing import NamedTuple

from _lens.door import UnsupportedError

from ..nn.modules.module import Module
from ._symbolic_trace import symbolic_trace
from .graph import Graph
from .node import Node, map_arg

__all__ = ["Match", "replace_pattern"]


class Match(NamedTuple):
    """`anchor`: the node of the pattern from which it was found. `nodes_map`: nodes of the pattern → of the graph."""

    anchor: object
    nodes_map: dict


class _Pattern:
    def __init__(self, graph):
        self.placeholders = graph.find_nodes(op="placeholder")
        output = graph.output_node()
        self.inner = [node for node in graph.nodes if node.op not in ("placeholder", "output")]
        self.returned = list(output.all_input_nodes)
        ends = [node for node in self.returned if all(user is output for user in node.users)]
        if len(ends) != 1 or ends[0].op == "placeholder":
            raise UnsupportedError("torch.fx.replace_pattern is supported of patterns with a single end")
        self.end = ends[0]

    def match_at(self, node):
        """The Match that ends at a node of the graph; None: there is none, or something in its middle is taken elsewhere."""
        found = {}
        if not _is_like(self.end, node, found) or any(each not in found for each in self.inner):
            return None
        own = {found[each] for each in self.inner}
        is_whole = all(user in own for each in self.inner if each not in self.returned for user in found[each].users)
        return Match(self.end, found) if is_whole else None


def _is_like(pattern, thing, found):
    """Whether a node of the graph, or a part of its arguments, is what the pattern has there; `found` is added to. A placeholder is anything, and everywhere the same."""
    if isinstance(pattern, Node):
        if pattern in found:
            return found[pattern] is thing
        if pattern.op == "placeholder":
            found[pattern] = thing
            return True
        if not isinstance(thing, Node) or (pattern.op, pattern.target) != (thing.op, thing.target) or thing in found.values():
            return False
        found[pattern] = thing
        return _is_like(pattern.args, thing.args, found) and _is_like(pattern.kwargs, thing.kwargs, found)
    if isinstance(pattern, (list, tuple)):
        return isinstance(thing, (list, tuple)) and len(pattern) == len(thing) and all(_is_like(*pair, found) for pair in zip(pattern, thing))
    if isinstance(pattern, dict):
        return isinstance(thing, dict) and pattern.keys() == thing.keys() and all(_is_like(part, thing[key], found) for key, part in pattern.items())
    return not isinstance(thing, Node) and type(pattern) is type(thing) and pattern == thing


def _graph_of(thing):
    return thing if isinstance(thing, Graph) else thing.graph if isinstance(getattr(thing, "graph", None), Graph) else symbolic_trace(thing).graph


def replace_pattern(gm, pattern, replacement):
    """Puts `replacement` wherever `gm` does what `pattern` does; both are functions, modules or graphs that take the same arguments. [Match]"""
    described, taken = _Pattern(_graph_of(pattern)), set()
    matches = []
    for node in gm.graph.nodes:
        match = described.match_at(node)
        own = {match.nodes_map[each] for each in described.inner} if match is not None else set()
        if own and taken.isdisjoint(own):
            taken |= own
            matches.append(match)
    put = _graph_of(replacement)
    exchanged = {}
    for match in matches:
        for each, before in match.nodes_map.items():  # what an earlier match gave is another node now
            match.nodes_map[each] = exchanged.get(before, before) if isinstance(before, Node) else before
        exchanged.update(_put(gm.graph, described, match.nodes_map, put))
    gm.recompile()
    if isinstance(replacement, Module):
        for node in put.nodes:
            if node.op == "call_module" and node.target not in dict(gm.named_modules()):
                gm.add_submodule(node.target, replacement.get_submodule(node.target))
    return matches


def _put(graph, described, found, put):
    """Copies the replacement's nodes before what takes the pattern's result, and erases the pattern's. Returned node → the one in its place."""
    inputs = put.find_nodes(op="placeholder")
    if len(inputs) != len(described.placeholders):
        raise AssertionError(f"Placeholder count mismatch: {len(described.placeholders)} vs {len(inputs)}")
    returned = [found[node] for node in described.returned]
    users = {user for node in returned for user in node.users} - {found[node] for node in described.inner}
    place = next((node for node in graph.nodes if node in users), None) or found[described.end].next
    with graph.inserting_before(place):
        result = graph.graph_copy(put, {each: found[node] for each, node in zip(inputs, described.placeholders)})
    copies = []
    map_arg(result, copies.append)
    if len(copies) != len(returned):
        raise AssertionError(f"Returning nodes count mismatch: {len(returned)} vs {len(copies)}")
    for node, copied in zip(returned, copies):
        node.replace_all_uses_with(copied)
    for node in reversed(described.inner):
        graph.erase_node(found[node])
    return dict(zip(returned, copies))
