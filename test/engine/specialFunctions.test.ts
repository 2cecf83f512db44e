import { strict as assert } from 'node:assert';
import { besselI0, besselI1 } from '../../src/engine/reference/bessel.ts';
import { erfc, erfInverse } from '../../src/engine/reference/errorFunction.ts';
import { digamma, logGamma, polygamma } from '../../src/engine/reference/gammaFunction.ts';

/** Arguments and values of mpmath 1.3 at 40 digits. */
const tables: readonly [string, (x: number) => number, readonly (readonly [number, number])[]][] = [
  ['erfc', erfc, [
    [-3.0, 1.9999779095030015], [-0.5, 1.5204998778130465], [0.25, 0.7236736098317631], [0.999, 0.15771472979350307], [1.0, 0.15729920705028513],
    [1.5, 0.033894853524689274], [3.0, 2.209049699858544e-05], [5.9, 7.190409783550478e-17], [6.0, 2.1519736712498913e-17],
    [6.1, 6.3146021501937184e-18], [9.0, 4.13703174651381e-37], [15.0, 7.212994172451207e-100], [26.0, 5.663192408856143e-296],
  ]],
  ['the inverse of erf', erfInverse, [
    [1e-10, 8.862269254527581e-11], [0.1, 0.08885599049425769], [0.5, 0.4769362762044699], [0.9, 1.1630871536766743], [0.99, 1.8213863677184494],
    [0.999999, 3.458910737275499], [0.9999999999999, 5.261483331372676], [-0.3, -0.2724627147267543],
  ]],
  ['log |Γ|', logGamma, [
    [1e-8, 18.42068073818021], [0.1, 2.252712651734206], [0.5, 0.5723649429247001], [1.0, 0.0], [1.5, -0.12078223763524522], [2.0, 0.0],
    [3.7, 1.428072326665388], [11.9, 17.25847745059552], [12.0, 17.502307845873887], [150.0, 600.0094705553274], [1000000.0, 12815504.569147611],
    [-0.5, 1.2655121234846454], [-1.5, 0.860047015376481], [-7.3, -7.779101629826852], [-20.1, -40.318823427233035],
  ]],
  ['digamma', digamma, [
    [1e-8, -100000000.57721564], [0.1, -10.423754940411076], [0.5, -1.9635100260214235], [1.0, -0.5772156649015329], [1.5, 0.03648997397857652],
    [3.7, 1.1671535393615113], [11.9, 2.4339335368825377], [12.0, 2.442661679975812], [150.0, 5.007298257075679], [1000000.0, 13.815510057964191],
    [-0.5, 0.03648997397857652], [-1.7, -1.4857174995110567], [-7.3, 4.33730730551005],
  ]],
  ['the first derivative of digamma', (x: number) => polygamma(1, x), [
    [0.0001, 100000001.64469367], [0.1, 101.43329915079275], [1.0, 1.6449340668482264], [3.7, 0.3100378576700383], [20.0, 0.05127082293520312],
    [-0.5, 8.934802200544679], [-1.7, 14.632201633884014], [-1e15 - 0.5, 9.869604401089357],
  ]],
  ['the fourth derivative of digamma', (x: number) => polygamma(4, x), [
    [0.1, -2400015.6072031953], [1.0, -24.88626612344088], [3.7, -0.05303861110795396], [20.0, -4.140597772639667e-05], [-1.7, -9738.980600591567], [-8e14 - 0.25, 24481.574782822516],
  ]],
  ['I₀', besselI0, [
    [0.0, 1.0], [0.5, 1.0634833707413236], [3.0, 4.8807925858650245], [20.0, 43558282.559553534], [100.0, 1.0737517071310738e+42],
    [700.0, 1.5295933476718737e+302],
  ]],
  ['I₁', besselI1, [
    [0.5, 0.2578943053908963], [-3.0, -3.9533702174026093], [20.0, 42454973.38512777], [100.0, 1.0683693903381625e+42],
    [700.0, 1.5285003902339006e+302],
  ]],
];
const tolerance = 3e-14;

describe(`special functions in float64, within ${tolerance} of mpmath's, relative to the larger of the value and what it is the difference of`, () => {
  for (const [name, f, values] of tables) {
    it(name, () => {
      for (const [x, expected] of values) {
        // near its zeros at 1 and 2, and where reflected, log |Γ| is a difference of numbers of the size of 1 and more
        const scale = name === 'log |Γ|' || name === 'digamma' ? Math.max(Math.abs(expected), 1) : Math.abs(expected);
        assert.ok(Math.abs(f(x) - expected) <= tolerance * scale, `${name} of ${x} is ${f(x)}, expected ${expected}`);
      }
    });
  }

  it('have their limits', () => {
    assert.deepEqual([erfc(40), erfc(-10), erfInverse(1), erfInverse(-1), logGamma(0), logGamma(-3), digamma(0), besselI0(800), besselI1(-800)],
      [0, 2, Infinity, -Infinity, Infinity, Infinity, -Infinity, Infinity, -Infinity]);
    for (const f of [erfc, erfInverse, logGamma, digamma, besselI0, besselI1, (x: number) => polygamma(2, x)]) assert.ok(Number.isNaN(f(NaN)));
  });
});
