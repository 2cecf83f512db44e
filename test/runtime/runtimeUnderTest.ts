// A runtime process from dist/, for tests: one at a time, with what it says collected.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InspectOptions, InspectRequest, InspectResult, TrainingProgress } from '../../src/protocol/runtimeApi.ts';
import { launchRuntime, type LaunchOptions, type RuntimeConnection } from '../../src/runtime/launch.ts';

export const runtimeEntry = fileURLToPath(new URL('../../dist/runtime.js', import.meta.url));

export const defaultOptions: InspectOptions = { seed: 0, mode: 'train', timeLimitSeconds: 10, memoryLimitMiB: 4096 };

export class RuntimeUnderTest {
  readonly progress: TrainingProgress[] = [];
  readonly logged: string[] = [];

  private constructor(readonly connection: RuntimeConnection) {}

  static async start(more: Pick<LaunchOptions, 'flags'> & { readonly roots?: readonly string[] } = {}): Promise<RuntimeUnderTest> {
    if (!existsSync(runtimeEntry)) throw new Error('dist/ is not built: run `npm run build` first');
    const progress: TrainingProgress[] = [];
    const logged: string[] = [];
    const connection = await launchRuntime({
      entry: runtimeEntry,
      readableRoots: more.roots ?? [],
      ...(more.flags && { flags: more.flags }),
      events: { ready: () => {}, inspecting: () => {}, trainingProgress: (payload) => progress.push(payload), log: ({ text }) => logged.push(text) },
      onStderr: (text) => logged.push(text),
    });
    return Object.assign(new RuntimeUnderTest(connection), { progress, logged });
  }

  inspect(text: string, options: Partial<InspectOptions> = {}, more: Partial<InspectRequest> = {}, signal?: AbortSignal): Promise<InspectResult> {
    return this.connection.rpc.call('inspect', {
      source: { path: 'model.py', text }, overlays: [], root: null, options: { ...defaultOptions, ...options }, ...more,
    }, signal);
  }
}
