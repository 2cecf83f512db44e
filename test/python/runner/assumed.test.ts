import { itRuns, type RunCase } from './runCase.ts';

const cases: readonly RunCase[] = [
  {
    title: 'assumes required command-line arguments by type, choices and meaning',
    text: [
      'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--hidden-size", type=int, required=True)',
      'parser.add_argument("--lr", type=float, default=0.5)', 'parser.add_argument("mode", choices=["fast", "slow"])',
      'args = parser.parse_args()', 'print(args.hidden_size, args.lr, args.mode)', '',
    ].join('\n'),
    diagnostics: ['skipped 6:7-26 required arguments of the command line are assumed: --hidden-size = 64, mode = fast'],
    output: '64 0.5 fast\n',
  },
  {
    title: 'takes a required argument from the help text that lists its words, and what needs no data first',
    text: [
      'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--dataset", required=True, help="mnist | folder | fake")',
      'parser.add_argument("--kind", required=True, help="one | two | three")', 'args = parser.parse_args()', 'print(args.dataset, args.kind)', '',
    ].join('\n'),
    diagnostics: ['skipped 5:7-26 required arguments of the command line are assumed: --dataset = fake, --kind = one'],
    output: 'fake one\n',
  },
  {
    title: 'assumes an option without a value where the file opens or makes what it names, and asks nowhere whether it has one',
    text: [
      'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--config", default="")', 'parser.add_argument("--log_dir", type=str)',
      'parser.add_argument("--resume_dir", type=str)', 'parser.add_argument("--weights")', 'args = parser.parse_args()', 'if args.resume_dir:', '    print("resumes")',
      'print(open(args.config).read().strip(), args.log_dir, args.weights)', '',
    ].join('\n'),
    options: { files: { 'config.json': '{"width": 8}' } },
    diagnostics: ['skipped 7:7-26 required arguments of the command line are assumed: --config = /workspace/config.json, --log_dir = log_dir'],
    output: '{"width": 8} log_dir None\n',
  },
];

describe('the command line of a script', () => {
  cases.forEach(itRuns);
});
