/** The guided lessons, in the order in which to take them. */
import { balancedUnbalanced } from './balanced-unbalanced';
import { firstRun } from './first-run';
import type { Lesson } from './lesson';
import { ownImage } from './own-image';
import { twoDecoders } from './two-decoders';
import { whatGDoes } from './what-g-does';

export type { Facts, Help, Lesson } from './lesson';
export const lessons: readonly Lesson[] = [firstRun, whatGDoes, balancedUnbalanced, twoDecoders, ownImage];
export const lessonById = (id: string): Lesson | undefined => lessons.find((lesson) => lesson.id === id);
