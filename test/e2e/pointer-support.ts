/** The pointer as a hand uses it: where things stand once they are still, and drags in steps. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export async function boxOf(locator: Locator): Promise<Point & { readonly width: number; readonly height: number }> {
  // Where it is once nothing moves it any more.
  await expect
    .poll(async () => {
      const before = JSON.stringify(await locator.boundingBox());
      await locator
        .page()
        .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      return before === JSON.stringify(await locator.boundingBox());
    })
    .toBe(true);
  const box = await locator.boundingBox();
  if (!box) throw new Error('Not on the screen.');
  return box;
}

export async function centreOf(locator: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

/** Presses, moves in steps, and lets go; `hold` runs before letting go. */
export async function drag(page: Page, from: Point, to: Point, hold?: () => Promise<void>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await hold?.();
  await page.mouse.up();
}
