// The loop on which everything hangs, once in each language: set-up, wizard, checks, findings, fix, checks again, proof,
// gate. The name server and the directory are real, and so is the fix.

import assert from "node:assert/strict";
import { createEngagement, measure, prove, publish, setUp, submit } from "../people.mjs";

export const name = "from an empty machine to an open gate, in both languages";
export const each = ["en", "fr"];

const ZONE = "spf-two.example";
const LDIF = `version: 1

dn: CN=Zoe Petit,OU=Agences,DC=nord,DC=example,DC=com
objectClass: user
cn: Zoe Petit
displayName: Zoe Petit
sAMAccountName: zpetit
userPrincipalName: zoé petit@nord.example.com
mail: zoe.petit@nord.example.com
`;

export async function run({ app, open, check, screenshot }, language) {
  const page = await open({ language });
  await setUp(page, app, language);
  const directory = { name: "nord.ldif", mimeType: "text/plain", buffer: Buffer.from(LDIF) };
  const engagement = await createEngagement(page, { organisation: "Example Nord", domains: [ZONE], directory, check });
  await check(page);

  await measure(page, engagement);
  await check(page);
  await page.locator(`a[href^='${engagement}/runs/']`).first().click();
  await check(page);

  // The planted fault is found; its fix is a file that says what to remove and what to add.
  await page.goto(`${engagement}/remediation?view=all&open=SPF-02`);
  await check(page);
  await screenshot(page, `remediation-${language}`);
  const link = page.locator("a[href*='SPF-02/fix']").first();
  const file = await page.request.get(await link.getAttribute("href"));
  assert.match(file.headers()["content-disposition"], /^attachment; filename="?fix-spf-02\.zone/);
  const fix = await file.text();
  assert.match(fix, /^; remove: spf-two\.example\./m);
  const takeBack = publish(ZONE, fix);
  try {
    await page.goto(`${engagement}/remediation?view=all&open=SPF-02`);
    await submit(page, `form[action='${engagement}/checks/run']:has(.btn-primary)`);
    await measure(page, engagement);
    await page.goto(`${engagement}/remediation?view=fixed`);
    await page.getByText("SPF-02").first().waitFor();
    await page.goto(`${engagement}/remediation?view=all`);
    assert.equal(await page.getByText("SPF-02").count(), 0, "a measurement closed the finding");
  } finally {
    takeBack();
  }

  // People prove the rest of the first phase, and its gate opens.
  await page.goto(`${engagement}/gates/initiate`);
  await check(page);
  // Each time the page says what to do next; doing it a dozen times is more than enough.
  for (let round = 0; round < 12; round += 1) {
    await page.goto(`${engagement}/gates/initiate`);
    const next = page.locator(".j-next a.btn-primary");
    if ((await next.count()) === 0) break;
    await prove(page, await next.getAttribute("href"));
  }
  await page.goto(`${engagement}/gates/initiate`);
  const word = { en: "Open", fr: "Ouvert" }[language];
  await page.locator(".j-head").getByText(word, { exact: true }).first().waitFor();
  await check(page);
  await screenshot(page, `gate-${language}`);

  await page.goto(`${engagement}/audit`);
  await check(page);
}
