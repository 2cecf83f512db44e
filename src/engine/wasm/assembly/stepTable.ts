// The function of each step of a chain, in the order of `Opcode`.
import * as integers from './integerSteps';
import * as scalars from './scalarFunctions';
import * as special from './specialFunctions';
import { choose, combine, each, eachPair, map, StepCall } from './stepLoops';
import * as steps from './steps';

export const stepTable: StaticArray<(call: StepCall) => void> = [
  (call) => map<steps.Copy>(call), (call) => map<steps.RoundFloat16>(call), (call) => map<steps.RoundBfloat16>(call),
  (call) => map<steps.Neg>(call), (call) => map<steps.Abs>(call), (call) => map<steps.Sign>(call),
  (call) => map<steps.Exp>(call), (call) => map<steps.Expm1>(call), (call) => map<steps.Log>(call), (call) => map<steps.Log1p>(call),
  (call) => map<steps.Sqrt>(call), (call) => map<steps.Rsqrt>(call), (call) => map<steps.Square>(call), (call) => map<steps.Reciprocal>(call),
  (call) => map<steps.Sin>(call), (call) => map<steps.Cos>(call),
  (call) => each<scalars.Tan>(call), (call) => each<scalars.Asin>(call), (call) => each<scalars.Acos>(call), (call) => each<scalars.Atan>(call),
  (call) => each<scalars.Sinh>(call), (call) => each<scalars.Cosh>(call), (call) => each<scalars.Asinh>(call), (call) => each<scalars.Acosh>(call),
  (call) => each<scalars.Atanh>(call), (call) => each<scalars.Log2>(call), (call) => each<scalars.Log10>(call),
  (call) => each<special.Erfc>(call), (call) => each<special.ErfInv>(call), (call) => each<special.LGamma>(call), (call) => each<special.Digamma>(call),
  (call) => special.polygamma(call), (call) => each<special.I0>(call), (call) => each<special.I1>(call),
  (call) => map<steps.Tanh>(call), (call) => map<steps.Erf>(call),
  (call) => map<steps.Floor>(call), (call) => map<steps.Ceil>(call), (call) => map<steps.Round>(call), (call) => map<steps.Trunc>(call),
  (call) => map<steps.IsNan>(call), (call) => map<steps.IsInf>(call), (call) => map<steps.NonZero>(call), (call) => map<steps.LogicalNot>(call), (call) => map<steps.Relu>(call),
  (call) => map<steps.Sigmoid>(call), (call) => map<steps.Silu>(call), (call) => map<steps.Mish>(call), (call) => map<steps.Selu>(call),
  (call) => map<steps.Softsign>(call), (call) => map<steps.LogSigmoid>(call), (call) => map<steps.HardSigmoid>(call), (call) => map<steps.HardSwish>(call),
  (call) => map<steps.TanhShrink>(call), (call) => map<steps.Relu6>(call), (call) => map<steps.LeakyRelu>(call), (call) => map<steps.Elu>(call),
  (call) => map<steps.Celu>(call), (call) => map<steps.Gelu>(call), (call) => map<steps.GeluTanh>(call), (call) => map<steps.GeluSlope>(call), (call) => map<steps.Softplus>(call),
  (call) => map<steps.HardTanh>(call), (call) => map<steps.HardShrink>(call), (call) => map<steps.SoftShrink>(call), (call) => map<steps.Threshold>(call),
  (call) => combine<steps.Add>(call), (call) => combine<steps.Sub>(call), (call) => combine<steps.Mul>(call), (call) => combine<steps.Div>(call),
  (call) => combine<steps.Maximum>(call), (call) => combine<steps.Minimum>(call), (call) => combine<steps.Eq>(call), (call) => combine<steps.Ne>(call),
  (call) => combine<steps.Lt>(call), (call) => combine<steps.Le>(call), (call) => combine<steps.Gt>(call), (call) => combine<steps.Ge>(call),
  (call) => combine<steps.LogicalAnd>(call), (call) => combine<steps.LogicalOr>(call), (call) => combine<steps.LogicalXor>(call),
  (call) => combine<steps.PRelu>(call),
  (call) => eachPair<scalars.Pow>(call), (call) => eachPair<scalars.Remainder>(call), (call) => eachPair<scalars.Fmod>(call),
  (call) => eachPair<scalars.FloorDivide>(call), (call) => eachPair<scalars.Atan2>(call), (call) => eachPair<scalars.Hypot>(call),
  (call) => eachPair<scalars.LogAddExp>(call),
  (call) => choose(call), (call) => map<integers.ToFloat>(call), (call) => integers.toIntegers(call),
  (call) => map<integers.ToBool>(call), (call) => integers.arithmetic<integers.AddInts>(call), (call) => integers.arithmetic<integers.SubInts>(call),
  (call) => integers.arithmetic<integers.MulInts>(call), (call) => integers.arithmetic<integers.NegInts>(call),
  (call) => integers.arithmetic<integers.AbsInts>(call), (call) => combine<integers.MaximumInts>(call), (call) => combine<integers.MinimumInts>(call),
  (call) => integers.clampInts(call), (call) => combine<integers.EqInts>(call), (call) => combine<integers.NeInts>(call),
  (call) => combine<integers.LtInts>(call), (call) => combine<integers.LeInts>(call), (call) => combine<integers.GtInts>(call),
  (call) => combine<integers.GeInts>(call),
  (call) => combine<integers.AndInts>(call), (call) => combine<integers.OrInts>(call), (call) => combine<integers.XorInts>(call),
  (call) => integers.shiftLeft(call), (call) => integers.arithmetic<integers.ShiftRight>(call), (call) => integers.division<integers.RemainderInts>(call),
  (call) => integers.division<integers.FmodInts>(call), (call) => integers.division<integers.FloorDivideInts>(call),
];
