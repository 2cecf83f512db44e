// Functions that few networks use, element by element: those of AssemblyScript's library, which are musl's, right to one unit in the last place or two.

@unmanaged export class Tan { @inline of(x: f32): f32 { return <f32>NativeMath.tan(<f64>x); } }
@unmanaged export class Asin { @inline of(x: f32): f32 { return NativeMathf.asin(x); } }
@unmanaged export class Acos { @inline of(x: f32): f32 { return NativeMathf.acos(x); } }
@unmanaged export class Atan { @inline of(x: f32): f32 { return NativeMathf.atan(x); } }
@unmanaged export class Sinh { @inline of(x: f32): f32 { return NativeMathf.sinh(x); } }
@unmanaged export class Cosh { @inline of(x: f32): f32 { return NativeMathf.cosh(x); } }
@unmanaged export class Asinh { @inline of(x: f32): f32 { return NativeMathf.asinh(x); } }
@unmanaged export class Acosh { @inline of(x: f32): f32 { return NativeMathf.acosh(x); } }
@unmanaged export class Atanh { @inline of(x: f32): f32 { return NativeMathf.atanh(x); } }
@unmanaged export class Log2 { @inline of(x: f32): f32 { return NativeMathf.log2(x); } }
@unmanaged export class Log10 { @inline of(x: f32): f32 { return NativeMathf.log10(x); } }

/** 1 to any power, and −1 to an infinite one, are 1, as in C and Python; JavaScript and this library have NaN. */
@unmanaged export class Pow {
  @inline of(x: f32, y: f32): f32 { return x == 1 || (x == -1 && abs(y) == Infinity) ? 1 : NativeMathf.pow(x, y); }
}
@unmanaged export class Atan2 { @inline of(x: f32, y: f32): f32 { return NativeMathf.atan2(x, y); } }
@unmanaged export class Hypot { @inline of(x: f32, y: f32): f32 { return NativeMathf.hypot(x, y); } }
@unmanaged export class Fmod { @inline of(x: f32, y: f32): f32 { return NativeMathf.mod(x, y); } }

// In float64, and rounded once, as the reference kernels have them.

/** Of the sign of the divisor. */
@unmanaged export class Remainder {
  @inline of(x: f32, y: f32): f32 {
    const rest = NativeMathf.mod(x, y);
    return rest != 0 && (rest < 0) != (y < 0) ? <f32>(<f64>rest + <f64>y) : rest;
  }
}
/** From the exact remainder, so that 6 // 0.1 is 59 as in Python, not floor(6 / 0.1) = 60. */
@unmanaged export class FloorDivide {
  @inline of(x: f32, y: f32): f32 {
    if (y == 0) return x / y;
    const rest = <f64>NativeMathf.mod(x, y);
    const quotient = (<f64>x - rest) / <f64>y;
    if (!(Math.abs(quotient) < Infinity)) return <f32>quotient;
    return <f32>(NativeMath.round(quotient) - (rest != 0 && (rest < 0) != (y < 0) ? 1 : 0));
  }
}
@unmanaged export class LogAddExp {
  @inline of(x: f32, y: f32): f32 {
    const larger = max<f32>(x, y);
    if (!(abs<f32>(larger) < Infinity)) return larger;
    return <f32>(<f64>larger + NativeMath.log1p(NativeMath.exp(-Math.abs(<f64>x - <f64>y))));
  }
}
