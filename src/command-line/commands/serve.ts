import type { Command } from 'commander';
import { addCommon, type Act } from './help';

export function addServe(program: Command, act: Act): void {
  const command = program
    .command('serve')
    .summary('run the server')
    .description(
      'Runs the server until it is stopped with Ctrl-C or SIGTERM. The environment sets it up: README.md lists the variables.',
    )
    .action(() => act(({ needs, report }) => needs.serve({ isJson: report.isJson })));
  addCommon(command, {
    examples: [
      ['Run it on this machine', 'drumbeat serve'],
      ['Run it behind a proxy', 'NODE_ENV=production BASE_URL=https://drumbeat.example.com drumbeat serve'],
    ],
    exits: ['done', 'failed', 'wrongUse'],
    isServer: true,
  });
}
