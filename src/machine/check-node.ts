import { CannotStart } from './cannot-start';

const oldestNode = [20, 19] as const;

/** @throws {CannotStart} for a version of Node that is too old */
export function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new CannotStart(`Node ${version} is too old: ${oldestNode.join('.')} or newer is needed.`);
}
