// What people do on the pages, in words that the stories share. Fields are found by their names and forms by where they
// post to, so that a story reads the same in both languages.

import { execFileSync } from "node:child_process";

/** The first account, through the one-time link; leaves the browser in the wizard. */
export async function setUp(page, app, language) {
  await page.goto(`${app.setupLink}&lang=${language}`);
  await page.fill("[name=name]", "Claire Morel");
  await page.fill("[name=email]", "claire.morel@nord.example.com");
  await page.fill("[name=password]", "short");
  await submit(page, "form[action^='/set-up']");
  await page.locator(".j-errmsg").first().waitFor();
  await page.fill("[name=password]", "un jalon planté dans la bruyère");
  await submit(page, "form[action^='/set-up']");
  await page.waitForURL("**/engagements/new");
}

/** Presses the (first) button of a form. */
export async function submit(page, form) {
  await page.locator(form).first().locator("[type=submit]").first().click();
}

/** An engagement of three steps; returns its address. */
export async function createEngagement(page, { organisation, domains, endpoints = [], directory, check }) {
  await page.fill("[name=organisation]", organisation);
  await page.fill("[name=seats]", "many");
  await page.locator("[name=go][value=targets], [name=go]").first().click();
  await page.locator(".j-errmsg").first().waitFor();
  await check?.(page);
  await page.fill("[name=seats]", "2340");
  await page.check("[name=options][value=directory-sync]");
  await page.locator("button.btn-primary[name=go]").click();
  await page.fill("[name=domains]", domains.join("\n"));
  await page.fill("[name=endpoints]", endpoints.join("\n"));
  await check?.(page);
  await page.locator("button.btn-primary[name=go]").click();
  await page.setInputFiles("[name=directory]", directory);
  await check?.(page);
  await page.locator("button.btn-primary[type=submit]:not([name=go])").click();
  await page.waitForURL("**/e/*");
  return new URL(page.url()).pathname;
}

/** Measures everything and waits until nothing is under way any more. */
export async function measure(page, engagement) {
  await page.goto(`${engagement}/checks`);
  await submit(page, `form[action='${engagement}/checks/run']`);
  await settled(page, engagement);
}

/** Waits, on the page of the checks, until no run is queued or under way: the page looks by itself. */
export async function settled(page, engagement) {
  await page.goto(`${engagement}/checks`);
  await page.locator("progress, [hx-trigger*='every']").waitFor({ state: "detached", timeout: 30_000 });
}

/** Attaches a file to each requirement of a responsibility that people prove, and approves it. */
export async function prove(page, responsibility) {
  await page.goto(responsibility);
  const asked = await page
    .locator("form[action$='/statements'] [name=requirement], form[action$='/files'] [name=requirement]")
    .evaluateAll((fields) => [...new Set(fields.map((it) => it.value))]);
  for (const requirement of asked) {
    await page.goto(responsibility);
    const files = page.locator(`form[action$='/files']:has([value='${requirement}'])`);
    if ((await files.count()) > 0) {
      await unfold(files);
      await files.locator("[type=file]").setInputFiles({
        name: `${requirement}.txt`,
        mimeType: "text/plain",
        buffer: Buffer.from("What was agreed on, and by whom.\n"),
      });
      await files.locator("[type=submit]").click();
      await page.waitForLoadState();
      await page.goto(responsibility);
    }
    const word = page.locator(`form[action$='/statements']:has([value='${requirement}'])`);
    await unfold(word);
    await word.locator("textarea").fill("Read, and agreed.");
    await word.locator("[name=approved][value=true]").click();
    await page.waitForLoadState();
  }
}

/** Opens the <details> that a form lies in. */
async function unfold(form) {
  await form.first().evaluate((it) => {
    for (let around = it.closest("details"); around; around = around.parentElement?.closest("details")) around.open = true;
  });
}

/**
 * Publishes a fix in the lab's name server, as a person would at the DNS host: `; remove: LINE` goes away, any other line
 * is added. Returns what takes it back.
 */
export function publish(zone, fix) {
  const lines = fix.split("\n").filter((it) => it.trim() !== "");
  const gone = lines.filter((it) => it.startsWith("; remove: ")).map((it) => it.slice("; remove: ".length));
  const added = lines.filter((it) => !it.startsWith(";"));
  edit(zone, gone, added);
  return () => edit(zone, added, gone);
}

function edit(zone, gone, added) {
  const knotc = (...words) => execFileSync("knotc", ["-s", process.env.JALON_LAB_DNS_CONTROL, ...words]);
  const record = (line) => line.match(/^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.*)$/).slice(1);
  knotc("zone-begin", zone);
  for (const [owner, , type, data] of gone.map(record)) knotc("zone-unset", zone, owner, type, data);
  for (const [owner, ttl, type, data] of added.map(record)) knotc("zone-set", zone, owner, ttl, type, data);
  knotc("zone-commit", zone);
}
