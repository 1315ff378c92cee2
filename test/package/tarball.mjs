// Packs the package, unpacks it elsewhere, and loads it with n8n's modules alone on NODE_PATH, as n8n does.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ALLOWED = /^package\/(dist\/.+|README\.md|LICENSE\.md|CHANGELOG\.md|package\.json)$/;
/** What n8n ships of the modules that node code may import. */
const SHIPPED = ['n8n-workflow', 'zod'];

const folder = mkdtempSync(path.join(tmpdir(), 'kyma-pack-'));
const run = (command, args, options = {}) => execFileSync(command, args, { encoding: 'utf8', ...options });
const fail = (words) => {
	console.error(words);
	process.exit(1);
};

try {
	const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], { stdio: ['ignore', 'pipe', 'ignore'] }));
	const tarball = path.join(folder, filename);
	const files = run('tar', ['-tzf', tarball]).trim().split('\n');
	const foreign = files.filter((file) => !ALLOWED.test(file));
	if (foreign.length > 0) fail(`The tarball holds files it should not: ${foreign.join(', ')}`);
	for (const wanted of [
		'README.md',
		'LICENSE.md',
		'CHANGELOG.md',
		'dist/icons/kyma.svg',
		'dist/icons/kyma.dark.svg',
		'dist/nodes/KymaImage/KymaImage.node.json',
	]) {
		if (!files.includes(`package/${wanted}`)) fail(`The tarball lacks ${wanted}`);
	}
	run('tar', ['-xzf', tarball, '-C', folder]);
	const modules = path.join(folder, 'n8n-modules');
	mkdirSync(modules);
	for (const name of SHIPPED) symlinkSync(path.resolve('node_modules', name), path.join(modules, name), 'dir');
	const { n8n } = JSON.parse(readFileSync(path.join(folder, 'package/package.json'), 'utf8'));
	const probe = `for (const file of ${JSON.stringify([...n8n.nodes, ...n8n.credentials])}) {
		const [Class] = Object.values(require('./' + file));
		const loaded = new Class();
		console.log((loaded.description ?? loaded).displayName);
	}`;
	const names = run(process.execPath, ['-e', probe], {
		cwd: path.join(folder, 'package'),
		env: { PATH: process.env.PATH, NODE_PATH: modules },
	});
	if (names.trim().split('\n').join() !== 'Kyma Image,Kyma API') fail(`The tarball loaded as: ${names}`);
	console.log(`${filename}: ${files.length} files, loads as ${names.trim().split('\n').join(' and ')}`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
