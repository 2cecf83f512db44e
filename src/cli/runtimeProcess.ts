// The runtime process of one call of the command: started when it is needed, ended with the call.
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
import type { InspectStage, TrainingProgress } from '../protocol/runtimeApi.ts';
import { launchRuntime, type RuntimeConnection } from '../runtime/launch.ts';

export interface RuntimeListener {
  /** A line that the file printed, or that the runtime has to say. */
  onLog(level: 'info' | 'warning' | 'error', text: string): void;
  onProgress?(progress: TrainingProgress): void;
  onStage?(stage: InspectStage): void;
}

/** Runs `use` with a runtime and ends the process, however `use` ends. `folders`: what model code may import from. */
export async function withRuntime<T>(folders: readonly string[], listener: RuntimeListener, use: (connection: RuntimeConnection) => Promise<T>): Promise<T> {
  const connection = await launchRuntime({
    // The programs lie side by side in dist/.
    entry: fileURLToPath(new URL('./runtime.js', import.meta.url)),
    readableRoots: [...new Set(folders)],
    events: {
      ready: () => {},
      log: ({ level, text }) => listener.onLog(level, text),
      trainingProgress: (progress) => listener.onProgress?.(progress),
      inspecting: (stage) => listener.onStage?.(stage),
    },
    onStderr: (text) => listener.onLog('warning', text.trimEnd()),
  });
  try {
    return await use(connection);
  } finally {
    connection.dispose();
  }
}

/** Folders that a request's model code may read. */
export function readableFolders(source: string, root: string | null): string[] {
  return [root ?? dirname(source), dirname(source)];
}
