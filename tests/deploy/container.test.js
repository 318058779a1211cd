// The image, the composition and the systemd unit: read, as no container engine is at hand.

import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../fixture.js';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const COMMANDS = [...read('server/commands.def').matchAll(/^COMMAND\("([^"]+)"/gm)].map(([, name]) => name);
const SETTINGS = [...read('server/settings.def').matchAll(/^SETTING\((\w+)/gm)].map(([, name]) => `AFTERSALES_${name.toUpperCase()}`);

/** What the program is linked with, and the package of the image that has it. */
const LIBRARIES = {
    libmicrohttpd: 'libmicrohttpd12t64', libpq: 'libpq5', libjansson: 'libjansson4',
    libsodium: 'libsodium23', libz: 'zlib1g', libbrotlienc: 'libbrotli1',
};

describe('server/Dockerfile', () => {
    const lines = read('server/Dockerfile').replaceAll(/\\\n/g, ' ').split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => /^(\w+)\s+(.*)$/.exec(line).slice(1));
    const all = (name) => lines.filter(([word]) => word === name).map(([, rest]) => rest);
    const lastStage = lines.slice(lines.findLastIndex(([word]) => word === 'FROM'));
    const last = (name) => lastStage.filter(([word]) => word === name).map(([, rest]) => rest).at(-1);
    const packages = (line) => / install (?:-\S+ )*\s*(.*?) *&&/.exec(line.replaceAll(/\s+/g, ' '))[1].split(' ')
        .filter((word) => !word.startsWith('-'));

    test('builds and runs on one release of Debian, named by number', () => {
        assert.deepEqual(all('FROM'), ['debian:13-slim AS build', 'debian:13-slim']);
    });

    test('runs as a user without a name and without rights', () => {
        assert.match(last('USER'), /^[1-9]\d{3,}:[1-9]\d{3,}$/);
    });

    test('is asked for its health by the program itself, through a command there is', () => {
        const [, command] = /CMD \["aftersalesd", "([\w-]+)"\]$/.exec(last('HEALTHCHECK'));

        assert.ok(COMMANDS.includes(command));
    });

    test('serves, unless it is told otherwise', () => {
        assert.equal(last('ENTRYPOINT'), '["aftersalesd"]');
        assert.ok(COMMANDS.includes(JSON.parse(last('CMD'))[0]));
    });

    test('copies only what is there', () => {
        for (const copy of all('COPY').filter((line) => !line.startsWith('--from')))
            assert.ok(existsSync(join(ROOT, copy.split(' ')[0])), copy);
    });

    test('builds with what make installs, less the database', () => {
        const [, list] = /run_packages='\n(.*?)\n'/s.exec(read('server/setup/packages.sh'));
        const wanted = list.split('\n').map((line) => line.split(' ')[0]).filter((name) => name !== 'postgresql');

        assert.deepEqual(packages(all('RUN')[0]).sort(), [...wanted, 'make'].sort());
    });

    test('holds the libraries that the program needs, and no others', () => {
        const linked = execFileSync('objdump', ['-p', join(ROOT, 'build/aftersalesd')], { encoding: 'utf8' });
        const needed = [...linked.matchAll(/NEEDED +(lib\w+)\.so/g)].map(([, name]) => name).filter((name) => !/^lib(c|m|pthread)$/.test(name));

        assert.deepEqual(packages(lastStage.find(([word]) => word === 'RUN')[1]).sort(),
            needed.map((name) => LIBRARIES[name] ?? `${name}?`).sort());
    });

    test('sets only what the program reads', () => {
        const names = [...last('ENV').matchAll(/(\w+)=/g)].map(([, name]) => name);

        assert.ok(names.length > 0);
        assert.deepEqual(names.filter((name) => !SETTINGS.includes(name)), []);
    });
});

