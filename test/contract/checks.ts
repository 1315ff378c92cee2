import { ACCOUNT } from './checks/account';
import { CATALOG } from './checks/catalog';
import { EDIT } from './checks/edit';
import { ERRORS } from './checks/errors';
import { OPEN } from './checks/open';
import { SUBMIT } from './checks/submit';
import type { Check } from './types';

/** Everything that the documentation states or the code assumes about the API, in the order of the report. */
export const CHECKS: Check[] = [...ACCOUNT, ...CATALOG, ...SUBMIT, ...EDIT, ...ERRORS, ...OPEN];
