// Runs n8n's scanner of published packages on the sources and on what npm would publish, without any download.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SOURCE_FILE_PATTERNS, analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'kyma-scan-'));

function report(leg, { passed, message = '', details = '' }) {
	console.log(`${leg}: ${passed ? 'passed' : 'failed'}`, message, details);
	return passed;
}

try {
	const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
	const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], options));
	execFileSync('tar', ['-xzf', path.join(folder, filename), '-C', folder]);
	const source = report('sources', await analyzePackage(path.resolve('.'), SOURCE_FILE_PATTERNS));
	const tarball = report('tarball', await analyzePackage(path.join(folder, 'package'), ['**/*.js', 'package.json']));
	process.exitCode = source && tarball ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
