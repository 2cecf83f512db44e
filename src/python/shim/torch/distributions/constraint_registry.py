"""torch.distributions.constraint_registry: from a constraint to the transform that unconstrained numbers satisfy it by."""
from . import constraints as of
from .transforms import (
    AffineTransform, CatTransform, ComposeTransform, CorrCholeskyTransform, ExpTransform, IndependentTransform, LowerCholeskyTransform, PositiveDefiniteTransform,
    SigmoidTransform, SoftmaxTransform, StackTransform, StickBreakingTransform, identity_transform)

__all__ = ["ConstraintRegistry", "biject_to", "transform_to"]


class ConstraintRegistry:
    def __init__(self):
        self._registry = {}

    def register(self, constraint, factory=None):
        """Also as a decorator of the factory."""
        if factory is None:
            return lambda factory: self.register(constraint, factory)
        kind = type(constraint) if isinstance(constraint, of.Constraint) else constraint
        if not isinstance(kind, type) or not issubclass(kind, of.Constraint):
            raise TypeError(f"Expected constraint to be either a Constraint subclass or instance, but got {constraint}")
        self._registry[kind] = factory
        return factory

    def __call__(self, constraint):
        if type(constraint) not in self._registry:
            raise NotImplementedError(f"Cannot transform {type(constraint).__name__} constraints")
        return self._registry[type(constraint)](constraint)


biject_to, transform_to = ConstraintRegistry(), ConstraintRegistry()


def _to_interval(constraint):
    low, high = constraint.lower_bound, constraint.upper_bound
    if all(isinstance(bound, (int, float)) for bound in (low, high)) and (low, high) == (0, 1):
        return SigmoidTransform()
    return ComposeTransform([SigmoidTransform(), AffineTransform(low, high - low)])


# Of each kind of constraint: what makes the transform, of both registries
_BOTH = {
    of.real: lambda constraint: identity_transform,
    of.greater_than: lambda constraint: ComposeTransform([ExpTransform(), AffineTransform(constraint.lower_bound, 1)]),
    of.greater_than_eq: lambda constraint: ComposeTransform([ExpTransform(), AffineTransform(constraint.lower_bound, 1)]),
    of.less_than: lambda constraint: ComposeTransform([ExpTransform(), AffineTransform(constraint.upper_bound, -1)]),
    of.interval: _to_interval, of.half_open_interval: _to_interval,
    of.corr_cholesky: lambda constraint: CorrCholeskyTransform(),
}
for _registry in (biject_to, transform_to):
    for _constraint, _factory in _BOTH.items():
        _registry.register(_constraint, _factory)
    _registry.register(of.independent, lambda constraint, to=_registry: IndependentTransform(to(constraint.base_constraint), constraint.reinterpreted_batch_ndims))
    _registry.register(of.cat, lambda constraint, to=_registry: CatTransform([to(each) for each in constraint.cseq], constraint.dim, constraint.lengths))
    _registry.register(of.stack, lambda constraint, to=_registry: StackTransform([to(each) for each in constraint.cseq], constraint.dim))
biject_to.register(of.simplex, lambda constraint: StickBreakingTransform())
transform_to.register(of.simplex, lambda constraint: SoftmaxTransform())
transform_to.register(of.lower_cholesky, lambda constraint: LowerCholeskyTransform())
for _constraint in (of.positive_definite, of.positive_semidefinite):
    transform_to.register(_constraint, lambda constraint: PositiveDefiniteTransform())
del _registry, _constraint, _factory
