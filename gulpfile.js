const { dest, parallel, src } = require('gulp');

// n8n resolves icons and codex files beside the compiled classes, so they are copied as they stand.
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(icons, codex);
