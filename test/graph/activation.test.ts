import { strict as assert } from 'node:assert';
import { activations, recognizeActivation } from '../../src/graph/activation.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import { GraphBuilder } from './graphBuilder.ts';

/** Formulas over x, in a fresh graph each. */
class Writing extends GraphBuilder {
  readonly x = this.source([4, 3]);
  readonly zeros = this.source([]);
  readonly slope = this.source([1]);
  add = (a: ValueId, b: ValueId) => this.op('add', [a, b]);
  sub = (a: ValueId, b: ValueId) => this.op('sub', [a, b]);
  mul = (a: ValueId, b: ValueId) => this.op('mul', [a, b]);
  div = (a: ValueId, b: ValueId) => this.op('div', [a, b]);
  exp = (a: ValueId) => this.op('exp', [a]);
  neg = (a: ValueId) => this.op('neg', [a]);
  max = (a: ValueId, b: ValueId) => this.op('maximum', [a, b]);
  min = (a: ValueId, b: ValueId) => this.op('minimum', [a, b]);
  gt = (a: ValueId, b: ValueId) => this.op('gt', [a, b]);
  where = (c: ValueId, a: ValueId, b: ValueId) => this.op('where', [c, a, b]);
  n = (value: number) => this.number(value);
  times = (value: number, a: ValueId) => this.mul(this.n(value), a);
  positive = () => this.gt(this.x, this.n(0));
}
type Form = (w: Writing) => ValueId;

