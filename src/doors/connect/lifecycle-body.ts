import { z } from 'zod';
import { clientKeySchema } from './verify-token';

export type InstalledBody = NonNullable<ReturnType<typeof toInstalledBody>>;

const uuidForm = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/iu;

/** With braces and in small letters, or `null` for anything that is no UUID (a placeholder left unfilled, say). */
export function toUuid(text: string): string | null {
  const digits = uuidForm.exec(text)?.[1];
  return digits === undefined ? null : `{${digits.toLowerCase()}}`;
}

const envelope = z.object({ clientKey: clientKeySchema, productType: z.literal('bitbucket').optional() });

const installed = z.object({
  key: z.string(),
  eventType: z.literal('installed'),
  productType: z.literal('bitbucket'),
  clientKey: clientKeySchema,
  // How long Bitbucket makes it is not told: it is believed only once Bitbucket has taken it.
  sharedSecret: z.string().min(8).max(512),
  principal: z.object({ uuid: z.string().transform(toUuid).pipe(z.string()) }),
});

/**
 * The body of an `installed` call, as far as it is believed; its addresses are read by nobody. `null` when it is not an
 * install of this app. `workspace`: its UUID with braces.
 */
export function toInstalledBody(body: unknown, appKey: string) {
  const checked = installed.safeParse(body);
  if (!checked.success || checked.data.key !== appKey) return null;
  const { clientKey, principal, sharedSecret } = checked.data;
  return { clientKey, sharedSecret, workspace: principal.uuid };
}

/** The clientKey of `uninstalled`, `enabled` and `disabled`, whose other members are not documented. */
export function toClientKey(body: unknown, event: string): string | null {
  const checked = envelope.extend({ eventType: z.literal(event).optional() }).safeParse(body);
  return checked.success ? checked.data.clientKey : null;
}
