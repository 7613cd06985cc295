import { selectFields } from './fields';

const page = {
  size: 2,
  next: 'there',
  values: [
    { id: 1, author: { uuid: '{a}', name: 'A' }, participants: [{ user: { uuid: '{p}' }, role: 'REVIEWER' }] },
    { id: 2, author: null, participants: [] },
  ],
};
const hidden = ['values.participants'];

describe('Partial responses', () => {
  it('leave out what lists do not show', () => {
    expect(selectFields(page, null, hidden)).toStrictEqual({
      size: 2,
      next: 'there',
      values: [
        { id: 1, author: { uuid: '{a}', name: 'A' } },
        { id: 2, author: null },
      ],
    });
  });

  it('give only what is named: without `next` there is no next page', () => {
    expect(selectFields(page, 'values.id,values.author.uuid', hidden)).toStrictEqual({
      values: [
        { id: 1, author: { uuid: '{a}' } },
        { id: 2, author: null },
      ],
    });
  });

  it('add what is left out, in part or as a whole', () => {
    expect(selectFields(page, '+values.participants', hidden)).toStrictEqual(page);
    expect(selectFields(page, 'next,values.participants.user.uuid', hidden)).toStrictEqual({
      next: 'there',
      values: [{ participants: [{ user: { uuid: '{p}' } }] }, { participants: [] }],
    });
  });

  it('leave out what is named with a minus', () => {
    expect(selectFields(page, '-values.author,-size,-next', hidden)).toStrictEqual({ values: [{ id: 1 }, { id: 2 }] });
  });

  it('read an unencoded plus as a blank, which names instead of adding', () => {
    expect(selectFields(page, ' size', hidden)).toStrictEqual({ size: 2 });
  });
});
