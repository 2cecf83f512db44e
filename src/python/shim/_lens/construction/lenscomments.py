"""What is said of a model: asked for with the request, or written as a `# lens:` comment."""
import ast

from ..session import session
from . import discovery


def comment_for(candidate, request):
    """What was asked for this model, else the `# lens:` comment inside, beside or right above its class or statement; else one that stands alone."""
    asked = next((request.lens[name] for name in request.lens if name in candidate.aliases), None)
    if asked is not None:
        return asked
    alone = None
    for comment in session.comments:
        names = _names_beside(comment)
        if names & (candidate.aliases | {type(candidate.made).__name__}):
            return comment
        if alone is None and not any(names & other.aliases for other in discovery.candidates()):
            alone = comment
    return alone


def _names_beside(comment):
    """Names that the statement around, beside or right below a comment defines or mentions."""
    for node in session.tree.body:
        first = min([node.lineno, *[decorator.lineno for decorator in getattr(node, "decorator_list", [])]])
        if first - 1 <= comment.line <= node.end_lineno:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                return {node.name}
            return {inner.id for inner in session.syntax.within(node) if isinstance(inner, ast.Name)}
    return set()
