// Lanes along one axis of a tensor: what the kernels that go along an axis are given first.

/** Element i of lane (o, n) is at (o · size + i) · inner + n. */
@unmanaged export class LaneArguments { x: usize; y: usize; outer: i32; size: i32; inner: i32; }
