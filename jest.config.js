/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test/unit', '<rootDir>/test/engine', '<rootDir>/test/simulator'],
	testMatch: ['**/*.test.ts'],
	setupFiles: ['<rootDir>/test/engine/setup.ts'],
	transform: { '^.+\\.ts$': 'ts-jest' },
	testTimeout: 30_000,
	maxWorkers: '100%',
};
