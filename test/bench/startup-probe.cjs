// `node startup-probe.cjs <folder of the built package>`: what loading the node costs in a fresh process, beyond the
// packages that n8n has loaded already, and whether it opens a connection or looks a name up while it loads.
'use strict';
const dns = require('node:dns');
const net = require('node:net');
const path = require('node:path');
const { createRequire } = require('node:module');

const file = path.join(process.argv[2], 'nodes', 'KymaImage', 'KymaImage.node.js');
const load = createRequire(file);
load('n8n-workflow');
load('zod');

const calls = [];
const watch = (object, name) => {
	const original = object[name];
	object[name] = function (...args) {
		calls.push(name);
		return original.apply(this, args);
	};
};
watch(net.Socket.prototype, 'connect');
watch(dns, 'lookup');
watch(dns.promises, 'lookup');

const startedAt = performance.now();
const { KymaImage } = load(file);
new KymaImage();
const loadMs = performance.now() - startedAt;
setTimeout(() => process.stdout.write(`${JSON.stringify({ loadMs, calls })}\n`), 250);
