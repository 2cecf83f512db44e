// Sizes and places in memory that the kernels and the host must agree on: both import them from here.

/** Threads that there are at most. */
export const maximumThreads = 16;
/** Below lie the words by which threads meet (team.ts, threads.ts) and the kernels' own constants (`--memoryBase` in scripts/kernels.mjs); then the threads' scratch. */
export const reservedBytes = 65536;
/** Where the host writes how many milliseconds a thread waits for the others, which then must have ended (threads.ts). */
export const meetingLimit = 1216;
/** Each thread's own scratch. Chains have the first part, which holds a tile of each operand; what they run within has the rest. */
export const threadAreaBytes = 131072;
export const chainAreaBytes = 65536;
/** Operands that a chain has at most. */
export const chainOperands = 24;

/** Depth and columns of a product's packed block: 1 MiB, which stays in the second-level cache. */
export const blockDepth = 512;
export const blockColumns = 512;
/** Rows of the left side that are met with one block before the next rows: their part stays in the second-level cache too. */
export const blockRows = 96;
/** What one call of the micro-kernel makes, 6 × 8 floats, where it does not fit the result. */
export const edgeBytes = 192;
/** Of each thread: a block of the right side, packed rows of the left one, an edge. */
export const gemmScratchBytes = 4 * blockDepth * blockColumns + 4 * blockRows * blockDepth + edgeBytes;

/** Lanes of a reduction that are each divided among the threads, at most: a float64 for each of them and of the threads. */
export const fewLanes = 16;

/** Queries and keys that attention looks at together. */
export const attentionQueries = 48;
export const attentionKeys = 128;

/** A fault: its state and an unused word, position and value as float64. */
export const faultBytes = 24;
export const faultValue = 16;

/** Words of MT19937's state. */
export const stateWords = 624;

/** Bins of a histogram, and how many histograms a thread fills: one for each lane. */
export const binCount = 64;
export const histogramLanes = 4;
/** What `moments` leaves: how many threads took part, then so many float64 for each (assembly/statistics.ts, measuring.ts). */
export const momentsHeaderBytes = 16;
export const momentsDoubles = 13;
