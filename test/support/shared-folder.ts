import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of captured bodies and real history beside the project; conformance tests read it, nothing else. */
export const sharedFolder = process.env['DRUMBEAT_SHARED'] ?? path.resolve(__dirname, '../../../shared');

export interface Capture {
  /** The folder it lies in: what kind of body it is. */
  readonly kind: string;
  /** `<kind>/<file>` */
  readonly name: string;
  readonly body: unknown;
}

/** Every captured body below one of the folders `api`, `webhooks` and `lifecycle`. */
export function readCaptures(area: 'api' | 'webhooks' | 'lifecycle'): Capture[] {
  const root = path.join(sharedFolder, 'captures', area);
  return readdirSync(root)
    .sort()
    .flatMap((kind) =>
      readdirSync(path.join(root, kind))
        .sort()
        .map((file) => ({
          kind,
          name: `${kind}/${file}`,
          body: JSON.parse(readFileSync(path.join(root, kind, file), 'utf8')) as unknown,
        })),
    );
}
