// Steps of a chain whose elements are int32: their bits lie in the registers of the chain as they are. Arithmetic is exact in 64 bits; where the
// type is wider than what it is kept in, a result that does not fit is a fault.
import { fault } from './faults';
import { truth } from './simd';
import { StepCall } from './stepLoops';

@unmanaged export class AddInts { @inline of(x: i64, y: i64): i64 { return x + y; } }
@unmanaged export class SubInts { @inline of(x: i64, y: i64): i64 { return x - y; } }
@unmanaged export class MulInts { @inline of(x: i64, y: i64): i64 { return x * y; } }
@unmanaged export class NegInts { @inline of(x: i64, y: i64): i64 { return -x; } }
@unmanaged export class AbsInts { @inline of(x: i64, y: i64): i64 { return x < 0 ? -x : x; } }

/** Where faults go: the bits of `p`; 0: results wrap around. */
@inline function faultsOf(call: StepCall): usize {
  return <usize>reinterpret<i32>(call.p);
}

/** z = F(x, y); of one input, y is not looked at. */
export function arithmetic<F>(call: StepCall): void {
  const f = changetype<F>(0);
  const faults = faultsOf(call);
  let x = call.x, y = call.y, z = call.result;
  for (let i = 0; i < call.count; i++, x += 4, y += 4, z += 4) {
    const exact = f.of(<i64>load<i32>(x), <i64>load<i32>(y));
    if (faults != 0 && <i64>(<i32>exact) != exact) fault(faults, call.first + <f64>i, <f64>exact);
    store<i32>(z, <i32>exact);
  }
}

@unmanaged export class MaximumInts { @inline of(x: v128, y: v128): v128 { return i32x4.max_s(x, y); } }
@unmanaged export class MinimumInts { @inline of(x: v128, y: v128): v128 { return i32x4.min_s(x, y); } }
@unmanaged export class EqInts { @inline of(x: v128, y: v128): v128 { return truth(i32x4.eq(x, y)); } }
@unmanaged export class NeInts { @inline of(x: v128, y: v128): v128 { return truth(i32x4.ne(x, y)); } }
@unmanaged export class LtInts { @inline of(x: v128, y: v128): v128 { return truth(i32x4.lt_s(x, y)); } }
@unmanaged export class LeInts { @inline of(x: v128, y: v128): v128 { return truth(i32x4.le_s(x, y)); } }
@unmanaged export class GtInts { @inline of(x: v128, y: v128): v128 { return truth(i32x4.gt_s(x, y)); } }
@unmanaged export class GeInts { @inline of(x: v128, y: v128): v128 { return truth(i32x4.ge_s(x, y)); } }
@unmanaged export class ToFloat { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.convert_i32x4_s(x); } }
@unmanaged export class ToBool { @inline of(x: v128, p: v128, q: v128): v128 { return truth(i32x4.ne(x, i32x4.splat(0))); } }

export function clampInts(call: StepCall): void {
  // Saturating: 2³¹ bounds nothing.
  const least = <i32>call.p, most = <i32>call.q;
  let x = call.x, z = call.result;
  for (let i = 0; i < call.count; i++, x += 4, z += 4) store<i32>(z, min(max(load<i32>(x), least), most));
}

/** Toward zero; what is out of range, NaN too, is the least integer, as x86's `cvttss2si` has it and with it PyTorch's CPU build. */
export function toIntegers(call: StepCall): void {
  const faults = faultsOf(call);
  let x = call.x, z = call.result;
  for (let i = 0; i < call.count; i++, x += 4, z += 4) {
    const value = load<f32>(x);
    const isWithin = value >= -2147483648 && value < 2147483648;
    if (faults != 0 && !isWithin) fault(faults, call.first + <f64>i, <f64>value);
    store<i32>(z, isWithin ? <i32>value : i32.MIN_VALUE);
  }
}

@unmanaged export class AndInts { @inline of(x: v128, y: v128): v128 { return v128.and(x, y); } }
@unmanaged export class OrInts { @inline of(x: v128, y: v128): v128 { return v128.or(x, y); } }
@unmanaged export class XorInts { @inline of(x: v128, y: v128): v128 { return v128.xor(x, y); } }

/** x · 2ʸ; 0 where y is not a number of places of 64 bits. */
export function shiftLeft(call: StepCall): void {
  const faults = faultsOf(call);
  let x = call.x, y = call.y, z = call.result;
  for (let i = 0; i < call.count; i++, x += 4, y += 4, z += 4) {
    const value = <i64>load<i32>(x), places = load<i32>(y);
    const exact = <u32>places < 32 ? value << places : 0;
    const fits = <u32>places - 32 < 32 ? value == 0 : <i64>(<i32>exact) == exact;
    if (faults != 0 && !fits) fault(faults, call.first + <f64>i, <f64>value * NativeMath.pow(2, <f64>places));
    store<i32>(z, <i32>exact);
  }
}

/** ⌊x / 2ʸ⌋; of the sign alone where y is not a number of places. */
@unmanaged export class ShiftRight {
  @inline of(x: i64, y: i64): i64 { return x >> (<u64>y < 32 ? y : 32); }
}

/** Of the divisor's sign */
@unmanaged export class RemainderInts {
  @inline of(x: i64, y: i64): i64 {
    const rest = x % y;
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
  }
}
@unmanaged export class FmodInts { @inline of(x: i64, y: i64): i64 { return x % y; } }
@unmanaged export class FloorDivideInts {
  @inline of(x: i64, y: i64): i64 { return x / y - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0); }
}

/** As `arithmetic`; a divisor of 0 is a fault before all others, with the value NaN. `q`: whether a quotient that does not fit is one. */
export function division<F>(call: StepCall): void {
  const f = changetype<F>(0);
  const faults = faultsOf(call);
  let x = call.x, y = call.y, z = call.result;
  for (let i = 0; i < call.count; i++, x += 4, y += 4, z += 4) {
    const divisor = <i64>load<i32>(y);
    if (divisor == 0) fault(faults, -1, NaN);
    const exact = divisor == 0 ? 0 : f.of(<i64>load<i32>(x), divisor);
    if (call.q != 0 && <i64>(<i32>exact) != exact) fault(faults, call.first + <f64>i, <f64>exact);
    store<i32>(z, <i32>exact);
  }
}
