/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test/unit', '<rootDir>/test/engine'],
	testMatch: ['**/*.test.ts'],
	setupFiles: ['<rootDir>/test/engine/setup.ts'],
	transform: { '^.+\\.ts$': 'ts-jest' },
	testTimeout: 30_000,
	// Most tests wait more than they work: four of them share two cores well.
	maxWorkers: 4,
};
