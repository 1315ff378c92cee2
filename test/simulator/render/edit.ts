import sharp from 'sharp';
import type { JobRecord } from '../jobs';
import { drawCaption } from './caption';
import type { Frame } from './scene';

export async function drawEdit(record: JobRecord, frame: Frame): Promise<Buffer> {
	const { width, height } = frame;
	const [source] = record.sources;
	const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawCaption(record, frame)}</svg>`;
	return await sharp(source!.png)
		.resize(width, height, { fit: 'cover' })
		.flatten({ background: '#fff' })
		.tint('#c06')
		.composite([{ input: Buffer.from(overlay) }])
		.png()
		.toBuffer();
}
