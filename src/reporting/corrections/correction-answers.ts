import type { Loader } from '../facts/workspace-material';
import type { Stores } from '../../store/stores';
import type { Reporting } from '../reporting';
import { countExclusions } from './count-exclusions';
import { toCorrectionItems, toNoteItems } from './list-corrections';
import { previewIncidentRules } from './preview-incident-rules';

type Answers = Pick<Reporting, 'loadCorrections' | 'loadNotes' | 'previewIncidentRules' | 'countExclusions'>;

/** What administrators ask of what they put right, wrote on the charts and leave out. */
export function createCorrectionAnswers({ notes }: Pick<Stores, 'notes'>, loader: Loader): Answers {
  return {
    loadCorrections: async (uuid) => {
      const material = await loader.load(uuid);
      const { known, systems } = material;
      const names = { systems, people: known.people, effective: known.corrected.effective };
      return toCorrectionItems(known.corrections, { ...names, open: await loader.loadOpen(material) });
    },
    loadNotes: async (uuid) => {
      const [{ known }, stored] = await Promise.all([loader.load(uuid), notes.list(uuid)]);
      return toNoteItems(stored, known.people);
    },
    previewIncidentRules: async (uuid, rules) => {
      const { known, systems } = await loader.load(uuid);
      return previewIncidentRules(known.material, { rules, systems, now: loader.clock.now() });
    },
    countExclusions: async (uuid, rules) => {
      const material = await loader.load(uuid);
      const { known, systems } = material;
      return countExclusions({ known, systems, open: await loader.loadOpen(material) }, rules);
    },
  };
}
