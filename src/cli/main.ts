// The headless command, `activation-lens`. Exit status: 0 done; 1 the file has no model, or the model failed; 2 the words are off.
import { parseCommand, usage, UsageError } from './arguments.ts';
import { CommandOutput } from './commandOutput.ts';
import { inspectCommand } from './inspectCommand.ts';
import { trainCommand } from './trainCommand.ts';
import { version } from '../../package.json';

async function run(words: readonly string[]): Promise<number> {
  const command = parseCommand(words);
  if (command.kind === 'help' || command.kind === 'version') {
    process.stdout.write(`${command.kind === 'help' ? usage : version}\n`);
    return 0;
  }
  const output = new CommandOutput(command.arguments.output);
  const status = command.kind === 'inspect' ? await inspectCommand(command.arguments, output) : await trainCommand(command.arguments, output);
  output.end();
  return status;
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { message } = error as Error;
  process.stderr.write(`${error instanceof UsageError ? '' : 'activation-lens: '}${message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
