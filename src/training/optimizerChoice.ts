// Which optimizer a run takes: the one asked for, else the file's, with the file's settings where it is the file's.
import { defaultLearningRates } from '../analysis/trainingDefaults.ts';
import type { OptimizerSettings } from '../engine/optimizerStep.ts';
import type { TraceTraining } from '../graph/modelTrace.ts';
import type { OptimizerName } from '../protocol/report.ts';
import type { TrainOptions } from '../protocol/runtimeApi.ts';
import { optimizerSettings } from './optimizers.ts';

export interface OptimizerChoice {
  readonly name: OptimizerName;
  readonly settings: OptimizerSettings;
  /** What training does otherwise than the file. */
  readonly notes: readonly string[];
}

export function chooseOptimizer(ofFile: TraceTraining, asked: TrainOptions): OptimizerChoice {
  const name = asked.optimizer ?? ofFile.optimizer ?? 'adam';
  const isFiles = name === ofFile.optimizer;
  const settings = isFiles ? ofFile.settings : {};
  return {
    name,
    settings: optimizerSettings(name, { ...settings, learningRate: asked.learningRate ?? settings.learningRate ?? defaultLearningRates[name] }),
    notes: isFiles && asked.optimizer === undefined ? ofFile.notes : [],
  };
}
