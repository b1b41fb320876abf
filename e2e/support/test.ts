/** What every spec starts from: pages of people who are signed in, watched for what no page may do. */
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { ageSecondFactor, aloneAgent, cookiesOf, type Person } from "./people.ts";
import { signIn } from "./sign-in.ts";

/** A session that no other spec knows of. */
interface OwnSession {
  readonly page: Page;
  /** Makes this session's second factor that old, and nobody else's. */
  readonly ageSecondFactor: (seconds: number) => Promise<void>;
}

interface Fixtures {
  /** A page of the console in a browser of its own, signed in as this person. */
  readonly signedInAs: (person: Person, options?: BrowserContextOptions) => Promise<Page>;
  /** The same in a session of its own. It takes a code: the file has the person's codes to itself, as `freshCode` says. */
  readonly signedInAlone: (person: Person) => Promise<OwnSession>;
}

/** What a page must never say: an exception that nobody caught, or something that its own policy had to stop. */
function watch(page: Page, faults: string[]): void {
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && /Content Security Policy|hydrat|Minified React error/i.test(text))
      faults.push(text);
  });
}

export const test = base.extend<Fixtures>({
  page: async ({ page }, use) => {
    const faults: string[] = [];
    watch(page, faults);
    await use(page);
    expect(faults).toEqual([]);
  },
  signedInAs: async ({ browser }, use) => {
    const faults: string[] = [];
    const opened: Page[] = [];
    await use(async (person, options = {}) => {
      const context = await browser.newContext({ ...options, storageState: cookiesOf(person) });
      const page = await context.newPage();
      watch(page, faults);
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.context().close()));
    expect(faults).toEqual([]);
  },
  signedInAlone: async ({ browser, baseURL }, use, testInfo) => {
    const faults: string[] = [];
    const opened: Page[] = [];
    await use(async (person) => {
      const userAgent = `${aloneAgent}${testInfo.testId}`;
      const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), userAgent });
      await signIn(context.request, person);
      const page = await context.newPage();
      watch(page, faults);
      opened.push(page);
      return { page, ageSecondFactor: (seconds) => ageSecondFactor(person, seconds, userAgent) };
    });
    await Promise.all(opened.map((page) => page.context().close()));
    expect(faults).toEqual([]);
  },
});

/** What a page says at once to whoever can't see it: a refusal, a notice. Next's own announcer of routes is left out. */
export function alertOf(page: Page) {
  return page.locator('[role="alert"]:not(#__next-route-announcer__)');
}

export { expect };
