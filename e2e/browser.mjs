// Debian's Chromium through Playwright: pages by language, theme and width; what every page must satisfy; screenshots.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";
import { output } from "./app.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 up to level AA, and what axe counts as good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const LOCALES = { en: "en-GB", fr: "fr-FR" };

export const VIEWPORTS = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};

/** No sandbox: the tests may run as root. The rest keeps the browser from calling home. */
const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: SWITCHES });
}

/**
 * A page in a browser profile of its own. `page.complaints` collects what a user's console would show in red: script
 * errors, refusals of the content security policy, answers of the server that are its own fault. `page.document` is the
 * answer that the page was made of.
 */
export async function openPage(browser, { origin, language = "en", theme = "light", viewport = "desktop", script = true }) {
  const context = await browser.newContext({
    baseURL: origin,
    locale: LOCALES[language],
    colorScheme: theme,
    viewport: VIEWPORTS[viewport],
    javaScriptEnabled: script,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A refused form (4xx) is an answer like another, and stories ask for it on purpose.
    const refused = message.text().startsWith("Failed to load resource");
    // A page that is left while it asks for a piece of itself: nobody waits for the answer any more.
    const left = /^htmx:(afterRequest|sendAbort)/.test(message.text());
    if (message.type() === "error" && !refused && !left) page.complaints.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    const request = response.request();
    const status = response.status();
    const moved = status >= 300 && status < 400;
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && !moved) page.document = response;
    if (status >= 500) page.complaints.push(`${status} ${response.url()}`);
  });
  return page;
}

/** Fails with every rule that the page breaks, and where. */
export async function expectNoViolations(page) {
  await page.evaluate(axe);
  const run = (values) => window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
  const { violations } = await page.evaluate(run, RULES);
  if (violations.length === 0) return;
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `    ${node.target.join(" ")}\n      ${node.failureSummary.replaceAll("\n", "\n      ")}`);
    return `  ${id}: ${help}\n${places.join("\n")}`;
  });
  throw new Error(`${page.url()} breaks ${violations.length} rules of accessibility:\n${told.join("\n")}`);
}

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // maud writes `<input disabled>` and `<br>`: both are HTML, and neither is for people to read.
    "attribute-boolean-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // A style sheet gives the size; axe judges what is left.
    "no-inline-style": "off",
  },
});

/** Fails when the page that the server sent (not what scripts made of it) is no valid HTML. */
export async function expectValidHtml(page) {
  const report = await validator.validateString(await page.document.text());
  if (report.valid) return;
  const told = report.results.flatMap(({ messages }) => messages.map((it) => `  ${it.line}:${it.column} ${it.ruleId}: ${it.message}`));
  throw new Error(`${page.url()} is no valid HTML:\n${told.join("\n")}`);
}

/** Writes `target/e2e/NAME.png`, the whole page. */
export async function screenshot(page, name) {
  await mkdir(output, { recursive: true });
  await page.screenshot({ path: join(output, `${name}.png`), fullPage: true });
}
