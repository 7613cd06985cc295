import type { IncidentProof } from '../incidents/incident-proof';
import { toProofColumns } from './build-month';
import { toRowId, type RowId } from './change-month';
import type { MonthColumns } from './month-columns';

/** The month as if its merges proved these incidents, and no others. */
export function replaceProofs(month: MonthColumns, proofs: ReadonlyMap<RowId, IncidentProof>): MonthColumns {
  const { system, number } = month.merges;
  const found = [...system].flatMap((own, row) => {
    const proof = proofs.get(toRowId(own, number[row] ?? 0));
    return proof === undefined ? [] : [{ ...proof, row }];
  });
  return { ...month, merges: { ...month.merges, proofs: toProofColumns(found) } };
}
