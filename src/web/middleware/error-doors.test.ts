import express from 'express';
import request from 'supertest';
import { createSilentLog } from '../../machine/log';
import { DatabaseFailed } from '../../store/database/database-failed';
import { answerErrors } from './error-doors';

const fail = (error: unknown) => {
  const app = express();
  app.use((_request, _response, next) => next(error));
  const renderMessage = async (kind: string): Promise<string> => `<p>${kind}</p>`;
  return app.use(answerErrors({ log: createSilentLog(), renderMessage, basePath: '' }));
};

describe('A request that fails', () => {
  it('is to come again where the database cannot work just now, whoever asks', async () => {
    const app = fail(new DatabaseFailed('database or disk is full', 'SQLITE_FULL'));
    const page = await request(app).get('/pages/workspace').expect(503).expect('Retry-After', '5');
    expect(page.text).toBe('<p>unavailable</p>');
    const answer = await request(app).get('/api/v1/systems').expect(503).expect('Retry-After', '5');
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.text).not.toContain('disk');
  });

  it('is our mistake where a statement was wrong', async () => {
    const app = fail(new DatabaseFailed('no such table: words', 'SQLITE_ERROR'));
    const page = await request(app).get('/pages/workspace').expect(500);
    expect([page.text, page.headers['retry-after']]).toEqual(['<p>error</p>', undefined]);
    await request(app).get('/api/v1/systems').expect(500);
  });
});
