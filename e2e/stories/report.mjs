// The report of `jalon check directory`: a file that somebody sends, opened without any server.

import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { program } from "../app.mjs";

export const name = "a directory's report is read";

const person = (name, principal, mail) =>
  `dn: CN=${name},OU=People,DC=contoso,DC=example\nobjectClass: user\ncn: ${name}\ndisplayName: ${name}\nsAMAccountName: ${name}\nuserPrincipalName: ${principal}\nmail: ${mail}\n\n`;

const LDIF = [
  person("Ada", "a da@contoso.example", "ada@contoso.example"),
  person("Grace", "grace<script>alert(1)</script>@contoso.example", "ADA@contoso.example"),
  person("Edsger", "edsger@contoso.example", "edsger@contoso.example"),
].join("");

export async function run({ app, open, check, screenshot }) {
  const source = join(app.data, "export.ldif");
  await writeFile(source, LDIF);
  for (const language of ["en", "fr"]) {
    const report = join(app.data, `report-${language}.html`);
    const { status, stderr } = spawnSync(program, ["--lang", language, "check", "directory", source, "--report", report]);
    if (status !== 1) throw new Error(`the check ended with ${status}: ${stderr}`);
    for (const theme of ["light", "dark"]) {
      for (const viewport of ["desktop", "phone"]) {
        const page = await open({ language, theme, viewport });
        const asked = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.goto(pathToFileURL(report).href);
        await check(page);
        if (asked.length !== 1) throw new Error(`the report asks for ${asked.slice(1).join(", ")}`);
        await page.getByText("DIR-019").first().waitFor();
        const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (width > 0) throw new Error(`the report is ${width} pixels too wide for a ${viewport}`);
        await screenshot(page, `report-${language}-${theme}-${viewport}`);
      }
    }
  }
}
