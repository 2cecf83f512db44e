// Steps of a chain whose elements are int32: their bits lie in the registers of the chain as they are. Arithmetic is exact in 64 bits; where the
// type is wider than what it is kept in, a result that does not fit is a fault.
import { fault } from './faults';
import { Opcode } from './opcodes';

@unmanaged class Add { @inline of(x: i64, y: i64): i64 { return x + y; } }
@unmanaged class Sub { @inline of(x: i64, y: i64): i64 { return x - y; } }
@unmanaged class Mul { @inline of(x: i64, y: i64): i64 { return x * y; } }
@unmanaged class Neg { @inline of(x: i64, y: i64): i64 { return -x; } }
@unmanaged class Abs { @inline of(x: i64, y: i64): i64 { return x < 0 ? -x : x; } }

/** `faults`: 0 where results wrap around. `first`: position of the first element in the result. */
function arithmetic<F>(z: usize, x: usize, y: usize, count: i32, faults: usize, first: f64): void {
  const f = changetype<F>(0);
  for (let i = 0; i < count; i++, x += 4, y += 4, z += 4) {
    const exact = f.of(<i64>load<i32>(x), <i64>load<i32>(y));
    if (faults != 0 && <i64>(<i32>exact) != exact) fault(faults, first + <f64>i, <f64>exact);
    store<i32>(z, <i32>exact);
  }
}

@unmanaged class Maximum { @inline of(x: v128, y: v128): v128 { return i32x4.max_s(x, y); } }
@unmanaged class Minimum { @inline of(x: v128, y: v128): v128 { return i32x4.min_s(x, y); } }
/** A mask as the float32 0 and 1. */
@inline function truth(mask: v128): v128 { return v128.and(mask, f32x4.splat(1)); }
@unmanaged class Eq { @inline of(x: v128, y: v128): v128 { return truth(i32x4.eq(x, y)); } }
@unmanaged class Ne { @inline of(x: v128, y: v128): v128 { return truth(i32x4.ne(x, y)); } }
@unmanaged class Lt { @inline of(x: v128, y: v128): v128 { return truth(i32x4.lt_s(x, y)); } }
@unmanaged class Le { @inline of(x: v128, y: v128): v128 { return truth(i32x4.le_s(x, y)); } }
@unmanaged class Gt { @inline of(x: v128, y: v128): v128 { return truth(i32x4.gt_s(x, y)); } }
@unmanaged class Ge { @inline of(x: v128, y: v128): v128 { return truth(i32x4.ge_s(x, y)); } }
@unmanaged class ToFloat { @inline of(x: v128, y: v128): v128 { return f32x4.convert_i32x4_s(x); } }
@unmanaged class ToBool { @inline of(x: v128, y: v128): v128 { return truth(i32x4.ne(x, i32x4.splat(0))); } }

function combine<F>(z: usize, x: usize, y: usize, count: i32): void {
  const f = changetype<F>(0);
  let left = count;
  for (; left >= 4; left -= 4, z += 16, x += 16, y += 16) v128.store(z, f.of(v128.load(x), v128.load(y)));
  for (; left > 0; left--, z += 4, x += 4, y += 4) v128.store_lane<i32>(z, f.of(v128.load32_zero(x), v128.load32_zero(y)), 0);
}

function clamp(z: usize, x: usize, count: i32, low: f32, high: f32): void {
  const least = <i32>low, most = <i32>high;
  for (let i = 0; i < count; i++, x += 4, z += 4) store<i32>(z, min(max(load<i32>(x), least), most));
}

/** Toward zero. */
function toIntegers(z: usize, x: usize, count: i32, faults: usize, first: f64): void {
  for (let i = 0; i < count; i++, x += 4, z += 4) {
    const value = load<f32>(x);
    if (faults != 0 && !(value >= -2147483648 && value < 2147483648)) fault(faults, first + <f64>i, <f64>value);
    store<i32>(z, i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(f32x4.splat(value)), 0));
  }
}

/** The step `opcode`; `p` holds the bits of where faults go, or a bound. */
export function integerStep(opcode: i32, r: usize, x: usize, y: usize, count: i32, p: f32, q: f32, first: f64): void {
  const faults = <usize>reinterpret<i32>(p);
  switch (opcode) {
    case Opcode.to_float: combine<ToFloat>(r, x, x, count); break;
    case Opcode.to_int: toIntegers(r, x, count, faults, first); break;
    case Opcode.to_bool: combine<ToBool>(r, x, x, count); break;
    case Opcode.add_ints: arithmetic<Add>(r, x, y, count, faults, first); break;
    case Opcode.sub_ints: arithmetic<Sub>(r, x, y, count, faults, first); break;
    case Opcode.mul_ints: arithmetic<Mul>(r, x, y, count, faults, first); break;
    case Opcode.neg_ints: arithmetic<Neg>(r, x, x, count, faults, first); break;
    case Opcode.abs_ints: arithmetic<Abs>(r, x, x, count, faults, first); break;
    case Opcode.maximum_ints: combine<Maximum>(r, x, y, count); break;
    case Opcode.minimum_ints: combine<Minimum>(r, x, y, count); break;
    case Opcode.clamp_ints: clamp(r, x, count, p, q); break;
    case Opcode.eq_ints: combine<Eq>(r, x, y, count); break;
    case Opcode.ne_ints: combine<Ne>(r, x, y, count); break;
    case Opcode.lt_ints: combine<Lt>(r, x, y, count); break;
    case Opcode.le_ints: combine<Le>(r, x, y, count); break;
    case Opcode.gt_ints: combine<Gt>(r, x, y, count); break;
    case Opcode.ge_ints: combine<Ge>(r, x, y, count); break;
    default: unreachable();
  }
}
