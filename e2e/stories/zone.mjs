// A record is mended and followed: its lines in the form that the DNS host takes, a look before and after it is published,
// the run that closes the finding; and the page of its domain. The name server is real.

import assert from "node:assert/strict";
import { createEngagement, measure, publish, setUp, submit } from "../people.mjs";

export const name = "a record is followed until every server shows it";
export const each = ["en", "fr"];

const ZONE = "spf-two.example";
const RULE = "SPF-02";
const LDIF = "dn: CN=a,DC=nord,DC=example,DC=com\nobjectClass: user\ncn: a\n";

export async function run({ app, open, check, screenshot }, language) {
  const page = await open({ language });
  await setUp(page, app, language);
  const directory = { name: "nord.ldif", mimeType: "text/plain", buffer: Buffer.from(LDIF) };
  const engagement = await createEngagement(page, { organisation: "Example Nord", domains: [ZONE], directory });
  await measure(page, engagement);

  // A form is a link: it works without script.
  const plain = await open({ language, script: false });
  await plain.context().addCookies(await page.context().cookies());
  await plain.goto(`${engagement}/remediation?view=all&open=${RULE}`);
  await plain.locator(".j-forms a[href*='form=route53']").click();
  await plain.locator(".j-forms a[aria-current][href*='form=route53']").waitFor();
  const link = plain.locator(`a[href*='/zone?form=route53&rule=${RULE}']`);
  const batch = await (await plain.request.get(await link.getAttribute("href"))).json();
  assert.equal(batch.Changes[0].ResourceRecordSet.Name, `${ZONE}.`);

  const list = `${engagement}/remediation?view=all&open=${RULE}`;
  await page.goto(list);
  const file = await page.request.get(await page.locator(`a[href*='${RULE}/fix']`).first().getAttribute("href"));
  const takeBack = publish(ZONE, await file.text());
  try {
    await look(page, list);
    await page.locator("#seen .j-ok").waitFor();
    await check(page);
    await screenshot(page, `seen-${language}`);
    assert.equal(await page.locator(`#g-${RULE}`).count(), 1, "a look closes nothing");
    await page.goto(list);
    await submit(page, `form[action='${engagement}/checks/run']:has(.btn-primary)`);
    await measure(page, engagement);
    await page.goto(`${engagement}/remediation?view=fixed&open=${RULE}`);
    await page.locator("#seen .j-ok").waitFor();
    await check(page);
  } finally {
    takeBack();
  }

  await page.goto(`${engagement}/targets`);
  await page.locator(".j-rows a.t", { hasText: ZONE }).click();
  await page.getByRole("heading", { level: 1, name: ZONE }).waitFor();
  await page.locator(".j-kv", { hasText: "v=spf1" }).waitFor();
  assert.equal(await page.locator("#h-history").count(), 1);
  await check(page);
  await screenshot(page, `followed-${language}`);
}

/** Presses the button, and waits until the page by itself says what came of it. */
async function look(page, list) {
  await page.goto(list);
  await submit(page, "form[action*='/look']");
  await page.waitForURL("**#seen");
  await page.locator("#seen[hx-trigger]").waitFor({ state: "detached", timeout: 30_000 });
}
