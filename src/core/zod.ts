/**
 * zod, set up once. Schemas are interpreted instead of compiled with `new Function`, which the page's content security
 * policy forbids. Every module that makes schemas imports zod from here, so that the setting is there first.
 */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
