// Reads values of a graph as algebra, for recognizing formulas: `0.5 * x * (1 + …)` in any order of its factors.
import { nodeOf, type Graph, type ValueId } from './graph.ts';

/** coefficient · Π factors */
export interface Product {
  readonly coefficient: number;
  readonly factors: readonly ValueId[];
}
/** constant + Σ terms */
export interface Sum {
  readonly constant: number;
  readonly terms: readonly Product[];
}

/** Formulas of activation functions are short: what has more factors or terms is none. */
const maximumParts = 6;
/** Stand between a value and its use without changing what is computed. */
const transparentOps: readonly string[] = ['cast', 'expand', 'detach'];

export class GraphPatterns {
  constructor(private readonly graph: Graph, private readonly isZeroConstant: (value: ValueId) => boolean) {}

  /** The value behind casts and broadcasts. */
  origin(value: ValueId): ValueId {
    let node = nodeOf(this.graph, value);
    while (transparentOps.includes(node.op)) {
      value = node.inputs[0];
      node = nodeOf(this.graph, value);
    }
    return value;
  }
  node(value: ValueId) {
    return nodeOf(this.graph, this.origin(value));
  }
  isSame(a: ValueId, b: ValueId): boolean {
    return this.origin(a) === this.origin(b);
  }

  /** The number that a value holds everywhere, where the graph tells. */
  number(value: ValueId): number | null {
    const node = this.node(value);
    if (node.op === 'full') return node.attributes.value;
    if (node.op === 'reshape') return this.number(node.inputs[0]);
    if (node.op === 'neg') {
      const negated = this.number(node.inputs[0]);
      return negated === null ? null : -negated;
    }
    return this.isZeroConstant(this.origin(value)) ? 0 : null;
  }
  isZero(value: ValueId): boolean {
    return this.number(value) === 0;
  }

  /** Input of `op` if that is what makes the value. */
  argument(value: ValueId, op: string): ValueId | null {
    const node = this.node(value);
    return node.op === op ? node.inputs[0] : null;
  }

  product(value: ValueId): Product {
    let coefficient = 1;
    const factors: ValueId[] = [];
    const pending: ValueId[] = [value];
    while (pending.length > 0) {
      const next = this.origin(pending.pop()!);
      const number = this.number(next);
      const node = nodeOf(this.graph, next);
      const divisor = node.op === 'div' ? this.number(node.inputs[1]) : null;
      const power = node.op === 'square' ? 2 : node.op === 'pow' ? this.number(node.inputs[1]) : null;
      if (number !== null) coefficient *= number;
      else if (factors.length + pending.length > maximumParts) factors.push(next);
      else if (node.op === 'mul') pending.push(...node.inputs);
      else if (node.op === 'neg') {
        coefficient = -coefficient;
        pending.push(node.inputs[0]);
      } else if (divisor !== null && divisor !== 0) {
        coefficient /= divisor;
        pending.push(node.inputs[0]);
      } else if (power === 2 || power === 3) {
        for (let times = 0; times < power; times += 1) pending.push(node.inputs[0]);
      } else factors.push(next);
    }
    return { coefficient, factors };
  }

  sum(value: ValueId): Sum {
    let constant = 0;
    const terms: Product[] = [];
    const pending: [ValueId, number][] = [[value, 1]];
    while (pending.length > 0) {
      const [next, sign] = pending.pop()!;
      const node = this.node(next);
      const isShort = terms.length + pending.length <= maximumParts;
      if (isShort && (node.op === 'add' || node.op === 'sub')) {
        pending.push([node.inputs[0], sign], [node.inputs[1], node.op === 'add' ? sign : -sign]);
        continue;
      }
      const { coefficient, factors } = this.product(next);
      if (factors.length === 0) constant += sign * coefficient;
      else terms.push({ coefficient: sign * coefficient, factors });
    }
    return { constant, terms };
  }

  /** `x > 0` and its like: x, and whether the condition holds for positive (or for negative) x. */
  signTest(value: ValueId): { x: ValueId; holdsFor: 'positive' | 'negative' } | null {
    const node = this.node(value);
    const greater = node.op === 'gt' || node.op === 'ge';
    if (!greater && node.op !== 'lt' && node.op !== 'le') return null;
    const [left, right] = node.inputs;
    if (this.isZero(right)) return { x: left, holdsFor: greater ? 'positive' : 'negative' };
    return this.isZero(left) ? { x: right, holdsFor: greater ? 'negative' : 'positive' } : null;
  }
}

/** As near as people write constants: `0.7978845`, `1.67326`. */
export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-3 * Math.abs(b);
}
