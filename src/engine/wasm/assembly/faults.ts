// What only the data of a run can make impossible: the kernel writes down the first element that is at fault and goes on with another value;
// the host reads it when the commands are done.

/** `state`: 0 nothing, 1 a fault, 2 somebody writes. `position` is the order in which the reference kernels would have met it. */
@unmanaged class Fault { state: i32; unused: i32; position: f64; value: f64; }

export function fault(address: usize, position: f64, value: f64): void {
  const f = changetype<Fault>(address);
  let state = atomic.load<i32>(address);
  while (state == 2 || atomic.cmpxchg<i32>(address, state, 2) != state) state = atomic.load<i32>(address);
  if (state == 0 || position < f.position) {
    f.position = position;
    f.value = value;
  }
  atomic.store<i32>(address, 1);
}
