// A live directory, once in each language: connected from its form, measured, its forest told, a mistake in it found, the
// fix approved and applied, and proved by the next run. The domain controller is real, and so is the fix.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createEngagement, settled, setUp, submit } from "../people.mjs";

export const name = "a live directory, from its connection to a fix that a run has proved";
export const each = ["en", "fr"];

const lab = (it) => process.env[`JALON_LAB_AD${it}`];
const EXPORT = "dn: CN=a,DC=nord,DC=example,DC=com\nobjectClass: contact\ncn: a\nmail: a@nord.example.com\n\n";

export async function run({ app, open, check, screenshot }, language) {
  if (lab("") === "absent") {
    assert.ok(!process.env.CI, "the laboratory has no domain controller: run it as root");
    return;
  }
  const page = await open({ language });
  await setUp(page, app, language);
  const directory = { name: "old.ldif", mimeType: "text/plain", buffer: Buffer.from(EXPORT) };
  const engagement = await createEngagement(page, { organisation: "Example Nord", domains: ["contoso.example"], directory });
  const unit = `OU=Story ${language},${lab("_BASE")}`;
  modify(`dn: ${unit}\nchangetype: add\nobjectClass: organizationalUnit\n`);
  const person = `CN=Planted,${unit}`;
  const nickname = `.planted.${language}`;
  modify(
    `dn: ${person}\nchangetype: add\nobjectClass: contact\ndisplayName: Planted ${language}\nmailNickname: ${nickname}\n` +
      `mail: planted.${language}@contoso.example\nproxyAddresses: SMTP:planted.${language}@contoso.example\n`,
  );
  try {
    await connect(page, engagement, unit, { check, screenshot, language });
    await mended(page, engagement, { app, check, screenshot, language });
  } finally {
    modify(`dn: ${person}\nchangetype: delete\n`);
    modify(`dn: ${unit}\nchangetype: delete\n`);
  }
}

async function connect(page, engagement, unit, { check, screenshot, language }) {
  await page.goto(`${engagement}/targets`);
  await page.locator(`a[href='${engagement}/directories/new']`).click();
  const form = `form[action='${engagement}/directories/new']`;
  await page.fill("[name=name]", "contoso");
  await page.fill("[name=server]", lab("_LDAPS").replace("ldaps://", ""));
  await page.selectOption("[name=security]", "ldaps");
  await page.fill("[name=roots]", readFileSync(lab("_ROOTS"), "utf8"));
  await page.fill("[name=user]", lab("_ADMIN"));
  await page.fill("[name=bases]", unit);
  await page.fill("[name=password]", "wrong");
  const tryOut = page.locator(`${form} button[name=act]`);
  await tryOut.click();
  await page.locator("#told .j-note.bad").waitFor();
  assert.equal(await page.inputValue("[name=password]"), "wrong", "what was typed stays");
  await page.fill("[name=password]", lab("_PASSWORD"));
  await tryOut.click();
  await page.locator("#told .j-note.ok").waitFor();
  await check(page);
  await screenshot(page, `directory-${language}`);
  await page.locator(`${form} .btn-primary`).click();
  await page.waitForURL("**/targets?done=connected");
  await check(page);

  // Its row tries it out again, and has it read whole.
  await page.locator("details.j-menu:has(form[action$='/full'])").locator("summary").click();
  await submit(page, "form[action$='/test']");
  await page.locator(".j-rows .j-note.ok").waitFor();
  await page.locator("details.j-menu:has(form[action$='/full'])").locator("summary").click();
  await submit(page, "form[action$='/full']");
  await settled(page, engagement);

  await page.goto(`${engagement}/environment`);
  await page.getByText("contoso.example").first().waitFor();
  await page.getByText("P-DIR-01").waitFor();
  await check(page);
  await screenshot(page, `environment-${language}`);
}

async function mended(page, engagement, { app, check, screenshot, language }) {
  // The rule that the nickname breaks is DIR-008: no full stop at its beginning.
  const list = `${engagement}/remediation?view=all&family=directory&open=DIR-008`;
  await page.goto(list);
  await page.getByText(`.planted.${language}`).first().waitFor();
  await check(page);
  await page.locator("a[href*='plan=']").first().click();
  const approval = "form[action*='/DIR-008/fixes']";
  await page.locator(`${approval} [name=note]`).fill("Agreed.");
  await check(page);
  await page.locator(`${approval} .btn-primary`).click();
  await page.locator(".j-fixes form[action*='/revoke']").waitFor();
  assert.equal(await page.locator(".j-fix a[href$='/targets']").count(), 0, "a live directory is not exported again");
  await check(page);
  await screenshot(page, `fix-approved-${language}`);
  const link = page.locator(".j-fixes li:has(form[action*='/revoke']) a[href*='/files/']").first();
  const file = await page.request.get(new URL(await link.getAttribute("href"), app.origin).href);
  modify(await file.text());

  await page.goto(list);
  await submit(page, `form[action='${engagement}/checks/run']:has(.btn-primary)`);
  await settled(page, engagement);
  await page.goto(`${engagement}/remediation?view=fixed&family=directory&open=DIR-008`);
  const proof = page.locator(".j-fixes a[href*='/runs/']").first();
  await proof.waitFor();
  await check(page);
  await screenshot(page, `fix-proved-${language}`);
  await proof.click();
  await check(page);
}

/** Changes the domain controller behind the program's back. */
function modify(ldif) {
  const words = ["-H", lab("_LDAPS"), "-x", "-D", lab("_ADMIN"), "-w", lab("_PASSWORD")];
  const env = { ...process.env, LDAPTLS_CACERT: lab("_ROOTS") };
  execFileSync("ldapmodify", words, { input: ldif, env, stdio: ["pipe", "ignore", "inherit"] });
}
