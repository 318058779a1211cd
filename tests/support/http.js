// HTTP clients: one that speaks JSON, and one that sends exactly the bytes it is told to.

import { request } from 'node:http';
import { connect } from 'node:net';

/**
 * One exchange. `headers` of the answer are lower-case; a repeated one is joined
 * by node, except Set-Cookie, which is a list.
 */
export function exchange(origin, method, path, { headers = {}, body, agent, timeout = 20000 } = {}) {
    return new Promise((resolve, reject) => {
        const began = performance.now();
        const url = new URL(origin);
        const call = request(
            { host: url.hostname, port: url.port, method, path, headers, agent, timeout },
            (answer) => {
                const pieces = [];

                answer.on('data', (piece) => pieces.push(piece));
                answer.on('error', reject);
                answer.on('end', () => resolve({
                    status: answer.statusCode,
                    headers: answer.headers,
                    rawHeaders: answer.rawHeaders,
                    bytes: Buffer.concat(pieces),
                    ms: performance.now() - began,
                }));
            });

        call.on('timeout', () => call.destroy(new Error(`no answer to ${method} ${path} in ${timeout} ms`)));
        call.on('error', reject);
        call.end(body);
    });
}

/**
 * Send `bytes` (a string is taken as Latin-1) and collect what comes until the
 * server closes, or nothing came for `quiet` ms, or `timeout` ms are over.
 */
export function raw(port, bytes, { quiet = 400, timeout = 10000, halfClose = false } = {}) {
    return new Promise((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        const pieces = [];
        const began = performance.now();
        let timer;
        const finish = (closed) => {
            clearTimeout(timer);
            clearTimeout(last);
            socket.destroy();
            resolve({ bytes: Buffer.concat(pieces), closed, ms: performance.now() - began });
        };
        const last = setTimeout(() => finish(false), timeout);
        const wait = () => {
            clearTimeout(timer);
            timer = setTimeout(() => finish(false), quiet);
        };

        socket.on('connect', () => {
            socket.write(Buffer.from(bytes, 'latin1'));
            if (halfClose)
                socket.end();
            wait();
        });
        socket.on('data', (piece) => {
            pieces.push(piece);
            wait();
        });
        socket.on('end', () => finish(true));
        socket.on('error', () => finish(true));
    });
}

/** Take bytes apart into the answers they hold; `rest` is what is no answer. */
export function replies(bytes) {
    const found = [];
    let at = 0;

    while (at < bytes.length) {
        const end = bytes.indexOf('\r\n\r\n', at);
        const head = bytes.subarray(at, end < 0 ? bytes.length : end).toString('latin1');
        const lines = head.split('\r\n');
        const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(lines[0]);

        if (end < 0 || !status)
            break;
        const headers = Object.fromEntries(lines.slice(1).map((line) => {
            const colon = line.indexOf(':');

            return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }));
        const length = bodyLength(bytes, end + 4, headers, Number(status[1]));

        found.push({ status: Number(status[1]), headers, body: bytes.subarray(end + 4, end + 4 + length) });
        at = end + 4 + length;
    }
    return { found, rest: bytes.subarray(at) };
}

function bodyLength(bytes, from, headers, status) {
    if (status === 204 || status === 304 || status < 200)
        return 0;
    if (headers['content-length'] !== undefined)
        return Number(headers['content-length']);
    if (headers['transfer-encoding'] === 'chunked')
        return bytes.indexOf('0\r\n\r\n', from) + 5 - from;
    return bytes.length - from;
}
