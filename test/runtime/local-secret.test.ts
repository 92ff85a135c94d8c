import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { localPseudonymKey, localSecret, localSecretFile } from '../../runtime/local-secret.ts';

const research = 'lakewright/stedi/pseudonym-key/research';

describe('the keys of local runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-keys-'));
  after(() => rmSync(folder, { recursive: true }));

  it('are the same in every run, for one purpose', async () => {
    const key = await localPseudonymKey(folder, research);
    expect(key).to.match(/^[0-9a-f]{64}$/);
    expect(await localPseudonymKey(folder, research)).to.equal(key);
    expect(readFileSync(localSecretFile(folder, research), 'utf8')).to.equal(key);
  });

  it('differ by purpose and by library', async () => {
    const keys = await Promise.all(
      [
        research,
        'lakewright/stedi/pseudonym-key/marketing',
        'lakewright/shop/pseudonym-key/research',
      ].map((id) => localPseudonymKey(folder, id)),
    );
    expect(new Set(keys).size).to.equal(3);
  });

  it('are not made up for a database', async () => {
    const id = 'lakewright/stedi/connection/crm';
    const missing: unknown = await localSecret(folder, id).catch((error: unknown) => error);
    expect(missing).to.have.property('code', 'runtime/connection-missing');
    writeFileSync(localSecretFile(folder, id), '{}');
    expect(await localSecret(folder, id)).to.equal('{}');
  });

  it('are read by their owner only', async () => {
    await localPseudonymKey(folder, research);
    expect(statSync(localSecretFile(folder, research)).mode & 0o077).to.equal(0);
  });

  for (const id of ['', '..', '../key', 'a/../b', '/a', 'a//b', 'a\\b', 'a.b', 'a b', 'A', 'ä']) {
    it(`have no file for ${JSON.stringify(id)}`, () => {
      expect(() => localSecretFile(folder, id)).to.throw('is not the id of a secret');
    });
  }
});
