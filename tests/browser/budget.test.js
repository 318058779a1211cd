// What a page may cost somebody with an old telephone and a poor network.

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { startDaemon } from '../fixture.js';
import { PHONE, Visitor, launch, skip } from '../support/browser.js';

const KIB = 1024;
const BUDGET = { document: 8 * KIB, script: 20 * KIB, stylesheet: 12 * KIB, font: 0, image: 4 * KIB };
const REQUESTS = 8;
const READY_MS = 1500;

describe('a customer\'s page', { skip }, () => {
    let api;
    let browser;

    before(async () => {
        api = await startDaemon();
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await api?.stop();
    });

    for (const locale of ['en', 'zh-Hans']) {
        for (const page of ['', 'return', 'track', 'sign-in']) {
            test(`/${locale}/${page} keeps to its budget of bytes and requests`, async () => {
                const visitor = await Visitor.open(browser, api.origin, { locale, ...PHONE });

                await visitor.goto(page);
                await visitor.page.waitForLoadState('networkidle');
                const spent = {};

                for (const answer of visitor.answers) {
                    const type = answer.request().resourceType();

                    assert.ok(new URL(answer.url()).origin === api.origin, `nothing from elsewhere: ${answer.url()}`);
                    spent[type] = (spent[type] ?? 0) + Number(answer.headers()['content-length'] ?? 0);
                }
                assert.ok(visitor.answers.length <= REQUESTS, `${visitor.answers.length} requests`);
                for (const [type, bytes] of Object.entries(BUDGET))
                    assert.ok((spent[type] ?? 0) <= bytes, `${type}: ${spent[type]} bytes`);
                console.log(`${locale}/${page}: ${visitor.answers.length} requests,`, spent);
                await visitor.close();
            });
        }
    }

    test('text goes over the network compressed, and assets are kept for ever', async () => {
        const visitor = await Visitor.open(browser, api.origin, PHONE);

        await visitor.goto('return');
        await visitor.page.waitForLoadState('networkidle');
        for (const answer of visitor.answers.filter((each) => ['document', 'script', 'stylesheet'].includes(each.request().resourceType()))) {
            const headers = answer.headers();

            assert.ok(['br', 'gzip'].includes(headers['content-encoding']), answer.url());
            assert.match(headers.vary, /accept-encoding/i);
            if (answer.url().includes('/assets/'))
                assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
        }
        await visitor.close();
    });

    test('the second visit asks, and is told that nothing has changed', async () => {
        const visitor = await Visitor.open(browser, api.origin, PHONE);

        await visitor.goto('return');
        await visitor.page.waitForLoadState('networkidle');
        const { headers } = await api.call('GET', '/en/return', { headers: { 'accept-encoding': 'br' } });
        const again = await api.call('GET', '/en/return', { headers: { 'accept-encoding': 'br', 'if-none-match': headers.etag } });

        assert.equal(again.status, 304);
        assert.notEqual((await api.get('/en/return')).headers.etag, headers.etag, 'each coding has its own ETag');
        await visitor.close();
    });

    test('it is ready in a second and a half on a slow network with a slow processor', async () => {
        const times = [];

        for (let round = 0; round < 3; round++) {
            const visitor = await Visitor.open(browser, api.origin, PHONE);
            const session = await visitor.context.newCDPSession(visitor.page);

            await session.send('Network.enable');
            await session.send('Network.emulateNetworkConditions', {
                offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8,
            });
            await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
            await visitor.goto('return');
            times.push(await visitor.page.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd));
            await visitor.close();
        }
        times.sort((a, b) => a - b);
        assert.ok(times[1] <= READY_MS, `median ${times[1]} ms`);
        console.log(`ready after ${times.map(Math.round)} ms`);
    });
});
