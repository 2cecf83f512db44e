// A chain while it is being put together: element-wise ops over one shape, of which later nodes can still join. It may be the last pass of a
// kernel that computes its first value (the host). When somebody else needs one of its values, it is written down as a task.
import type { NodeId, ValueId } from '../../graph/graph.ts';
import type { DType, Shape } from '../../graph/tensorType.ts';
import { contiguousStrides, merged } from '../layout.ts';
import { chainOperands } from './assembly/limits.ts';
import { OperandKind, type Opcode } from './assembly/opcodes.ts';
import { Place, type BufferId } from './buffers.ts';
import { elementBytes, isFloats } from './storage.ts';
import { Float, Inline, type Fields, type InPlace, type Word } from './task.ts';
import { isContiguous, grouped, type View } from './view.ts';

/** Four axes: three outer ones and the row, whose elements lie side by side or are all the same. */
export interface ChainAxes {
  readonly sizes: readonly number[];
  /** How many axes of the chain's shape each one stands for. */
  readonly groups: readonly number[];
}

/** A kernel that computes the chain's first value, and runs the chain over it part by part. */
export interface ChainHost {
  readonly axes: ChainAxes;
  /** Writes the kernel's command; `result`: where its own result lies, `chain`: the chain itself, 0 for none. */
  finish(result: Place, chain: Fields | 0): void;
}

interface Operand {
  /** Over the chain's shape. */
  readonly view: View;
  /** The value of this chain that it is; undefined: it comes from outside. */
  readonly value?: ValueId;
}

interface Step {
  readonly opcode: Opcode;
  readonly result: number;
  readonly inputs: readonly number[];
  /** A number, or where a step of integers writes its faults down. */
  readonly p: number | Place;
  readonly q: number;
}

export class ChainBuilder {
  readonly operands: Operand[] = [];
  readonly steps: Step[] = [];
  readonly #slots = new Map<ValueId, number>();
  readonly #outside = new Map<string, number>();

  constructor(readonly shape: Shape, readonly node: NodeId, readonly host: ChainHost | null) {}

  /** Values that it computes, the host's included. */
  get values(): IterableIterator<ValueId> {
    return this.#slots.keys();
  }
  has(value: ValueId): boolean {
    return this.#slots.has(value);
  }
  hasRoomFor(operands: number): boolean {
    return this.operands.length + operands <= chainOperands;
  }
  /** Whether another chain's steps can be this one's: it has no host, and all that it reads from outside can be read here. */
  canAbsorb(other: ChainBuilder): boolean {
    return other.host === null && this.hasRoomFor(other.operands.length)
      && other.operands.every(({ view, value }) => value !== undefined || this.takes(view));
  }
  /** Takes over another chain's steps and values. */
  absorb(other: ChainBuilder): void {
    const slots = other.operands.map(({ view, value }) => (value === undefined ? this.outside(view) : -1));
    for (const { opcode, result, inputs, p, q } of other.steps) {
      const { view, value } = other.operands[result];
      this.step(value!, view, opcode, inputs.map((input) => slots[input]), p, q);
      slots[result] = this.slotOf(value!);
    }
  }

  /** Whether a view over the chain's shape can be read along the host's rows; without a host any can, if need be after a copy. */
  takes(view: View): boolean {
    if (this.host === null) return true;
    const strides = grouped(view, this.host.axes.groups);
    return strides !== undefined && strides[3] <= 1;
  }

  /** The host's own result; `value`: which value that is, undefined for none, as before a bias. */
  begin(view: View, value?: ValueId): void {
    const slot = this.operands.push(value === undefined ? { view } : { view, value }) - 1;
    if (value !== undefined) this.#slots.set(value, slot);
  }
  /** The value that the host's own result is. */
  get hostValue(): ValueId | undefined {
    return this.host === null ? undefined : this.operands[0].value;
  }
  /** An operand from outside, as a view over the chain's shape. */
  outside(view: View): number {
    const key = `${view.buffer} ${view.offset} ${view.strides.join()}`;
    const known = this.#outside.get(key);
    if (known !== undefined) return known;
    const slot = this.operands.push({ view }) - 1;
    this.#outside.set(key, slot);
    return slot;
  }
  slotOf(value: ValueId): number {
    return this.#slots.get(value)!;
  }
  /** A value that is there already is written anew. */
  step(value: ValueId, view: View, opcode: Opcode, inputs: readonly number[], p: number | Place = 0, q = 0): void {
    const result = this.#slots.get(value) ?? this.operands.push({ view, value }) - 1;
    this.#slots.set(value, result);
    this.steps.push({ opcode, result, inputs, p, q });
  }

