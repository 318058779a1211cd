// Statistics over the API, compared with published numbers.

import { strict as assert } from 'node:assert';

/** A number that was printed: right to half a unit of its last digit. A string keeps its digits. */
export const printed = (value, text, what) => {
    const [digits, exponent = '0'] = text.split('e');
    const unit = 10 ** (Number(exponent) - (digits.split('.')[1]?.length ?? 0));

    assert.ok(Math.abs(value - Number(text)) <= unit * 0.5000001, `${what}: ${value} instead of ${text}`);
};
/** Members of an answer: strings as printed, numbers to a part in a million, anything else equal. */
export const same = (body, expected, what) => {
    for (const [name, value] of Object.entries(expected))
        if (typeof value === 'string' && /^[-.\d]/.test(value))
            printed(body[name], value, `${what} ${name}`);
        else if (typeof value === 'number')
            assert.ok(Math.abs(body[name] - value) <= Math.abs(value) * 1e-6 || body[name] === value,
                      `${what} ${name}: ${body[name]} instead of ${value}`);
        else
            assert.deepEqual(body[name], value, `${what} ${name}`);
};

/** Calls of the calculator through `post(path, body)`, lists of [body, expected members], and what is refused. */
export const statistics = (post) => {
    const stat = async (name, body) => {
        const answer = await post(`/api/v1/analytics/stat/${name}`, body);

        assert.equal(answer.status, 200, answer.text);
        return answer.body;
    };
    const cases = async (name, list) => {
        for (const [body, expected] of list)
            same(await stat(name, body), expected, `${name} ${JSON.stringify(body)}`);
    };

    const refused = async (name, body, detail) => {
        const answer = await post(`/api/v1/analytics/stat/${name}`, body);

        assert.equal(answer.status, 422, answer.text);
        assert.match(answer.body.detail, detail);
    };

    return { stat, cases, refused };
};
