// nginx with the configuration that is deployed, before a daemon.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, freePort } from './daemon.js';
import { raw } from './http.js';

const NGINX = '/usr/sbin/nginx';
const SCRATCH = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** The template filled in, and told to keep what it writes in its own folder. */
function render(folder, values, changes) {
    let text = readFileSync(join(ROOT, 'server/deploy/nginx.conf'), 'utf8');

    for (const [name, value] of Object.entries(values))
        text = text.replaceAll(`\${${name}}`, value);
    for (const [from, to] of changes) {
        if (!text.includes(from))
            throw new Error(`nginx.conf does not say "${from}"`);
        text = text.replaceAll(from, to);
    }
    const paths = SCRATCH.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');

    return `pid ${folder}/pid;\n${text.replace('http {', `http { ${paths}`)}`;
}

export class Nginx {
    /** Before the daemon at `upstream` (host:port); `changes` are [from, to] in the configuration. */
    static async start({ upstream, tls = false, changes = [], name = 'service.test' }) {
        const nginx = new Nginx();

        nginx.port = await freePort();
        nginx.name = name;
        nginx.folder = mkdtempSync(join(tmpdir(), 'aftersales-nginx-'));
        chmodSync(nginx.folder, 0o777); // the workers are another user's when root starts them
        if (tls)
            nginx.certify();
        nginx.conf = join(nginx.folder, 'nginx.conf');
        writeFileSync(nginx.conf, render(nginx.folder, {
            LISTEN: `127.0.0.1:${nginx.port}${tls ? ' ssl http2' : ''}`,
            SERVER_NAME: name,
            PUBLIC_ORIGIN: 'https://service.test',
            UPSTREAM: upstream,
            ACCESS_LOG: join(nginx.folder, 'access.log'),
        }, changes));
        await nginx.launch();
        return nginx;
    }

    certify() {
        const folder = join(this.folder, 'tls');

        mkdirSync(folder);
        copyFileSync(join(ROOT, 'server/deploy/tls.conf'), join(folder, 'tls.conf'));
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
            '-days', '2', '-subj', `/CN=${this.name}`, '-addext', `subjectAltName=DNS:${this.name}`,
            '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')], { stdio: 'ignore' });
        this.certificate = readFileSync(join(folder, 'certificate.pem'));
    }

    /** What nginx itself says of the configuration. */
    check() {
        const { status, stderr } = spawnSync(NGINX, ['-t', '-c', this.conf], { encoding: 'utf8' });

        return { status, stderr };
    }

    async launch() {
        const log = openSync(join(this.folder, 'error.log'), 'a');

        this.child = spawn(NGINX, ['-c', this.conf, '-g', 'daemon off;'], { stdio: ['ignore', log, log] });
        process.on('exit', () => this.child.kill('SIGKILL'));
        for (let tries = 0; tries < 100; tries++, await sleep(50)) {
            const { bytes } = await raw(this.port, 'x\r\n\r\n', { quiet: 100 });

            if (bytes.length || this.child.exitCode !== null)
                break;
        }
        if (this.child.exitCode !== null)
            throw new Error(`nginx did not start:\n${readFileSync(join(this.folder, 'error.log'), 'utf8')}`);
    }

    get log() {
        return readFileSync(join(this.folder, 'access.log'), 'utf8');
    }

    async stop() {
        const ended = new Promise((done) => this.child.on('exit', done));

        if (this.child.exitCode === null) {
            this.child.kill('SIGTERM');
            await ended;
        }
        rmSync(this.folder, { recursive: true, force: true });
    }
}
