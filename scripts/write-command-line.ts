import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { createProgram } from '../src/command-line/program';

export const commandLineFile = path.resolve(__dirname, '../docs/command-line.md');

const width = 100;

/** The text of the document: what each command says of itself with `--help`. */
export function writeCommandLine(): string {
  const program = createProgram(async () => undefined, {
    ...{ version: '', width, print: () => undefined, tell: () => undefined },
  });
  const commands = program.commands.filter((command) => command.name() !== 'help');
  return [
    '# The command line',
    'Written by `npm run command-line` from what every command says with `--help`.',
    '`npx drumbeat` runs it in a checkout after `npm install`: what `npm run build` has made, or the sources where they are newer. It reads the environment of the server and opens the same database with the same key, beside a server that runs or without one; a server takes up the work that it puts down within a second. Run it as the user and in the folder of the server.',
    'A token is asked for on a terminal without showing it, else read from standard input, or from the file that `--token-file` names. No option takes one: arguments can be read by everybody on the machine. With `--json` standard output holds one JSON object with names that stay, also where a command fails (`outcome`, `exit_code`, `sentence`, `way_out`). Colours and bars show on a terminal alone; `NO_COLOR` switches colours off.',
    toSection('drumbeat', program),
    ...commands.map((command) => toSection(`drumbeat ${command.name()}`, command)),
  ].join('\n\n');
}

function toSection(title: string, command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => width });
  command.outputHelp();
  return `## ${title}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``;
}

if (require.main === module) {
  writeFileSync(commandLineFile, `${writeCommandLine()}\n`);
}
