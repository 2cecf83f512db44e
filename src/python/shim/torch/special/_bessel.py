"""torch.special: Bessel functions of the orders 0 and 1. As in PyTorch, no gradient is known of them.

Up to 5 (of the modified ones of the second kind, up to 2) they are near their zeros or their logarithm what a quotient of polynomials of x² or a Chebyshev series is;
beyond, a wave or a decay whose size and phase are polynomials of 1 / x. Coefficients: S. L. Moshier, Cephes Mathematical Library.
"""
import math

from .._apply import apply
from .._elementwise import where

# Order → of the wave for large x, in (5 / x)²: numerator and denominator of what is in phase, then of what is a quarter turn behind.
_WAVES = (
    ((0.0007969367292973471, 0.08283523921074408, 1.239533716464143, 5.447250030587687, 8.74716500199817, 5.303240382353949, 1.0),
     (0.0009244088105588637, 0.08562884743544745, 1.2535274390105895, 5.470977403304171, 8.761908832370695, 5.306052882353947, 1.0),
     (-0.011366383889846916, -1.2825271867050931, -19.553954425773597, -93.20601521237683, -177.68116798048806, -147.07750515495118,
      -51.41053267665993, -6.050143506007285),
     (64.3178256118178, 856.4300259769806, 3882.4018360540163, 7240.467741956525, 5930.727011873169, 2062.0933166032783,
      242.0057402402914)),
    ((0.0007621256162081731, 0.07313970569409176, 1.1271960812968493, 5.112079511468076, 8.424045901417724, 5.214515986823615, 1.0),
     (0.0005713231280725487, 0.06884559087544954, 1.105142326340617, 5.073863861286015, 8.399855543276042, 5.209828486823619, 1.0),
     (0.05108625947501766, 4.982138729512334, 75.82382841325453, 366.7796093601508, 710.8563049989261, 597.4896124006136,
      211.68875710057213, 25.207020585802372),
     (74.23732770356752, 1056.4488603826283, 4986.410583376536, 9562.318924047562, 7997.041604473507, 2826.1927851763908,
      336.0936078106983)),
)
# Order → numerator and denominator of the first kind in x², and the squares of its first two zeros.
_FIRST = (
    ((-4794432209.782018, 1956174919465.5657, -249248344360967.72, 9708622510473064.0),
     (499.563147152651, 173785.4016763747, 48440965.83399621, 11185553704.535683, 2112775201154.892, 310518229857422.56,
      3.1812195594320496e+16, 1.7108629408104315e+18),
     (5.783185962946784, 30.471262343662087)),
    ((-899971225.7055594, 452228297998.19403, -72749424522181.83, 3682957328638529.0),
     (620.8364781180543, 256987.25675774884, 83514679.14319493, 22151159547.97925, 4749141220799.914, 784369607876235.9,
      8.952223361846274e+16, 5.322786203326801e+18),
     (14.681970642123893, 49.2184563216946)),
)
# Order → numerator and denominator of the second kind in x², less its logarithm.
_SECOND = (
    ((15592.436785523574, -14663929.59039716, 5435264770.518765, -982136065717.9115, 87590639439536.7, -3466283033847297.0,
      4.4273326857256984e+16, -1.8495080043698668e+16),
     (1041.2835366425984, 626107.330137135, 268919633.39381415, 86400248710.3935, 20297961275010.555, 3171577528429750.5,
      2.5059625617265306e+17)),
    ((1263204747.9017804, -647355876379.1603, 114509511541823.73, -8127702555013251.0, 2.024394757135949e+17, -7.788771962659501e+17),
     (594.3015923461282, 235564.09294306856, 73481194.44597217, 18760131610.870617, 3882312774962.3857, 620557727146953.8,
      6.871410873553005e+16, 3.9727060811656064e+18)),
)
# Order → Chebyshev series of the modified second kind: in x² less its logarithm, and in 1 / x less its decay.
_DECAYS = (
    ((1.374465435613523e-16, 4.25981614279661e-14, 1.0349695257633842e-11, 1.904516377220209e-09, 2.5347910790261494e-07,
      2.286212103119452e-05, 0.001264615411446926, 0.0359799365153615, 0.3442898999246285, -0.5353273932339028),
     (5.300433772686263e-18, -1.6475804301524212e-17, 5.2103915050390274e-17, -1.678231096805412e-16, 5.512055978524319e-16,
      -1.848593377343779e-15, 6.3400764774050706e-15, -2.2275133269916698e-14, 8.032890775363575e-14, -2.9800969231727303e-13,
      1.140340588208475e-12, -4.514597883373944e-12, 1.8559491149547177e-11, -7.957489244477107e-11, 3.577397281400301e-10,
      -1.69753450938906e-09, 8.574034017414225e-09, -4.660489897687948e-08, 2.766813639445015e-07, -1.8317555227191195e-06,
      1.39498137188765e-05, -0.00012849549581627802, 0.0015698838857300533, -0.0314481013119645, 2.4403030820659555)),
    ((-7.023863479386288e-18, -2.427449850519366e-15, -6.666901694199329e-13, -1.4114883926335278e-10, -2.213387630734726e-08,
      -2.4334061415659684e-06, -0.0001730288957513052, -0.006975723859639864, -0.12261118082265715, -0.3531559607765449,
      1.5253002273389478),
     (-5.756744483665017e-18, 1.7940508731475592e-17, -5.689462558442859e-17, 1.838093544366639e-16, -6.057047248373319e-16,
      2.038703165624334e-15, -7.019837090418314e-15, 2.4771544244813043e-14, -8.976705182324994e-14, 3.3484196660784293e-13,
      -1.2891739609510289e-12, 5.13963967348173e-12, -2.1299678384275683e-11, 9.218315187605006e-11, -4.1903547593418965e-10,
      2.015049755197033e-09, -1.0345762465678097e-08, 5.7410841254500495e-08, -3.5019606030878126e-07, 2.406484947837217e-06,
      -1.936197974166083e-05, 0.00019521551847135162, -0.002857816859622779, 0.10392373657681724, 2.7206261904844427)),
)


