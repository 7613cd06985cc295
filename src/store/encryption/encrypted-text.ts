import type { Column } from '../database/table';
import type { Encrypted } from './encryption';

/** A column of text that only the encryption key opens: a change of the key finds it by this. */
export const encryptedText: Column<Encrypted> = { type: 'text', isNullable: false, isEncrypted: true };
