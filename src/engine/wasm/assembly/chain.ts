// Element-wise chains: several ops over the same elements, tile by tile, so that what lies between them never leaves the first-level
// cache. A matrix product or a convolution runs a chain over each part of its result; on its own a chain is a kernel.
import { integerStep } from './integerSteps';
import { Opcode, OperandKind } from './opcodes';
import * as steps from './steps';
import { shareStart, threadArea } from './threads';

/** Elements of a tile: with the few registers that chains need, well within the first-level cache. */
const TILE = 512;
/** Operands that a chain has at most. */
const OPERANDS = 24;
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
  const pointers = area + <usize>(OPERANDS * TILE * 4);
  for (let start = from; start < to; start += TILE) {
    const count = min(TILE, to - start);
    for (let n = 0; n < header.operands; n++) {
      const operand = changetype<Operand>(firstOperand + <usize>n * offsetof<Operand>());
      const tile = area + <usize>n * (TILE * 4);
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
    for (let n = 0; n < header.steps; n++) {
      const step = changetype<Step>(firstStep + <usize>n * offsetof<Step>());
      const x = load<usize>(pointers + <usize>step.x * 4), y = load<usize>(pointers + <usize>step.y * 4), z = load<usize>(pointers + <usize>step.z * 4);
      const result = load<usize>(pointers + <usize>step.result * 4);
      if (step.opcode < Opcode.to_float) run(step, result, x, y, z, count);
      else integerStep(step.opcode, result, x, y, count, step.p, step.q, <f64>((i0 * header.size1 + i1) * header.size2 + i2) * <f64>header.size3 + <f64>start);
    }
    for (let n = 0; n < header.operands; n++) {
      const operand = changetype<Operand>(firstOperand + <usize>n * offsetof<Operand>());
      if (operand.kind != OperandKind.bytesOut) continue;
      narrow(operand.pointer + i0 * operand.stride0 + i1 * operand.stride1 + i2 * operand.stride2 + start, area + <usize>n * (TILE * 4), count);
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

/** y = F(x), element by element; what is left of four is taken lane by lane, with the same arithmetic. */
function map<F>(y: usize, x: usize, count: i32, p: f32, q: f32): void {
  const f = changetype<F>(0);
  const ps = f32x4.splat(p), qs = f32x4.splat(q);
  const end = y + <usize>(count & ~3) * 4;
  for (; y < end; y += 16, x += 16) v128.store(y, f.of(v128.load(x), ps, qs));
  for (let left = count & 3; left > 0; left--, y += 4, x += 4) store<f32>(y, f32x4.extract_lane(f.of(v128.load32_zero(x), ps, qs), 0));
}

/** z = F(x, y) */
function combine<F>(z: usize, x: usize, y: usize, count: i32): void {
  const f = changetype<F>(0);
  const end = z + <usize>(count & ~3) * 4;
  for (; z < end; z += 16, x += 16, y += 16) v128.store(z, f.of(v128.load(x), v128.load(y)));
  for (let left = count & 3; left > 0; left--, z += 4, x += 4, y += 4) {
    store<f32>(z, f32x4.extract_lane(f.of(v128.load32_zero(x), v128.load32_zero(y)), 0));
  }
}

/** r = condition ≠ 0 ? x : y */
function choose(r: usize, condition: usize, x: usize, y: usize, count: i32): void {
  const end = r + <usize>(count & ~3) * 4;
  const zero = f32x4.splat(0);
  for (; r < end; r += 16, condition += 16, x += 16, y += 16) {
    v128.store(r, v128.bitselect(v128.load(y), v128.load(x), f32x4.eq(v128.load(condition), zero)));
  }
  for (let left = count & 3; left > 0; left--, r += 4, condition += 4, x += 4, y += 4) {
    store<u32>(r, load<f32>(condition) != 0 ? load<u32>(x) : load<u32>(y));
  }
}

function run(step: Step, r: usize, x: usize, y: usize, z: usize, n: i32): void {
  const p = step.p, q = step.q;
  switch (step.opcode) {
    case Opcode.copy: map<steps.Copy>(r, x, n, p, q); break;
    case Opcode.neg: map<steps.Neg>(r, x, n, p, q); break;
    case Opcode.abs: map<steps.Abs>(r, x, n, p, q); break;
    case Opcode.sign: map<steps.Sign>(r, x, n, p, q); break;
    case Opcode.exp: map<steps.Exp>(r, x, n, p, q); break;
    case Opcode.expm1: map<steps.Expm1>(r, x, n, p, q); break;
    case Opcode.log: map<steps.Log>(r, x, n, p, q); break;
    case Opcode.log1p: map<steps.Log1p>(r, x, n, p, q); break;
    case Opcode.sqrt: map<steps.Sqrt>(r, x, n, p, q); break;
    case Opcode.rsqrt: map<steps.Rsqrt>(r, x, n, p, q); break;
    case Opcode.square: map<steps.Square>(r, x, n, p, q); break;
    case Opcode.reciprocal: map<steps.Reciprocal>(r, x, n, p, q); break;
    case Opcode.sin: map<steps.Sin>(r, x, n, p, q); break;
    case Opcode.cos: map<steps.Cos>(r, x, n, p, q); break;
    case Opcode.tanh: map<steps.Tanh>(r, x, n, p, q); break;
    case Opcode.erf: map<steps.Erf>(r, x, n, p, q); break;
    case Opcode.floor: map<steps.Floor>(r, x, n, p, q); break;
    case Opcode.ceil: map<steps.Ceil>(r, x, n, p, q); break;
    case Opcode.round: map<steps.Round>(r, x, n, p, q); break;
    case Opcode.trunc: map<steps.Trunc>(r, x, n, p, q); break;
    case Opcode.isnan: map<steps.IsNan>(r, x, n, p, q); break;
    case Opcode.isinf: map<steps.IsInf>(r, x, n, p, q); break;
    case Opcode.logical_not: map<steps.LogicalNot>(r, x, n, p, q); break;
    case Opcode.relu: map<steps.Relu>(r, x, n, p, q); break;
    case Opcode.sigmoid: map<steps.Sigmoid>(r, x, n, p, q); break;
    case Opcode.silu: map<steps.Silu>(r, x, n, p, q); break;
    case Opcode.mish: map<steps.Mish>(r, x, n, p, q); break;
    case Opcode.selu: map<steps.Selu>(r, x, n, p, q); break;
    case Opcode.softsign: map<steps.Softsign>(r, x, n, p, q); break;
    case Opcode.logsigmoid: map<steps.LogSigmoid>(r, x, n, p, q); break;
    case Opcode.hardsigmoid: map<steps.HardSigmoid>(r, x, n, p, q); break;
    case Opcode.hardswish: map<steps.HardSwish>(r, x, n, p, q); break;
    case Opcode.tanhshrink: map<steps.TanhShrink>(r, x, n, p, q); break;
    case Opcode.relu6: map<steps.Relu6>(r, x, n, p, q); break;
    case Opcode.leaky_relu: map<steps.LeakyRelu>(r, x, n, p, q); break;
    case Opcode.elu: map<steps.Elu>(r, x, n, p, q); break;
    case Opcode.celu: map<steps.Celu>(r, x, n, p, q); break;
    case Opcode.gelu: map<steps.Gelu>(r, x, n, p, q); break;
    case Opcode.gelu_tanh: map<steps.GeluTanh>(r, x, n, p, q); break;
    case Opcode.softplus: map<steps.Softplus>(r, x, n, p, q); break;
    case Opcode.hardtanh: map<steps.HardTanh>(r, x, n, p, q); break;
    case Opcode.hardshrink: map<steps.HardShrink>(r, x, n, p, q); break;
    case Opcode.softshrink: map<steps.SoftShrink>(r, x, n, p, q); break;
    case Opcode.threshold: map<steps.Threshold>(r, x, n, p, q); break;
    case Opcode.add: combine<steps.Add>(r, x, y, n); break;
    case Opcode.sub: combine<steps.Sub>(r, x, y, n); break;
    case Opcode.mul: combine<steps.Mul>(r, x, y, n); break;
    case Opcode.div: combine<steps.Div>(r, x, y, n); break;
    case Opcode.maximum: combine<steps.Maximum>(r, x, y, n); break;
    case Opcode.minimum: combine<steps.Minimum>(r, x, y, n); break;
    case Opcode.eq: combine<steps.Eq>(r, x, y, n); break;
    case Opcode.ne: combine<steps.Ne>(r, x, y, n); break;
    case Opcode.lt: combine<steps.Lt>(r, x, y, n); break;
    case Opcode.le: combine<steps.Le>(r, x, y, n); break;
    case Opcode.gt: combine<steps.Gt>(r, x, y, n); break;
    case Opcode.ge: combine<steps.Ge>(r, x, y, n); break;
    case Opcode.logical_and: combine<steps.LogicalAnd>(r, x, y, n); break;
    case Opcode.logical_or: combine<steps.LogicalOr>(r, x, y, n); break;
    case Opcode.logical_xor: combine<steps.LogicalXor>(r, x, y, n); break;
    case Opcode.prelu: combine<steps.PRelu>(r, x, y, n); break;
    case Opcode.where: choose(r, x, y, z, n); break;
    default: unreachable();
  }
}
