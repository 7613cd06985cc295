import type * as Prompts from '@clack/prompts';
import { CommandFailed } from '../outcomes/command-failed';
import type { Terminal } from './terminal';

/** Questions go to standard error: standard output belongs to the result. */
async function ask<T>(
  terminal: Terminal,
  show: (prompts: typeof Prompts, streams: PromptStreams) => Promise<T | symbol>,
): Promise<T> {
  const prompts = await import('@clack/prompts');
  const answer = await show(prompts, { input: terminal.input, output: terminal.errors, withGuide: false });
  if (typeof answer === 'symbol') throw new CommandFailed('interrupted', 'Stopped. Nothing was changed.');
  return answer;
}

interface PromptStreams {
  readonly input: Terminal['input'];
  readonly output: Terminal['errors'];
  readonly withGuide: boolean;
}

/** What is typed or pasted shows as dots. `check` gives a sentence for what cannot be. */
export async function askSecret(
  terminal: Terminal,
  { message, check }: { readonly message: string; readonly check: (text: string) => string | null },
): Promise<string> {
  const validate = (text: string | undefined): string | undefined => check((text ?? '').trim()) ?? undefined;
  return (
    await ask<string>(terminal, (prompts, streams) => prompts.password({ ...streams, message, validate }))
  ).trim();
}

/** `null` when nothing was typed. */
export async function askText(
  terminal: Terminal,
  { message, check }: { readonly message: string; readonly check: (text: string) => string | null },
): Promise<string | null> {
  const validate = (text: string | undefined): string | undefined => {
    const typed = (text ?? '').trim();
    return typed === '' ? undefined : (check(typed) ?? undefined);
  };
  // Nothing typed is `undefined`, whatever the type says.
  const answer = await ask<string | undefined>(terminal, (prompts, streams) =>
    prompts.text({ ...streams, message, validate }),
  );
  const typed = (answer ?? '').trim();
  return typed === '' ? null : typed;
}

/** No, unless somebody says yes. */
export async function askConsent(terminal: Terminal, message: string): Promise<boolean> {
  return ask<boolean>(terminal, (prompts, streams) => prompts.confirm({ ...streams, message, initialValue: false }));
}