const forms: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  relu: {
    'relu(x)': (w) => w.op('relu', [w.x]),
    'maximum(0, x)': (w) => w.max(w.n(0), w.x),
    'maximum(x, zeros_like(x))': (w) => w.max(w.x, w.number(0, 'float32', [4, 3])),
    'maximum(tensor(0.), x)': (w) => w.max(w.zeros, w.x),
    'maximum(expanded 0, x)': (w) => w.max(w.op('expand', [w.n(0)], { shape: [4, 3] }), w.x),
    'x * (x > 0)': (w) => w.mul(w.x, w.positive()),
    '(x > 0).float() * x': (w) => w.mul(w.op('cast', [w.positive()], { dtype: 'float32' }), w.x),
    'x * (0 <= x)': (w) => w.mul(w.x, w.op('le', [w.n(0), w.x])),
    'where(x > 0, x, 0)': (w) => w.where(w.positive(), w.x, w.n(0)),
    'where(x < 0, 0, x)': (w) => w.where(w.op('lt', [w.x, w.n(0)]), w.n(0), w.x),
    'clamp(x, min=0)': (w) => w.op('clamp', [w.x], { min: 0, max: null }),
    'threshold(x, 0, 0)': (w) => w.op('threshold', [w.x], { threshold: 0, value: 0 }),
    '(x + |x|) / 2': (w) => w.div(w.add(w.x, w.op('abs', [w.x])), w.n(2)),
    '0.5 * (|x| + x)': (w) => w.times(0.5, w.add(w.op('abs', [w.x]), w.x)),
    '0.5 x + 0.5 |x|': (w) => w.add(w.times(0.5, w.x), w.times(0.5, w.op('abs', [w.x]))),
  },
  relu6: {
    'clamp(x, 0, 6)': (w) => w.op('clamp', [w.x], { min: 0, max: 6 }),
    'minimum(maximum(x, 0), 6)': (w) => w.min(w.max(w.x, w.n(0)), w.n(6)),
    'hardtanh(x, 0, 6)': (w) => w.op('hardtanh', [w.x], { minVal: 0, maxVal: 6 }),
  },
  leaky_relu: {
    'where(x > 0, x, 0.1 x)': (w) => w.where(w.positive(), w.x, w.times(0.1, w.x)),
    'maximum(x, 0.01 x)': (w) => w.max(w.x, w.times(0.01, w.x)),
    'max(0, x) + 0.1 min(0, x)': (w) => w.add(w.max(w.n(0), w.x), w.times(0.1, w.min(w.n(0), w.x))),
    'relu(x) - 0.1 relu(-x)': (w) => w.sub(w.op('relu', [w.x]), w.times(0.1, w.op('relu', [w.neg(w.x)]))),
  },
  prelu: {
    'where(x > 0, x, a * x)': (w) => w.where(w.positive(), w.x, w.mul(w.slope, w.x)),
    'max(0, x) + a * min(0, x)': (w) => w.add(w.max(w.n(0), w.x), w.mul(w.slope, w.min(w.n(0), w.x))),
  },
  sigmoid: {
    '1 / (1 + exp(-x))': (w) => w.div(w.n(1), w.add(w.n(1), w.exp(w.neg(w.x)))),
    'reciprocal(exp(-x) + 1)': (w) => w.op('reciprocal', [w.add(w.exp(w.neg(w.x)), w.n(1))]),
    'exp(x) / (1 + exp(x))': (w) => w.div(w.exp(w.x), w.add(w.n(1), w.exp(w.x))),
    '(1 + exp(-1 * x)) ** -1': (w) => w.op('pow', [w.add(w.n(1), w.exp(w.times(-1, w.x))), w.n(-1)]),
  },
  silu: {
    'x * sigmoid(x)': (w) => w.mul(w.x, w.op('sigmoid', [w.x])),
    'x * (1 / (1 + exp(-x)))': (w) => w.mul(w.x, w.div(w.n(1), w.add(w.n(1), w.exp(w.neg(w.x))))),
    'x / (1 + exp(-x))': (w) => w.div(w.x, w.add(w.n(1), w.exp(w.neg(w.x)))),
  },
  tanh: {
    '(exp(x) - exp(-x)) / (exp(x) + exp(-x))': (w) =>
      w.div(w.sub(w.exp(w.x), w.exp(w.neg(w.x))), w.add(w.exp(w.x), w.exp(w.neg(w.x)))),
  },
  softmax: {
    'exp(x) / sum(exp(x))': (w) => {
      const e = w.exp(w.x);
      return w.div(e, w.op('sum', [e], { dim: [1], keepdim: true }));
    },
    'exp(x - max(x)) / sum': (w) => {
      const e = w.exp(w.sub(w.x, w.op('amax', [w.x], { dim: [1], keepdim: true })));
      return w.div(e, w.op('sum', [e], { dim: [1], keepdim: true }));
    },
  },
  softplus: {
    'log(1 + exp(x))': (w) => w.op('log', [w.add(w.n(1), w.exp(w.x))]),
    'log1p(exp(x))': (w) => w.op('log1p', [w.exp(w.x)]),
  },
  mish: { 'x * tanh(log(1 + exp(x)))': (w) => w.mul(w.x, w.op('tanh', [w.op('log', [w.add(w.exp(w.x), w.n(1))])])) },
  softsign: { 'x / (1 + |x|)': (w) => w.div(w.x, w.add(w.n(1), w.op('abs', [w.x]))) },
  hardtanh: { 'clamp(x, -1, 1)': (w) => w.op('clamp', [w.x], { min: -1, max: 1 }), 'minimum(maximum(x, -1), 1)': (w) => w.min(w.max(w.x, w.n(-1)), w.n(1)) },
  elu: {
    'where(x > 0, x, 2 (exp(x) - 1))': (w) => w.where(w.positive(), w.x, w.times(2, w.sub(w.exp(w.x), w.n(1)))),
    'where(x > 0, x, expm1(x))': (w) => w.where(w.positive(), w.x, w.op('expm1', [w.x])),
  },
  selu: {
    'scale * where(x > 0, x, alpha (exp(x) - 1))': (w) =>
      w.times(1.0507, w.where(w.positive(), w.x, w.times(1.67326, w.sub(w.exp(w.x), w.n(1))))),
  },
  gelu: {
    '0.5 x (1 + erf(x / √2))': (w) => w.mul(w.times(0.5, w.x), w.add(w.n(1), w.op('erf', [w.div(w.x, w.n(Math.SQRT2))]))),
    '0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³)))': (w) => {
      const inner = w.add(w.x, w.times(0.044715, w.op('pow', [w.x, w.n(3)])));
      return w.times(0.5, w.mul(w.x, w.add(w.n(1), w.op('tanh', [w.times(Math.sqrt(2 / Math.PI), inner)]))));
    },
  },
};

