// Makes package-lock.json whole on every platform: a registry that does not serve the optional
// binaries of other systems leaves them out of the lock, and `npm ci` then refuses it there.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'openharmony', 'netbsd', 'openbsd', 'sunos', 'aix'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { packages } = lock;

const isLocked = (parent, name) => packages[`node_modules/${name}`] ?? packages[`${parent}/node_modules/${name}`];

function toEntry(parent, name, version) {
	const system = SYSTEMS.find((candidate) => name.includes(candidate));
	const processor = PROCESSORS.find((candidate) => name.includes(`-${candidate}`));
	return {
		version,
		...(parent.dev && { dev: true }),
		optional: true,
		...(system && { os: [system] }),
		...(processor && { cpu: [processor] }),
	};
}

let added = 0;
for (const [where, parent] of Object.entries({ ...packages })) {
	for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
		const isPinned = /^\d/.test(version);
		if (!isPinned || isLocked(where, name)) continue;
		packages[`node_modules/${name}`] = toEntry(parent, name, version);
		added += 1;
	}
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, '\t')}\n`);
console.log(`${added} optional platform packages added to package-lock.json`);
