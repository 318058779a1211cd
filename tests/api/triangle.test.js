import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { LINES, assertFields, assertProblem, nobody, startDaemon } from '../fixture.js';
import { history } from '../support/history.js';
import { printed } from '../support/stat.js';

let api;
let staff;
let made = 0;

before(async () => {
    api = await startDaemon();
    staff = { token: await api.as('manager') };
});
after(() => api?.stop());

/**
 * A line of which `shipped[i]` units left in the i-th month that ends with October 2025, and came
 * back in the periods of age that the cumulative row tells. At the end of November 2025 as many
 * periods are over for a month as it has columns.
 */
const line = async (shipped, cumulative, options) => {
    const month = (i) => `2025-${String(11 - shipped.length + i).padStart(2, '0')}-01`;

    return history(api, `triangle_${++made}`, shipped.flatMap((units, i) => [
        { shipped: month(i), units },
        ...cumulative[i].map((sum, k) => ({
            shipped: month(i), age: 30 * k + 15, units: sum - (cumulative[i][k - 1] ?? 0), class: 'fault',
        })).filter((event) => event.units),
    ]), { family: `alone_${made}`, ...options });
};
const triangle = async (id, query = '') => {
    const { status, body, text } = await api.get(`/api/v1/analytics/lines/${id}/triangle?as_of=2025-11-30&${query}`, staff);

    assert.equal(status, 200, text);
    return body;
};
const codes = ({ warnings }) => warnings.map(({ code }) => code).sort();
const near = (value, expected, what) =>
    assert.ok(Math.abs(value - expected) <= 1e-9 * Math.abs(expected), `${what}: ${value} for ${expected}`);

const TAYLOR_ASHE = [
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130], [359480, 1421128, 2864498], [376686, 1363294], [344014],
];
/** Minitab's format A: units shipped, and cumulative returns. */
const MINITAB = [[10000, 15000, 23000, 32000], [[50, 110, 210, 510], [78, 208, 408], [275, 875], [400]]];

test('the triangle of Taylor and Ashe has the factors, reserves and errors that Mack prints', async () => {
    const body = await triangle(await line(Array(10).fill(10000000), TAYLOR_ASHE), 'method=cl');
    const list = (values, expected) => expected.forEach((text, i) => printed(values[i], text, `${i}`));

    assert.deepEqual(body.items.map(({ known_age }) => known_age), [300, 270, 240, 210, 180, 150, 120, 90, 60, 30]);
    list(body.factors.map(({ factor }) => factor), ['3.490607', '1.747333', '1.457413', '1.173852', '1.103824', '1.086269',
                                                    '1.053874', '1.076555', '1.017725']);
    list(body.items.map(({ outstanding }) => outstanding), ['0', '94634', '469511', '709638', '984889', '1419459', '2177641',
                                                            '3920301', '4278972', '4625811']);
    list(body.items.map(({ error }) => error), ['0', '75535', '121699', '133549', '261406', '411010', '558317', '875328',
                                                '971258', '1363155']);
    printed(body.outstanding, '18680856', 'reserve');
    printed(body.error, '2447095', 'its error');
    assert.ok(body.items.every(({ method }) => method === 'chain_ladder'));
    assert.deepEqual([body.x, body.n, body.fractions], [TAYLOR_ASHE.reduce((sum, row) => sum + row.at(-1), 0), 1e8, 'chain_ladder']);
});

test("Minitab's table has the recomputed ultimates, and one cell that drives them is told", async () => {
    const id = await line(...MINITAB);
    const body = await triangle(id, 'method=cl');

    ['510', '990.857', '4129.717', '5588.659'].forEach((text, i) => printed(body.items[i].ultimate, text, 'ultimate'));
    ['2.96029777', '1.94339623', '2.42857143'].forEach((text, i) => printed(body.factors[i].factor, text, 'factor'));
    assert.ok(codes(body).includes('driven'));
    assert.ok(!codes(await triangle(id, 'method=cl&age=90')).includes('driven'), 'by an age that three months have reached');
    printed((await triangle(id, 'method=cl&age=90')).items[3].ultimate, (400 * 2.96029777 * 1.94339623).toFixed(3), 'by 90 days');
});

test('by the rule young months have the prior, older ones Bornhuetter and Ferguson\'s, old ones their own', async () => {
    const [shipped, cumulative] = MINITAB;
    const id = await line(shipped, cumulative);
    const { items, factors, cape_cod_rate, ultimate, rate } = await triangle(id);
    const G = [3, 2, 1, 0].map((k) => factors.slice(k).reduce((product, { factor }) => product / (factor ?? 1), 1));
    const R = cumulative.map((row) => row.at(-1));
    const p = R.reduce((a, b) => a + b) / shipped.reduce((sum, units, i) => sum + units * G[i], 0);

    near(cape_cod_rate, p, 'Cape Cod\'s rate');
    items.forEach((item, i) => {
        const expected = G[i] < 0.3 ? ['cape_cod', shipped[i] * p] : G[i] <= 0.7
            ? ['bornhuetter_ferguson', R[i] + shipped[i] * p * (1 - G[i])] : ['chain_ladder', R[i] / G[i]];

        near(item.fraction, G[i], 'fraction');
        assert.equal(item.method, expected[0]);
        near(item.ultimate, expected[1], 'ultimate');
        near(item.benktander, R[i] + (1 - G[i]) * (R[i] + shipped[i] * p * (1 - G[i])), 'Benktander');
        assert.ok(item.low <= item.ultimate && item.ultimate <= item.high && item.low >= item.reported);
    });
    assert.deepEqual(items.map(({ method }) => method), ['chain_ladder', 'bornhuetter_ferguson', 'cape_cod', 'cape_cod']);
    near(ultimate, items.reduce((sum, item) => sum + item.ultimate, 0), 'sum');
    near(rate, ultimate / 80000, 'rate');
    const bf = await triangle(id, 'method=bf');
    const cc = await triangle(id, 'method=cc');

    bf.items.forEach((item, i) => near(item.ultimate, R[i] + shipped[i] * p * (1 - G[i]), 'wanted'));
    assert.ok(cc.items.every((item, i) => item.method === 'cape_cod' && item.ultimate === Math.max(R[i], item.cape_cod)));
});

