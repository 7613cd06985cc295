/** What the operating system refuses most, in words; anything else is told by its code. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'not found',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EROFS: 'the file system can only be read',
  ENOSPC: 'no room is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
};

/** Why the operating system refused, for a sentence to a person. */
export function describeSystemError(error: unknown): string {
  const code = readErrorCode(error);
  return code === null ? 'for an unknown reason' : (reasons[code] ?? code);
}

/** `ENOENT` and its like, or the code of a database; by its shape, for errors of native code may be of another realm. */
export function readErrorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
