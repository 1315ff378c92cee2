import type { JobRecord } from '../jobs';
import type { Frame } from './scene';
import { setLine, toDrawable, wrap } from './typography';
import type { TextStyle } from './typography';

/** Model, prompt, job id and "2/4", drawn as paths over the lower part of the picture. */
export function drawCaption({ job, model, request }: JobRecord, frame: Frame): string {
	const { width, height, index } = frame;
	const unit = Math.min(width, height) / 100;
	const style: TextStyle = { font: 'DejaVuSans-Bold', sizePx: unit * 6 };
	const prompt = wrap(toDrawable(request.prompt, style.font), style, width - unit * 12, 3);
	const count = request.n > 1 ? ` ${index + 1}/${request.n}` : '';
	const lines = [model.name + count, ...prompt, job.id];
	return lines
		.map((line, row) => {
			const y = height - (lines.length - row) * unit * 8;
			return `<path fill="#fff" d="${setLine(line, style, unit * 6, y).pathData}"/>`;
		})
		.join('');
}
