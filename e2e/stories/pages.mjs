// Every page of an engagement that has something to show: light and dark, wide and narrow, with and without script.
// Accessible, valid HTML, under 100 kB, nothing red in the console, no sideways scroll on a phone.

import assert from "node:assert/strict";
import { createEngagement, measure, setUp } from "../people.mjs";

export const name = "every page, however it is looked at";
export const each = ["en", "fr"];

const LDIF = "dn: CN=a,DC=nord,DC=example,DC=com\nobjectClass: user\ncn: a\nuserPrincipalName: no address\nmail: a@nord.example.com\n";
const LIMIT = 100_000;

export async function run({ app, open, check, screenshot }, language) {
  const first = await open({ language });
  await setUp(first, app, language);
  const directory = { name: "nord.ldif", mimeType: "text/plain", buffer: Buffer.from(LDIF) };
  const domains = ["good.example", "dkim-nowhere.example", "spf-two.example"];
  // The laboratory's server, by its address: what it shows there is made for another name.
  const shown = process.env.JALON_LAB_TLS;
  const endpoints = [shown];
  const engagement = await createEngagement(first, { organisation: "Example Nord", domains, endpoints, directory });
  await measure(first, engagement);
  const cookies = await first.context().cookies();
  await first.goto(`${engagement}/targets`);
  const target = async (value) => first.locator(".j-rows a.t", { hasText: value }).getAttribute("href");
  const [domain, source, endpoint] = [await target("spf-two.example"), await target("nord.ldif"), await target(shown)];
  await first.goto(`${engagement}/checks`);
  const ran = await first.locator(`a[href^='${engagement}/runs/']`).first().getAttribute("href");

  const pages = {
    home: "/",
    overview: engagement,
    responsibilities: `${engagement}/responsibilities`,
    edit: `${engagement}/responsibilities?edit=success.plan`,
    responsibility: `${engagement}/responsibilities/dns.records`,
    remediation: `${engagement}/remediation?view=all&open=DNS-005`,
    form: `${engagement}/remediation?view=all&open=SPF-02&form=azure`,
    checks: `${engagement}/checks`,
    run: new URL(ran, app.origin).pathname,
    gates: `${engagement}/gates`,
    audit: `${engagement}/audit`,
    targets: `${engagement}/targets`,
    target: domain,
    source,
    endpoint,
    directory: `${engagement}/directories/new`,
    environment: `${engagement}/environment`,
    notices: `${engagement}/notices`,
    calendar: `${engagement}/calendar`,
    none: `${engagement}/calendar?view=mine`,
    wizard: "/engagements/new",
    absent: `${engagement}/responsibilities/no.such`,
  };
  const looks = [
    { theme: "light", viewport: "desktop" },
    { theme: "dark", viewport: "phone" },
    { theme: "dark", viewport: "desktop", script: false },
  ];
  for (const look of looks) {
    const page = await open({ language, ...look });
    await page.context().addCookies(cookies);
    for (const [what, where] of Object.entries(pages)) {
      const answer = await page.goto(`${where}${where.includes("?") ? "&" : "?"}lang=${language}`);
      const size = (await answer.body()).length;
      assert.ok(size < LIMIT, `${what} is ${size} bytes, more than ${LIMIT}`);
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      if (look.script !== false) await check(page);
      const wide = await page.locator("html").evaluate((it) => it.scrollWidth - it.clientWidth);
      assert.ok(wide <= 0, `${what} scrolls sideways by ${wide} px (${look.viewport})`);
      await screenshot(page, `${what}-${look.viewport}-${look.theme}-${language}`);
    }
  }
}
