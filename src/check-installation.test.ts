import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkInstallation } from './check-installation';
import { createRememberingLog } from '../test/support/remembering-log';

describe('An installation', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'drumbeat-installation-'));
  const { log, lines } = createRememberingLog();
  afterAll(() => rmSync(folder, { recursive: true }));

  it('without the files beside the code is refused, by their names', () => {
    writeFileSync(path.join(folder, 'atlassian-connect.json'), '{}');
    expect(() => checkInstallation(log, folder)).toThrow(`config.json, views is missing in ${folder}`);
  });

  it('without what is built starts, and the log says what its pages lack', () => {
    writeFileSync(path.join(folder, 'config.json'), '{}');
    mkdirSync(path.join(folder, 'views'));
    checkInstallation(log, folder);
    expect(lines).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringContaining('npm run build') as unknown }),
    ]);
    mkdirSync(path.join(folder, 'public', 'built'), { recursive: true });
    checkInstallation(log, folder);
    expect(lines).toHaveLength(1);
  });
});
