/** The failures that both asset readers share, so that page and command line say the same. */
import { DataError } from '../core/errors';

/** What prepares the data set of a folder; MNIST comes without being named. */
export const prepareCommand = (folder: string): string =>
  `npm run datasets${folder === 'mnist' ? '' : ` -- ${folder}`}`;

export function missingAsset(path: string, where: string, found: string, cause?: unknown): DataError {
  return new DataError(
    {
      code: 'data.missing',
      message: `The data file "${path}" is not there.`,
      path: where,
      found,
      expected: 'a prepared data set',
      cure: `Run "${prepareCommand(path.split('/')[0] ?? '')}" in the project folder, then run again.`,
    },
    { cause },
  );
}

export function missingImport(hash: string, name: string, where: string, cure: string): DataError {
  return new DataError({
    code: 'data.missing-import',
    message: `The imported file "${name}" is not there.`,
    path: where,
    found: `nothing with the hash ${hash.slice(0, 12)}`,
    cure,
  });
}

/** Asset paths are relative and stay inside their folder. */
export function checkAssetPath(path: string): void {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) {
    throw new DataError({
      code: 'data.bad-path',
      message: `"${path}" is no path inside the data folder.`,
      path,
      expected: 'a relative path such as "mnist/manifest.json"',
    });
  }
}