describe('docker-compose.yml', () => {
    const compose = parse(read('docker-compose.yml'), { merge: true });
    const { services, secrets, volumes, networks } = compose;

    test('has the proxy, the daemon, its migration and PostgreSQL 17', () => {
        assert.deepEqual(Object.keys(services).sort(), ['daemon', 'database', 'migrate', 'nginx']);
        assert.match(services.database.image, /^postgres:17/);
    });

    test('takes images by version', () => {
        for (const { image, build } of Object.values(services))
            assert.ok(build || /:\d/.test(image), image);
        assert.ok(existsSync(join(ROOT, services.daemon.build.dockerfile)));
    });

    test('lets in through the proxy only', () => {
        assert.deepEqual(Object.entries(services).filter(([, { ports }]) => ports).map(([name]) => name), ['nginx']);
        assert.deepEqual(services.database.networks, ['inside']);
        assert.equal(networks.inside.internal, true);
    });

    test('starts each when those it needs are healthy', () => {
        assert.equal(services.migrate.depends_on.database.condition, 'service_healthy');
        assert.equal(services.daemon.depends_on.migrate.condition, 'service_completed_successfully');
        assert.equal(services.nginx.depends_on.daemon.condition, 'service_healthy');
        assert.ok(services.database.healthcheck.test.includes('pg_isready'));
    });

    test('runs commands there are', () => {
        for (const name of ['daemon', 'migrate'])
            assert.ok(COMMANDS.includes(services[name].command[0]));
    });

    test('hands secrets over as files, never as values', () => {
        for (const [name, service] of Object.entries(services)) {
            for (const secret of service.secrets ?? [])
                assert.ok(secrets[secret]?.file, `${name} wants ${secret}`);
            for (const [key, value] of Object.entries(service.environment ?? {}))
                assert.ok(!/PASSWORD|SECRET|DATABASE_URL/.test(key) || (key.endsWith('_FILE') && value.startsWith('/run/secrets/')), key);
        }
    });

    test('sets only what the program reads', () => {
        const names = Object.keys(services.daemon.environment).map((name) => name.replace(/_FILE$/, ''));

        assert.deepEqual(names.filter((name) => !SETTINGS.includes(name)), []);
    });

    test('believes the address that it gives to the proxy', () => {
        assert.equal(services.daemon.environment.AFTERSALES_TRUSTED_PROXY, services.nginx.networks.gate.ipv4_address);
    });

    test('gives the proxy a value for every name in its template', () => {
        const names = new Set([...read('server/deploy/nginx.conf').matchAll(/^[^#\n]*?\$\{(\w+)\}/gm)].map(([, name]) => name));

        assert.ok(names.size >= 4);
        assert.deepEqual([...names].filter((name) => !(name in services.nginx.environment)), []);
    });

    test('keeps the data in a volume, and mounts only what is there', () => {
        assert.ok('database' in volumes);
        for (const { volumes: mounts = [] } of Object.values(services))
            for (const mount of mounts.filter((text) => text.startsWith('./')))
                assert.ok(existsSync(join(ROOT, mount.split(':')[0])), mount);
    });

    test('its secrets are made once, each of its own, in a folder closed to others', () => {
        const folder = mkdtempSync(join(tmpdir(), 'aftersales-secrets-'));
        const make = () => execFileSync(join(ROOT, 'server/deploy/secrets.sh'), [folder]);
        const contents = () => Object.values(secrets).map(({ file }) => readFileSync(join(folder, file.split('/').at(-1)), 'utf8'));

        try {
            make();
            const made = contents();

            assert.equal(new Set(made).size, Object.keys(secrets).length);
            assert.ok(made.every((text) => text.length >= 64));
            assert.equal(statSync(folder).mode & 0o777, 0o700);
            make();
            assert.deepEqual(contents(), made);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});

describe('server/deploy/aftersalesd.service', () => {
    const unit = read('server/deploy/aftersalesd.service');
    let settings;

    before(() => {
        settings = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name);
    });

    test('is closed: no privileges, no writable system, no foreign network', () => {
        for (const line of ['NoNewPrivileges=yes', 'CapabilityBoundingSet=', 'ProtectSystem=strict', 'PrivateTmp=yes',
            'MemoryDenyWriteExecute=yes', 'SystemCallFilter=@system-service', 'IPAddressDeny=any', 'DynamicUser=yes'])
            assert.ok(unit.split('\n').includes(line), line);
    });

    test('sets only what the program reads', () => {
        const known = [...SETTINGS, 'DATABASE_URL'];

        assert.deepEqual(settings.filter((name) => !known.includes(name.replace(/_FILE$/, ''))), []);
    });

    test('runs commands there are', () => {
        for (const [, command] of unit.matchAll(/^Exec\w+=\/usr\/bin\/aftersalesd (\S+)/gm))
            assert.ok(COMMANDS.includes(command), command);
    });

    test('is understood by systemd', (t) => {
        const { error, stderr } = spawnSync('systemd-analyze', ['verify', join(ROOT, 'server/deploy/aftersalesd.service')], { encoding: 'utf8' });

        if (error)
            return t.skip('systemd is not here');
        // The program is not installed where the unit looks for it; nothing else may be wrong.
        assert.deepEqual(stderr.split('\n').filter((line) => line && !/aftersalesd is not executable/.test(line)), []);
    });
});
