// What drifted is told once and read, and what runs out is on a calendar that another program can read, once in each
// language. The name server is real, and so is the drift: a mended record is taken back.

import assert from "node:assert/strict";
import { createEngagement, measure, publish, setUp, submit } from "../people.mjs";

export const name = "drift that is told once, and a calendar to subscribe to";
export const each = ["en", "fr"];

const ZONE = "spf-two.example";
const LDIF = "dn: CN=a,DC=nord,DC=example,DC=com\nobjectClass: contact\ncn: a\nmail: a@nord.example.com\n";

export async function run({ app, open, check, screenshot }, language) {
  const page = await open({ language });
  await setUp(page, app, language);
  const directory = { name: "nord.ldif", mimeType: "text/plain", buffer: Buffer.from(LDIF) };
  const engagement = await createEngagement(page, { organisation: "Example Nord", domains: [ZONE], directory });
  await measure(page, engagement);
  await drift(page, engagement);

  // Told once, counted beside the overview until it is read.
  const unread = page.locator(`.j-nav a[href='${engagement}'] .j-n`);
  const told = page.locator("[aria-labelledby=h-changed] .j-told li");
  await page.goto(engagement);
  await told.first().waitFor();
  assert.equal(await told.count(), 1, "what several ask for is told once");
  assert.match(await unread.textContent(), /^1 /);
  await check(page);
  await screenshot(page, `changed-${language}`);
  await measure(page, engagement);
  await page.goto(engagement);
  assert.equal(await told.count(), 1, "the same is not told again");

  await page.goto(`${engagement}/notices`);
  await check(page);
  await submit(page, `form[action='${engagement}/notices/read']:has([name=notice])`);
  await page.locator("form:has([name=unread])").waitFor();
  await check(page);
  assert.equal(await unread.count(), 0, "it is read");
  await submit(page, "form:has([name=unread])");
  await page.locator("form:has([name=notice]):not(:has([name=unread]))").waitFor();
  await page.goto(engagement);
  await submit(page, `form[action='${engagement}/notices/read']`);
  await page.waitForURL(`**${engagement}`);
  assert.equal(await unread.count(), 0, "all of it is read");
  await check(page);

  // The calendar, and an address of it that needs no session.
  await page.locator(`.j-nav a[href='${engagement}/calendar']`).click();
  await page.locator(".j-agenda li").first().waitFor();
  await check(page);
  await page.locator("a.j-chip[href*='kind=measurement']").click();
  await page.locator(".j-chip.on").waitFor();
  await check(page);
  await submit(page, `form[action='${engagement}/calendar/feed']`);
  const link = page.locator("[aria-labelledby=h-feed] .j-note code");
  await link.waitFor();
  await check(page);
  await screenshot(page, `calendar-feed-${language}`);
  const address = await link.textContent();
  const file = await fetch(address);
  assert.equal(file.status, 200);
  assert.match(file.headers.get("content-type"), /^text\/calendar/);
  const summary = { en: "SUMMARY:Next measurement: DNS", fr: "SUMMARY:Prochaine mesure\u00a0: DNS" }[language];
  assert.ok((await file.text()).includes(`${summary}\r\n`));

  await page.goto(`${engagement}/calendar`);
  assert.equal(await link.count(), 0, "it is shown once");
  await submit(page, `form[action='${engagement}/calendar/feed/revoke']`);
  await page.locator(".j-toast").waitFor();
  await check(page);
  assert.equal((await fetch(address)).status, 404);
}

/** A record is mended and proved; then the mending is taken back, and the next measurement sees the fault again. */
async function drift(page, engagement) {
  const file = await page.request.get(`${engagement}/remediation/SPF-02/fix`);
  const takeBack = publish(ZONE, await file.text());
  try {
    await measure(page, engagement);
  } finally {
    takeBack();
  }
  await measure(page, engagement);
}
