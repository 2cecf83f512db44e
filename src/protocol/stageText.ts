// What an inspection is at, in words.
import { formatAmount } from './amounts.ts';
import type { InspectStage } from './runtimeApi.ts';

export function stageText(stage: InspectStage): string {
  switch (stage.kind) {
    case 'file': return `running line ${stage.line}`;
    case 'model': return `making and calling \`${stage.model}\``;
    case 'layers': {
      const { done, total, model } = stage;
      return done < total ? `computing \`${model}\`: ${done} of ${formatAmount(total, 'layer')}` : `computing the gradients of \`${model}\``;
    }
    default: return stage satisfies never;
  }
}
