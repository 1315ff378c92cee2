import sharp from 'sharp';

export type Format = 'png' | 'jpg' | 'webp' | 'gif' | 'avif';

/** A picture with noise in it, so that its data do not shrink to nothing. */
const draw = (sizePx: number) => {
	const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
	return sharp({ create: { width: sizePx, height: sizePx, channels: 3, background: '#884422', noise } });
};

/** Real files, as an image model would deliver them. */
export async function drawAll(sizePx: number): Promise<Record<Format, Buffer>> {
	const [png, jpg, webp, gif, avif] = await Promise.all([
		draw(sizePx).png().toBuffer(),
		draw(sizePx).jpeg().toBuffer(),
		draw(sizePx).webp().toBuffer(),
		draw(sizePx).gif().toBuffer(),
		draw(sizePx).avif({ effort: 0 }).toBuffer(),
	]);
	return { png, jpg, webp, gif, avif };
}