  /**
   * The chain as its kernel reads it. `isStored`: whether a value is needed by anyone else; `copied`: a contiguous copy of an operand that cannot be read
   * along rows. `hostPlace` is where the host's result lies.
   */
  fields(isStored: (value: ValueId) => boolean, copied: (view: View) => View, hostPlace: Place | null): Fields {
    let views = this.operands.map(({ view }) => view);
    let axes = this.#axes(views);
    while (axes === null) {
      // The first that no row goes through evenly, else the one that keeps axes apart.
      const strange = views.findIndex((view, n) => this.operands[n].value === undefined && !isFlat(view));
      views = views.map((view, n) => (n === strange ? copied(view) : view));
      axes = this.#axes(views);
    }
    const { sizes, strides } = axes;
    const operands = this.operands.flatMap(({ value }, n): Word[] => {
      const { dtype, buffer, offset } = views[n];
      const size = elementBytes(dtype);
      const [outer0, outer1, outer2, along] = strides[n];
      const isHosts = n === 0 && hostPlace !== null;
      const kind = isHosts ? OperandKind.floats : kindOf(dtype, along, value === undefined ? 'input' : isStored(value) ? 'output' : 'register');
      const place = kind === OperandKind.register ? 0 : isHosts ? hostPlace : new Place(buffer, offset * size);
      return [place, kind, outer0 * size, outer1 * size, outer2 * size];
    });
    const steps = this.steps.flatMap(({ opcode, result, inputs: [x, y = x, z = x], p, q }): Word[] =>
      [opcode, result, x, y, z, typeof p === 'number' ? new Float(p) : p, new Float(q)]);
    const [size0, size1, size2, size3] = sizes;
    return { size0, size1, size2, size3, operands: this.operands.length, steps: this.steps.length, program: new Inline([...operands, ...steps]) };
  }

  /** Where the host's result can lie without a buffer of its own: with a value that is only written after the result was last read. */
  hostSharesWith(isStored: (value: ValueId) => boolean): BufferId | undefined {
    const lastRead = this.steps.reduce((last, { inputs }, n) => (inputs.includes(0) ? n : last), -1);
    const sharing = this.steps.slice(Math.max(lastRead, 0)).find(({ result }) => {
      const { view, value } = this.operands[result];
      return isStored(value!) && view.dtype !== 'bool';
    });
    return sharing && this.operands[sharing.result].view.buffer;
  }

  /**
   * Results that can overwrite an operand from outside: it lies as the result does, and is not read after the step that writes the result. A host
   * writes its own result before the chain reads anything.
   */
  inPlace(isStored: (value: ValueId) => boolean): InPlace[] {
    if (this.host) return [];
    const found: InPlace[] = [];
    const taken = new Set<BufferId>();
    this.operands.forEach(({ view, value }, slot) => {
      if (value !== undefined || !isFloats(view.dtype) || view.offset !== 0 || !isContiguous(view)) return;
      if (this.operands.some((other, n) => n !== slot && other.value === undefined && other.view.buffer === view.buffer)) return;
      const lastRead = this.steps.reduce((last, { inputs }, n) => (inputs.includes(slot) ? n : last), -1);
      for (const { result } of this.steps.slice(Math.max(0, lastRead))) {
        const output = this.operands[result];
        if (!isStored(output.value!) || output.view.dtype === 'bool' || taken.has(output.view.buffer)) continue;
        taken.add(output.view.buffer);
        found.push({ output: output.view.buffer, input: view.buffer });
        return;
      }
    });
    return found;
  }

  /** null: some operand has to be copied first. */
  #axes(views: readonly View[]): { sizes: readonly number[]; strides: readonly (readonly number[])[] } | null {
    if (this.host) {
      const { sizes, groups } = this.host.axes;
      return { sizes, strides: views.map((view) => grouped(view, groups)!) };
    }
    const { sizes, strides } = merged(this.shape, views.map(({ strides }) => strides));
    if (sizes.length > 4 || strides.some((each) => (each.at(-1) ?? 0) > 1)) return null;
    const missing = 4 - sizes.length;
    return {
      sizes: [...new Array<number>(missing).fill(1), ...sizes],
      strides: strides.map((each) => [...new Array<number>(missing).fill(0), ...each]),
    };
  }
}

/** Contiguous over its shape, or one element for all of it: nothing to gain by a copy. */
function isFlat({ shape, strides }: View): boolean {
  if (strides.every((stride) => stride === 0)) return true;
  const expected = contiguousStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

function kindOf(dtype: DType, along: number, role: 'input' | 'output' | 'register'): OperandKind {
  const isBytes = elementBytes(dtype) === 1;
  switch (role) {
    case 'input':
      if (along === 0) return isBytes ? OperandKind.byte : OperandKind.float;
      return isBytes ? OperandKind.bytes : OperandKind.floats;
    case 'output': return isBytes ? OperandKind.bytesOut : OperandKind.floatsOut;
    case 'register': return OperandKind.register;
  }
}
