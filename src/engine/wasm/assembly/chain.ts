// Element-wise chains: several ops over the same elements, tile by tile, so that what lies between them never leaves the first-level
// cache. A matrix product or a convolution runs a chain over each part of its result; on its own a chain is a kernel.
import { chainOperands } from './limits';
import { OperandKind } from './opcodes';
import { StepCall } from './stepLoops';
import { stepTable } from './stepTable';
import { shareStart, threadArea } from './threads';

/** Elements of a tile: with the few registers that chains need, well within the first-level cache. */
const tileElements = 512;
/** Sizes of the four axes, the last being the row; then operands, then steps. */
@unmanaged class ChainHeader { size0: i32; size1: i32; size2: i32; size3: i32; operands: i32; steps: i32; }
/** Strides of the outer axes in bytes. */
@unmanaged class Operand { pointer: usize; kind: i32; stride0: i32; stride1: i32; stride2: i32; }
/** Inputs and the result are numbers of operands. */
@unmanaged class Step { opcode: i32; result: i32; x: i32; y: i32; z: i32; p: f32; q: f32; }

/** A chain of its own: rows are shared out, or, where they are few, their elements. */
export function chain(address: usize, thread: i32, threads: i32): void {
  const header = changetype<ChainHeader>(address);
  const rows = header.size0 * header.size1 * header.size2;
  const byRow = rows >= 4 * threads;
  const end = byRow ? shareStart(rows, 1, thread + 1, threads) : rows;
  const from = byRow ? 0 : shareStart(header.size3, 16, thread, threads);
  const to = byRow ? header.size3 : shareStart(header.size3, 16, thread + 1, threads);
  const start = byRow ? shareStart(rows, 1, thread, threads) : 0;
  let i2 = start % header.size2;
  let i1 = (start / header.size2) % header.size1;
  let i0 = start / header.size2 / header.size1;
  for (let row = start; row < end; row++) {
    chainRow(address, i0, i1, i2, from, to);
    if (++i2 == header.size2) {
      i2 = 0;
      if (++i1 == header.size1) { i1 = 0; i0++; }
    }
  }
}

/** Elements `from`..`to` of one row. */
export function chainRow(address: usize, i0: i32, i1: i32, i2: i32, from: i32, to: i32): void {
  const header = changetype<ChainHeader>(address);
  // A tile per operand, then where each operand lies at this moment.
  const area = threadArea();
  const firstOperand = address + offsetof<ChainHeader>();
  const firstStep = firstOperand + <usize>header.operands * offsetof<Operand>();
  const pointers = area + <usize>(chainOperands * tileElements * 4);
  const call = changetype<StepCall>(pointers + <usize>(chainOperands * 4));
  for (let start = from; start < to; start += tileElements) {
    const count = min(tileElements, to - start);
    for (let n = 0; n < header.operands; n++) {
      const operand = changetype<Operand>(firstOperand + <usize>n * offsetof<Operand>());
      const tile = area + <usize>n * (tileElements * 4);
      const row = operand.pointer + i0 * operand.stride0 + i1 * operand.stride1 + i2 * operand.stride2;
      let place = tile;
      switch (operand.kind) {
        case OperandKind.floats: case OperandKind.floatsOut: place = row + <usize>start * 4; break;
        case OperandKind.float: if (start == from) fill(tile, load<f32>(row), count); break;
        case OperandKind.bytes: widen(tile, row + start, count); break;
        case OperandKind.byte: if (start == from) fill(tile, <f32>load<u8>(row), count); break;
        default: break;
      }
      store<usize>(pointers + <usize>n * 4, place);
    }
    call.count = count;
    call.first = <f64>((i0 * header.size1 + i1) * header.size2 + i2) * <f64>header.size3 + <f64>start;
    for (let n = 0; n < header.steps; n++) {
      const step = changetype<Step>(firstStep + <usize>n * offsetof<Step>());
      call.x = load<usize>(pointers + <usize>step.x * 4);
      call.y = load<usize>(pointers + <usize>step.y * 4);
      call.z = load<usize>(pointers + <usize>step.z * 4);
      call.result = load<usize>(pointers + <usize>step.result * 4);
      call.p = step.p;
      call.q = step.q;
      unchecked(stepTable[step.opcode])(call);
    }
    for (let n = 0; n < header.operands; n++) {
      const operand = changetype<Operand>(firstOperand + <usize>n * offsetof<Operand>());
      if (operand.kind != OperandKind.bytesOut) continue;
      narrow(operand.pointer + i0 * operand.stride0 + i1 * operand.stride1 + i2 * operand.stride2 + start, area + <usize>n * (tileElements * 4), count);
    }
  }
}

function fill(tile: usize, value: f32, count: i32): void {
  const all = f32x4.splat(value);
  for (let end = tile + <usize>count * 4; tile < end; tile += 16) v128.store(tile, all);
}

function widen(tile: usize, bytes: usize, count: i32): void {
  let i: usize = 0;
  for (; i + 4 <= <usize>count; i += 4) {
    v128.store(tile + i * 4, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes + i)))));
  }
  for (; i < <usize>count; i++) store<f32>(tile + i * 4, <f32>load<u8>(bytes + i));
}

function narrow(bytes: usize, tile: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) store<u8>(bytes + i, load<f32>(tile + i * 4) != 0 ? 1 : 0);
}
