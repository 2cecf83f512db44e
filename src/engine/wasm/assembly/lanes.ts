// Lanes along one axis of a tensor: what the kernels that go along an axis are given first.

/** Element i of lane (o, n) is at (o · size + i) · inner + n. */
@unmanaged export class LaneArguments {
  x: usize; y: usize; outer: i32; size: i32; inner: i32;

  /** Where a lane begins, in elements; it goes on `inner` apart. Lanes count from (0, 0) on, n first. */
  @inline firstOf(lane: i32): i32 {
    return (lane / this.inner) * this.size * this.inner + lane % this.inner;
  }
}

/** Which of as many places as lanes are worked on at the same time is that of `lane`, where a thread works on one after the other. */
@inline export function laneSlot(lane: i32, lanes: i32, thread: i32, threads: i32): i32 {
  return lanes < threads ? lane : thread;
}
