// A thread of the tensor engine: it waits in shared memory for kernels to run, for as long as the process lives.
import { workerData } from 'node:worker_threads';
import { serveThread, type ThreadStart } from '../engine/wasm/team.ts';

serveThread(workerData as ThreadStart);