const others: Readonly<Record<string, Form>> = {
  'x * (y > 0)': (w) => w.mul(w.x, w.gt(w.source([4, 3]), w.n(0))),
  'maximum(x, y)': (w) => w.max(w.x, w.source([4, 3])),
  'maximum(1, x)': (w) => w.max(w.n(1), w.x),
  'where(x > 0, y, 0)': (w) => w.where(w.positive(), w.source([4, 3]), w.n(0)),
  'x * (x < 0)': (w) => w.mul(w.x, w.op('lt', [w.x, w.n(0)])),
  'clamp(x, 0, 1)': (w) => w.op('clamp', [w.x], { min: 0, max: 1 }),
  'x + |y|': (w) => w.div(w.add(w.x, w.op('abs', [w.source([4, 3])])), w.n(2)),
  '1 / (1 + exp(x)), which falls': (w) => w.div(w.n(1), w.add(w.n(1), w.exp(w.x))),
  'y * sigmoid(x), a gate': (w) => w.mul(w.source([4, 3]), w.op('sigmoid', [w.x])),
  'exp(x) / sum(exp(y))': (w) => w.div(w.exp(w.x), w.op('sum', [w.exp(w.source([4, 3]))], { dim: [1], keepdim: true })),
  'x * 2': (w) => w.mul(w.x, w.n(2)),
  'x + y': (w) => w.add(w.x, w.source([4, 3])),
  'relu(x) + min(0, x), which is x': (w) => w.add(w.op('relu', [w.x]), w.min(w.n(0), w.x)),
  'erf(x)': (w) => w.op('erf', [w.x]),
};

describe('recognizing an activation function', () => {
  for (const [name, own] of Object.entries(forms)) {
    for (const [formula, form] of Object.entries(own)) {
      it(`sees ${name} in ${formula}`, () => {
        const writing = new Writing();
        const node = writing.node(form(writing));
        const recognized = recognizeActivation(writing.graph, node, (value) => value === writing.zeros);
        assert.deepEqual(recognized, { name, input: writing.x });
      });
    }
  }
  for (const [formula, form] of Object.entries(others)) {
    it(`sees none in ${formula}`, () => {
      const writing = new Writing();
      assert.equal(recognizeActivation(writing.graph, writing.node(form(writing))), null);
    });
  }

  it('takes a constant of unknown data for zero only where the caller says so', () => {
    const writing = new Writing();
    const node = writing.node(writing.max(writing.zeros, writing.x));
    assert.equal(recognizeActivation(writing.graph, node), null);
  });

  it('gives only names that the table of functions has', () => {
    for (const name of Object.keys(forms)) assert.ok(name in activations, name);
  });

  it('takes the closed ends of piecewise linear functions for their flat parts', () => {
    const isFlat = (name: string, value: number) => {
      const [low, high] = activations[name].saturation!;
      return value < low || value > high;
    };
    assert.ok(isFlat('hardtanh', 1) && isFlat('hardtanh', -1) && !isFlat('hardtanh', Math.fround(0.9999999)));
    assert.ok(isFlat('relu6', 6) && !isFlat('relu6', 0) && isFlat('hardsigmoid', 0) && isFlat('hardsigmoid', 1));
    assert.ok(isFlat('tanh', 0.98) && !isFlat('tanh', -0.96) && isFlat('sigmoid', 0.01) && !isFlat('sigmoid', 0.5));
  });
});
