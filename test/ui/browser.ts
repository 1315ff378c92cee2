/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { access } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';

import type { Owner } from '../e2e/host/rest';

/** Debian's, unless `KYMA_CHROMIUM` names another. */
const CHROMIUM = process.env.KYMA_CHROMIUM || '/usr/bin/chromium';
const QUIET_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Generous: a busy machine shows the editor after half a minute. */
const LOAD_TIMEOUT_MS = 120_000;
const ACTION_TIMEOUT_MS = 40_000;

/** The narrowest screen that the pictures and the checks are made for. */
export const SCREEN = { width: 1280, height: 800 };
/** Here n8n's output panel shows all of its tabs. */
export const WIDE_SCREEN = { width: 1440, height: 900 };

/** @throws Error that says how to install it, when there is no Chromium */
export async function requireChromium(): Promise<void> {
	await access(CHROMIUM).catch(() => {
		throw new Error(`There is no ${CHROMIUM}. On Debian: apt-get install --no-install-recommends -y chromium fonts-liberation`);
	});
}

async function logIn(page: Page, url: string, { email, password }: Owner): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', email);
	await page.fill('input[type=password]', password);
	await page.click('[data-test-id=form-submit-button]');
	await page.waitForURL(({ pathname }) => !pathname.includes('signin'));
}

/** A fresh browser in front of the editor, logged in. */
export async function openEditor(url: string, owner: Owner): Promise<{ browser: Browser; page: Page }> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET_FLAGS, timeout: LOAD_TIMEOUT_MS });
	const context = await browser.newContext({ viewport: SCREEN, reducedMotion: 'reduce' });
	context.setDefaultTimeout(ACTION_TIMEOUT_MS);
	context.setDefaultNavigationTimeout(LOAD_TIMEOUT_MS);
	const page = await context.newPage();
	await logIn(page, url, owner);
	return { browser, page };
}
