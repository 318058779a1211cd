// Stories, step by step, as the people in them live it.

import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, PARTNERS, filing, registration, serial, startDaemon } from '../../fixture.js';

let api;

before(async () => {
    api = await startDaemon();
});
after(() => api?.stop());

/**
 * Run a story. A step is [label, who, method, path, body, expected status,
 * check(body, told)]; `{label.member}` in a path, and functions of what was told
 * so far in place of a body, take values from earlier answers. A move brings
 * the ETag it has just read; a report waits until all is folded that it is made of.
 */
async function play(steps) {
    const told = {};
    const fill = (path) => path.replace(/\{(\w+)\.(\w+)\}/g, (_, label, member) => told[label][member]);
    const tokenOf = async (who) => (who === 'nobody' ? undefined : who === 'customer' ? told.filed.token : api.as(who));

    for (const [label, who, method, path, body, status, check] of steps) {
        const target = fill(path);
        const token = await tokenOf(who);
        const match = target.endsWith('/transitions')
            ? (await api.get(target.replace('/transitions', ''), { token })).headers.etag : undefined;
        if (target.includes('/analytics/'))
            await api.folded();
        const answer = await api.call(method, target, {
            token, match, key: method === 'POST', body: typeof body === 'function' ? body(told) : body,
        });

        assert.equal(answer.status, status, `${label} (${who} ${method} ${target}): ${answer.text}`);
        told[label] = answer.body;
        check?.(answer.body, told);
    }
    return told;
}

const machine = serial();
const rate = (label, check) => [label, 'manager', 'GET', '/api/v1/analytics/lines', undefined, 200, check];
const tillers = ({ items }) => items.find(({ id }) => id === LINES.tiller);

test('a machine is registered, breaks, is repaired by a partner, and counts in the rate of its line', async () => {
    const told = await play([
        rate('before'),
        ['registered', 'nobody', 'POST', '/api/v1/registrations', registration({ serial: machine }), 201],
        ['filed', 'nobody', 'POST', '/api/v1/returns', filing({ serial: machine }), 201],
        ['again', 'nobody', 'POST', '/api/v1/returns', filing({ serial: machine }), 409],
        ['mine', 'customer', 'GET', '/api/v1/returns/{filed.id}', undefined, 200,
            (body) => assert.equal(body.state, 'submitted')],
        ['jobs', 'partner', 'GET', '/api/v1/tickets?state=offered', undefined, 200,
            (body, { filed }) => assert.equal(body.items[0].number, filed.number)],
        ['accepted', 'partner', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'accepted', note: 'We have the part.' }, 200],
        ['approved', 'customer', 'GET', '/api/v1/returns/{filed.id}', undefined, 200,
            (body) => assert.equal(body.state, 'approved')],
        rate('counted', (body, { before }) => assert.equal(tillers(body).returned, tillers(before).returned + 1)),
        ['appointed', 'partner', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'appointed', note: 'Monday, nine.' }, 200],
        ['question', 'customer', 'POST', '/api/v1/returns/{filed.id}/messages', { note: 'Ten is better for me.' }, 201],
        ['working', 'partner', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'in_work', note: 'On the bench.' }, 200],
        ['waiting', 'partner', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'waiting_parts', note: 'Coil ordered.' }, 200],
        ['resumed', 'partner', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'in_work', note: 'Coil is here.' }, 200],
        ['done', 'partner', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'done', note: 'Runs again.' }, 200],
        ['verified', 'agent', 'POST', '/api/v1/tickets/{mine.ticket}/transitions', { to: 'verified', note: 'Thank you.' }, 200],
        ['over', 'customer', 'GET', '/api/v1/returns/{filed.id}', undefined, 200, (body) => assert.equal(body.state, 'closed')],
        rate('after', (body, { counted }) => assert.equal(tillers(body).returned, tillers(counted).returned)),
        ['story', 'customer', 'GET', '/api/v1/returns/{filed.id}/events?limit=100', undefined, 200],
        ['refiled', 'nobody', 'POST', '/api/v1/returns', filing({ serial: machine, reason: 'repeat' }), 201],
    ]);
    const notes = told.story.items.map(({ note }) => note).filter(Boolean).reverse();

    assert.deepEqual(notes, ['We have the part.', 'Monday, nine.', 'Ten is better for me.', 'On the bench.', 'Coil ordered.',
                             'Coil is here.', 'Runs again.', 'Thank you.']);
});

test('a partner declines, staff finds another, the customer never notices but the name', async () => {
    await play([
        ['filed', 'nobody', 'POST', '/api/v1/returns', filing(), 201],
        ['first', 'agent', 'GET', '/api/v1/returns/{filed.id}', undefined, 200],
        ['declined', 'partner', 'POST', '/api/v1/tickets/{first.ticket}/transitions', { to: 'declined', note: 'Holiday.' }, 200],
        ['offered', 'agent', 'POST', '/api/v1/returns/{filed.id}/tickets', { partner: PARTNERS.sued }, 201],
        ['mine', 'otherPartner', 'GET', '/api/v1/tickets/{offered.id}', undefined, 200],
        ['gone', 'partner', 'GET', '/api/v1/tickets/{offered.id}', undefined, 404],
        ['accepted', 'otherPartner', 'POST', '/api/v1/tickets/{offered.id}/transitions', { to: 'accepted', note: 'Bring it in.' }, 200],
        ['story', 'customer', 'GET', '/api/v1/returns/{filed.id}/events', undefined, 200,
            ({ items }) => assert.equal(items.find(({ note }) => note === 'Bring it in.').actor_name, 'Werkstatt Sued')],
    ]);
});

test('more is asked, the customer answers, the return is approved, then taken back', async () => {
    await play([
        ['filed', 'nobody', 'POST', '/api/v1/returns', filing({ country: 'IT' }), 201],
        rate('before'),
        ['asked', 'agent', 'POST', '/api/v1/returns/{filed.id}/transitions', { to: 'need_info', note: 'A photo, please.' }, 200],
        ['answered', 'customer', 'POST', '/api/v1/returns/{filed.id}/messages', { note: 'It is on its way.' }, 201],
        ['approved', 'agent', 'POST', '/api/v1/returns/{filed.id}/transitions', { to: 'approved' }, 200],
        rate('counted', (body, { before }) => assert.equal(tillers(body).returned, tillers(before).returned + 1)),
        ['rejected', 'manager', 'POST', '/api/v1/returns/{filed.id}/transitions', { to: 'rejected', note: 'Not ours.' }, 200],
        rate('after', (body, { before }) => assert.equal(tillers(body).returned, tillers(before).returned)),
        ['too late', 'customer', 'POST', '/api/v1/returns/{filed.id}/transitions', { to: 'cancelled' }, 409],
    ]);
});
