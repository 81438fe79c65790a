// Tells every story of e2e/stories to a real browser. A story is a file that exports `name` and `run(context)`:
//   context.app                   a fresh server: { origin, setupLink }
//   context.open(options)         a page: { language, theme, viewport, script }, closed after the story
//   context.check(page)           accessible, valid HTML, nothing red in the console
//   context.screenshot(page, name)
// `node e2e/run.mjs [FILTER]` tells only the stories whose name contains it. Last line: `N passed, M failed`.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startApp, stopApp } from "./app.mjs";
import { expectNoViolations, expectValidHtml, launch, openPage, screenshot } from "./browser.mjs";

const folder = join(import.meta.dirname, "stories");

async function stories(filter) {
  const files = (await readdir(folder)).filter((it) => it.endsWith(".mjs")).sort();
  const modules = await Promise.all(files.map((it) => import(pathToFileURL(join(folder, it)))));
  return modules.flatMap(variants).filter((it) => it.name.includes(filter));
}

/** A story that exports `each` is told once for each of its words, on a server of its own. */
function variants({ name, run, each }) {
  if (each === undefined) return [{ name, run }];
  return each.map((word) => ({ name: `${name} (${word})`, run: (context) => run(context, word) }));
}

function expectNoComplaints(page) {
  if (page.complaints.length > 0) throw new Error(`${page.url()}:\n  ${page.complaints.join("\n  ")}`);
}

async function tell(story, browser) {
  const app = await startApp();
  const pages = [];
  try {
    await story.run({
      app,
      open: async (options = {}) => {
        const page = await openPage(browser, { origin: app.origin, ...options });
        pages.push(page);
        return page;
      },
      check: async (page) => {
        await expectNoViolations(page);
        await expectValidHtml(page);
        expectNoComplaints(page);
      },
      screenshot,
    });
    pages.forEach(expectNoComplaints);
  } catch (error) {
    const slug = story.name.replaceAll(/\W+/g, "-");
    await Promise.all(pages.map((page, at) => screenshot(page, `failed-${slug}-${at}`).catch(() => {})));
    error.log = app.log.slice(-20);
    throw error;
  } finally {
    await Promise.all(pages.map((page) => page.context().close()));
    await stopApp(app);
  }
}

let passed = 0;
let failed = 0;
const chosen = await stories(process.argv[2] ?? "");
const browser = chosen.length > 0 ? await launch() : null;
for (const story of chosen) {
  const started = performance.now();
  try {
    await tell(story, browser);
    passed += 1;
    console.log(`ok     ${story.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${story.name}\n${error.stack}`);
    if (error.log?.length > 0) console.log(`the server said:\n  ${error.log.join("\n  ")}`);
  }
}
await browser?.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
