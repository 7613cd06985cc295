import { findPatternProblem, mostBotPatterns } from '../../../domain/reviews/find-bots';
import type { RowSaid } from '../../presentation/rows/row-editing';
import { toSeen } from '../../presentation/rows/row-seen';
import { saidTexts } from '../../presentation/rows/words';
import { sayDone, sayOvertaken, sayRefused, type ActParts } from './act-parts';

/** Puts the whole name of an account among the patterns of the settings by which bots are known. */
export async function makeBot(parts: ActParts): Promise<RowSaid> {
  const { command, snapshot, stored } = parts;
  const [uuid = ''] = command.subjects;
  const name = findName(snapshot, uuid);
  if (name === null) return sayRefused(parts, saidTexts.gone);
  const undo = { act: 'undo-bot', subjects: [uuid] } as const;
  if (stored.bots.includes(name)) return sayDone(parts, saidTexts.bot(name), undo);
  if (command.seen !== toSeen.bots(stored)) return sayOvertaken(parts);
  if (stored.bots.length >= mostBotPatterns) return sayRefused(parts, saidTexts.tooManyBots);
  await saveBots(parts, [...stored.bots, name]);
  return sayDone(parts, saidTexts.bot(name), undo);
}

/** `null`: there is no such account, or nothing that it could be known by. */
function findName({ people }: ActParts['snapshot'], uuid: string): string | null {
  const name = people.find((person) => person.uuid === uuid)?.displayName ?? null;
  return name === null || findPatternProblem(name) !== null ? null : name;
}

export async function undoBot(parts: ActParts): Promise<RowSaid> {
  const { command, snapshot, stored } = parts;
  const person = snapshot.people.find(({ uuid }) => uuid === command.subjects[0]);
  if (person === undefined || person.displayName === null) return sayRefused(parts, saidTexts.gone);
  const { displayName } = person;
  if (stored.bots.includes(displayName)) {
    await saveBots(
      parts,
      stored.bots.filter((pattern) => pattern !== displayName),
    );
  }
  return sayDone(parts, saidTexts.undoneBot(displayName));
}

/** The snapshot is of somebody who sees all: its settings are whole. */
async function saveBots({ snapshot, administration, request }: ActParts, bots: readonly string[]): Promise<void> {
  const { settings } = snapshot;
  const exclusions = { ...settings.exclusions, bots };
  await administration.saveSettings(request.caller.workspace, { ...settings, exclusions });
}
