// Sizes and places in memory that the kernels and the host must agree on: both import them from here.

/** Threads that there are at most. */
export const MAXIMUM_THREADS = 16;
/** Below lie the words by which threads meet (team.ts, threads.ts) and the kernels' own constants (`--memoryBase` in scripts/kernels.mjs); then the threads' scratch. */
export const RESERVED_BYTES = 65536;
/** Where the host writes how many milliseconds a thread waits for the others, which then must have ended (threads.ts). */
export const MEETING_LIMIT = 1216;
/** Each thread's own scratch. Chains have the first part, which holds a tile of each operand; what they run within has the rest. */
export const THREAD_AREA_BYTES = 131072;
export const CHAIN_AREA_BYTES = 65536;
/** Operands that a chain has at most. */
export const CHAIN_OPERANDS = 24;

/** Depth and columns of a product's packed block: 1 MiB, which stays in the second-level cache. */
export const BLOCK_DEPTH = 512;
export const BLOCK_COLUMNS = 512;
/** Rows of the left side that are met with one block before the next rows: their part stays in the second-level cache too. */
export const BLOCK_ROWS = 96;
/** What one call of the micro-kernel makes, 6 × 8 floats, where it does not fit the result. */
export const EDGE_BYTES = 192;
/** Of each thread: a block of the right side, packed rows of the left one, an edge. */
export const GEMM_SCRATCH_BYTES = 4 * BLOCK_DEPTH * BLOCK_COLUMNS + 4 * BLOCK_ROWS * BLOCK_DEPTH + EDGE_BYTES;

/** Lanes of a reduction that are each divided among the threads, at most: a float64 for each of them and of the threads. */
export const FEW_LANES = 16;

/** Queries and keys that attention looks at together. */
export const ATTENTION_QUERIES = 48;
export const ATTENTION_KEYS = 128;

/** A fault: its state and an unused word, position and value as float64. */
export const FAULT_BYTES = 24;
export const FAULT_VALUE = 16;

/** Words of MT19937's state. */
export const STATE_WORDS = 624;

/** Bins of a histogram, and how many histograms a thread fills: one for each lane. */
export const BINS = 64;
export const HISTOGRAM_LANES = 4;
/** What `moments` leaves: how many threads took part, then so many float64 for each (assembly/statistics.ts, measuring.ts). */
export const MOMENTS_HEADER_BYTES = 16;
export const MOMENTS_DOUBLES = 13;
