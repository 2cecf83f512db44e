"""The order in which a functional model's nodes run: by depth, as Keras runs them."""
from .._backend.symbolic import flatten_symbolic


class NodeOrder:
    """`nodes`: calls in running order; `operations`: layers and functions in the order of `model.layers`."""

    def __init__(self, inputs, outputs):
        ordered, first_seen = _traversal(inputs, outputs)
        inside = set(map(id, ordered))
        node_depth, operation_depth = {}, {}
        by_id = {id(node): node for node in ordered}
        for node in reversed(ordered):
            depth = max(node_depth.get(id(node), 0), operation_depth.get(id(node.operation), 0))
            node_depth.setdefault(id(node), 0)
            node_depth[id(node)] = operation_depth[id(node.operation)] = depth
            for parent in node.parent_nodes:
                if id(parent) in inside:
                    node_depth[id(parent)] = max(depth + 1, node_depth.get(id(parent), 0))
        for tensor in inputs:
            operation = tensor._keras_history.operation
            if operation is not None and id(operation) not in operation_depth:
                node = operation._inbound_nodes[tensor._keras_history.node_index]
                if node.is_input:
                    operation_depth[id(operation)], first_seen[id(operation)] = 0, -1
                    node_depth[id(node)], by_id[id(node)] = 0, node
        levels = sorted(set(node_depth.values()), reverse=True)
        self.nodes = [by_id[key] for level in levels for key, depth in node_depth.items() if depth == level]
        operations = {id(node.operation): node.operation for node in self.nodes}
        self.operations = sorted(operations.values(), key=lambda o: (-operation_depth[id(o)], first_seen[id(o)]))
        self._check_connected(inputs)

    def _check_connected(self, inputs):
        known = {id(t) for t in inputs}
        seen = []
        for node in self.nodes:
            for tensor in node.input_tensors:
                if id(tensor) not in known:
                    raise ValueError(f"Graph disconnected: cannot find parent for tensor {tensor} at operation '{node.operation.name}'. "
                                     f"The following previous operations were accessed without issue: {seen}")
            seen.append(node.operation.name)
            known.update(id(t) for t in node.outputs)


def _traversal(inputs, outputs):
    """Nodes from inputs to outputs, depth first; and for each operation when it was first met."""
    given = {id(t) for t in inputs}
    finished, running, ordered, first_seen = set(), set(), [], {}
    for output in flatten_symbolic(outputs):
        stack = [(output, False)]
        while stack:
            tensor, is_done = stack.pop()
            operation = tensor._keras_history.operation
            if operation is None:
                continue
            node = operation._inbound_nodes[tensor._keras_history.node_index]
            if is_done:
                if id(node) not in finished:
                    finished.add(id(node))
                    running.discard(id(node))
                    ordered.append(node)
                continue
            if id(node) in finished or id(node) in running:
                continue
            if not node.is_input and id(tensor) in given:
                finished.add(id(node))
                continue
            first_seen.setdefault(id(operation), len(first_seen))
            running.add(id(node))
            stack.append((tensor, True))
            stack.extend((t, False) for t in reversed(node.input_tensors))
    return ordered, first_seen