def _polynomial(x, coefficients):
    total = 0.0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total


def _quotient(x, above, below):
    return _polynomial(x, above) / _polynomial(x, below)


def _chebyshev(x, coefficients):
    """A series of which the last coefficient counts half, at x / 2 (Clenshaw)."""
    total = before = last = 0.0
    for coefficient in coefficients:
        total, before, last = x * total - before + coefficient, total, before
    return 0.5 * (total - last)


def _wave(x, order, is_second):
    """Of x > 5"""
    in_phase, behind = (_quotient((5.0 / x) ** 2, *pair) for pair in (_WAVES[order][:2], _WAVES[order][2:]))
    angle = x - (0.25 + 0.5 * order) * math.pi
    sine, cosine = angle.sin(), angle.cos()
    turned = in_phase * sine + 5.0 / x * behind * cosine if is_second else in_phase * cosine - 5.0 / x * behind * sine
    return turned * math.sqrt(2 / math.pi) / x.sqrt()


def _first(x, order):
    above, below, (zero, next_zero) = _FIRST[order]
    size, square = x.abs(), x * x
    near = _quotient(square, above, below) * (square - zero) * (square - next_zero)
    return where(size <= 5, near, _wave(size, order, False)) if order == 0 else where(size <= 5, near * x, _wave(size, order, False) * x.sign())


def _second(x, order):
    near = _quotient(x * x, *_SECOND[order])
    near = near + 2 / math.pi * x.log() * _first(x, 0) if order == 0 else near * x + 2 / math.pi * (_first(x, 1) * x.log() - 1.0 / x)
    return where(x > 5, _wave(x, order, True), where(x > 0, near, where(x == 0, -math.inf, math.nan)))


def _decay(x, order, is_scaled):
    near, far = _DECAYS[order]
    logarithm, series = (0.5 * x).log(), _chebyshev(x * x - 2.0, near)
    close = series - logarithm * apply("i0", x) if order == 0 else logarithm * apply("i1", x) + series / x
    beyond = _chebyshev(8.0 / x - 2.0, far) / x.sqrt()
    found = where(x > 2, beyond if is_scaled else (-x).exp() * beyond, close * x.exp() if is_scaled else close)
    return where(x > 0, found, where(x == 0, math.inf, math.nan))


def _function(name, formula, *arguments):
    def function(input):
        from .. import get_default_dtype, no_grad
        with no_grad():
            return formula(input if input.is_floating_point() else input.to(get_default_dtype()), *arguments)
    function.__name__ = function.__qualname__ = name
    return function


_ROWS = {
    "bessel_j": (_first,), "bessel_y": (_second,), "modified_bessel_i": (lambda x, order: apply(f"i{order}", x),),
    "modified_bessel_k": (_decay, False), "scaled_modified_bessel_k": (_decay, True),
}
FUNCTIONS = {f"{name}{order}": _function(f"{name}{order}", formula, order, *more) for name, (formula, *more) in _ROWS.items() for order in (0, 1)}
