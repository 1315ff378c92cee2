import { getCharged } from '../../../nodes/shared/job';
import { toReason } from '../../../nodes/shared/schemas';
import { judge, notTestable } from '../finding';
import { describeAnswer, makeEdit, makeOne } from '../jobs';
import type { Made } from '../jobs';
import type { Check, Finding } from '../types';

/** A grey PNG of 64 × 64 pixels. */
const GREY_PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAS0lEQVR42u3PMQ0AAAwDoEqv9ErYvQQckD4XAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAYErMB8+AWlRGO+YAAAAAElFTkSuQmCC';

const describe = ({ answer, finished, statuses }: Made) =>
	finished ? `${statuses.join(' → ')}${finished.reason ? `: ${finished.reason}` : ''}` : describeAnswer(answer);

const judgeEdit = (made: Made): Finding => judge(made.finished?.status === 'succeeded', describe(made));

/** Edits with the cheapest model that takes an image. */
export const EDIT: Check[] = [
	{
		id: 'url-source',
		fact: '`image_url` takes the address of an image and edits it',
		source: 'documented',
		costUsd: ({ editUsd }) => editUsd,
		run: async (api) => {
			const [image] = (await makeOne(api)).finished?.images ?? [];
			if (!image || !('url' in image)) return notTestable('there is no image with an address to edit');
			return judgeEdit(await makeEdit(api, 'url-source', image.url));
		},
	},
	{
		id: 'data-url-source',
		fact: '`image_url` takes a data URL',
		source: 'assumed',
		costUsd: ({ editUsd }) => editUsd,
		run: async (api) => judgeEdit(await makeEdit(api, 'data-url', `data:image/png;base64,${GREY_PNG}`)),
	},
	{
		id: 'failed-job',
		fact: 'A job whose source image is not there ends as failed, says why, and is not charged',
		source: 'documented',
		riskUsd: ({ editUsd }) => editUsd,
		run: async (api) => {
			const missing = `${new URL(api.apiUrl).origin}/there-is-no-image-here.png`;
			const made = await makeEdit(api, 'missing-source', missing);
			if (!made.finished) return notTestable(`it is refused at once: ${describeAnswer(made.answer)}`);
			const { status, chargedUsd, raw } = made.finished;
			const isFree = getCharged(made.finished) === false && !chargedUsd;
			return judge(status === 'failed' && isFree && toReason(raw.error) !== undefined, `${describe(made)}, charged ${chargedUsd}`);
		},
	},
];