test('nothing of the first age leaves the chain ladder undefined, and the curve of all months helps', async () => {
    const body = await triangle(await line([1000, 1000, 1000, 1000], [[0, 10, 20, 30], [0, 12, 22], [0, 9], [0]]), 'method=cl');
    // Kaplan and Meier: 0, 31 of 3000, 20 of the 1978 left of two, 10 of the 980 left of one.
    const F = [0, 31 / 3000];

    F.push(1 - (1 - F[1]) * (1 - 20 / (2000 - 22)));
    F.push(1 - (1 - F[2]) * (1 - 10 / (1000 - 20)));
    assert.equal(body.fractions, 'curve');
    assert.deepEqual(codes(body), ['dispersion_unknown', 'undefined_factor']);
    body.items.forEach((item, i) => near(item.fraction, F[3 - i] / F[3], `fraction ${i}`));
    assert.deepEqual(body.items.map(({ method }) => method),
                     ['bornhuetter_ferguson', 'bornhuetter_ferguson', 'bornhuetter_ferguson', 'cape_cod']);
    assert.deepEqual(body.factors.map(({ factor }) => factor), [null, null, null, null]);
    assert.equal(body.items[3].reported, 0);
    near(body.items[3].ultimate, 1000 * body.cape_cod_rate, 'the prior alone');
});

test('a line with fewer than three ages takes the fractions of its family, or none', async () => {
    await line(...MINITAB, { family: 'pumps' });
    const young = await triangle(await line([1000, 1000], [[20, 30], [10]], { family: 'pumps' }));

    assert.equal(young.fractions, 'family_curve');
    assert.ok(codes(young).includes('too_few_diagonals'));
    assert.equal(young.factors.length, 4);
    assert.ok(young.items[0].fraction > young.items[1].fraction && young.items[1].fraction > 0);
    near(young.items[0].bornhuetter_ferguson, 30 + 1000 * young.cape_cod_rate * (1 - young.items[0].fraction), 'BF');
    near(young.cape_cod_rate, 40 / (1000 * (young.items[0].fraction + young.items[1].fraction)), 'rate');
    const alone = await triangle(await line([1000, 1000], [[20, 30], [10]]));

    assert.deepEqual([alone.fractions, alone.rate, alone.reason, alone.ultimate], ['none', null, 'no_fractions', null]);
    assert.deepEqual(alone.items.map(({ ultimate, reason, reported }) => [ultimate, reason, reported]),
                     [[null, 'no_fractions', 30], [null, 'no_fractions', 10]]);
    assert.match(alone.warnings.find(({ code }) => code === 'too_few_diagonals').detail, /no estimate/);
});

test('the estimates do not depend on where the line keeps its counts', async () => {
    const [shipped, cumulative] = MINITAB;
    const id = await line(shipped, cumulative);
    const whole = await triangle(id);

    for (const filter of ['country=DE', 'channel=online', `sku=triangle_${made}-1`])
        assert.deepEqual((await triangle(id, filter)).items, whole.items, filter);
});

test('months in which more came back than was shipped have no estimate', async () => {
    const body = await triangle(await line([1000, 5, 1000, 1000, 1000], [[9, 12, 13, 14, 14], [9, 12, 13, 14], [9, 13, 13], [8, 9], [9]]));

    assert.deepEqual(body.items.map(({ reason }) => reason), [null, 'returns_exceed_shipments', null, null, null]);
    assert.equal(body.items[1].ultimate, null);
    assert.deepEqual([body.n, body.x], [4000, 14 + 13 + 9 + 9]);
    assert.ok(codes(body).includes('returns_exceed_shipments'));
});

test('what is not there, or makes no sense, is refused', async () => {
    const path = (query, id = LINES.tiller) => `/api/v1/analytics/lines/${id}/triangle?${query}`;

    assertFields(await api.get(path('method=guess'), staff), { '?method': 'not_one_of' });
    assertProblem(await api.get(path('age=31'), staff), 422, 'invalid_value');
    assertProblem(await api.get(path('', nobody('lin')), staff), 404, 'not_found');
    const nothing = await triangle(LINES.powerStation);

    assert.deepEqual([nothing.rate, nothing.reason, nothing.items, nothing.warnings.map(({ code }) => code)],
                     [null, 'no_shipments', [], ['immature']]);
});
