import { SingleBar } from 'cli-progress';
import type { ImportStatus } from '../../ingestion/progress/import-status';
import type { Terminal } from '../terminal/terminal';

/** Shows how far an import is, while it is watched. */
export interface ImportProgress {
  show(status: ImportStatus): void;
  end(): void;
}

/** A bar on a terminal, a line every tenth elsewhere; both on standard error. */
export function createImportProgress(terminal: Terminal): ImportProgress {
  return terminal.errors.isTTY === true ? createBar(terminal) : createLines(terminal);
}

function createBar({ errors }: Terminal): ImportProgress {
  const format = 'Importing  [{bar}]  {value} of {total} pull requests{left}';
  const bar = new SingleBar({ format, stream: errors, hideCursor: true, gracefulExit: false });
  let isStarted = false;
  return {
    show({ pull_requests: { total, done }, eta_seconds }) {
      if (total === 0) return;
      const payload = { left: describeTimeLeft(eta_seconds) };
      if (!isStarted) bar.start(total, done, payload);
      isStarted = true;
      bar.setTotal(Math.max(total, done));
      bar.update(done, payload);
    },
    end() {
      if (isStarted) bar.stop();
    },
  };
}

function createLines(terminal: Terminal): ImportProgress {
  let told = -1;
  return {
    show({ pull_requests: { total, done }, eta_seconds }) {
      if (total === 0) return;
      const tenths = Math.floor((10 * done) / total);
      if (tenths > told) terminal.tell(`Importing: ${done} of ${total} pull requests${describeTimeLeft(eta_seconds)}.`);
      told = Math.max(told, tenths);
    },
    end: () => undefined,
  };
}

const minute = 60;

function describeTimeLeft(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < minute) return ', less than a minute left';
  const minutes = Math.ceil(seconds / minute);
  return minutes === 1 ? ', about a minute left' : `, about ${minutes} minutes left`;
}
