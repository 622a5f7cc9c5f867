// The main journeys in Firefox, by its own protocol (WebDriver BiDi): run by test_firefox.py.
//
// Arguments: the folder of node_modules, the program, the portal's address. What each step shows is
// printed as one line of JSON; what the page complains of is the last one.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, program, portal] = process.argv.slice(2);
const { default: puppeteer } = await import(
  pathToFileURL(createRequire(`${modules}/`).resolve("puppeteer-core")).href);
const browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true });
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
const complaints = [];
page.on("pageerror", error => complaints.push(error.message));
page.on("console", message => { if (message.type() === "error") complaints.push(message.text()); });
await page.setViewport({ width: 1280, height: 900 });

const show = (step, shown) => console.log(JSON.stringify([step, shown]));
const text = selector => page.$eval(selector, element => element.innerText);
const field = label => page.locator(`::-p-xpath(//*[@id=//label[normalize-space()="${label}"]/@for])`);
const press = name => page.locator(
  `::-p-xpath(//main//*[self::a or self::button][normalize-space()="${name}"])`).click();
const screen = title => page.waitForFunction(
  wanted => document.querySelector(".screen:not([aria-busy]) h1")?.innerText === wanted, {}, title);
const until = (selector, words) => page.waitForFunction(
  (where, what) => document.querySelector(where)?.innerText.includes(what), {}, selector, words);

try {
  await page.goto(`${portal}/connexion?suite=/perspectives/promotions`);
  await field("Compte utilisateur").fill("jdupont2");
  await field("Mot de passe").fill("demonstration-libre");
  await page.locator("form.panel .btn.main").click();
  await screen("Promotions");
  show("réponse", await text(".screen h1 ~ p, .screen .answer"));

  const other = ".instrument .levers .chips button[aria-pressed=false], .instrument .levers button[aria-pressed=false]";
  const year = (await text(other)).match(/\d{4}/)[0];
  await page.locator(other).click();
  await until(".instrument .results", year);
  show("levier", [year, await text(".instrument .results")]);

  await page.reload();
  await screen("Promotions");
  show("relu", [year, await text(".instrument .results")]);

  await press("Ma paie");
  await screen("Ma paie");
  show("paie", await text(".instrument"));
  await page.goBack();
  await screen("Promotions");
  await page.goForward();
  await screen("Ma paie");
  show("retour", page.url());

  const course = "Enseigner la géométrie au cycle 3";
  await page.goto(`${portal}/cv/formations`);
  await page.locator("::-p-xpath(//button[starts-with(normalize-space(), 'Ajouter une formation')])").click();
  await page.waitForSelector("#saisie-t");
  await page.locator("#f-intitule").fill(course);
  await page.locator("#f-debut-an").fill("2022");
  await press("Valider");
  await until(".card-row h3", course);
  await until("#brouillon", "Brouillon enregistré");
  await page.reload();
  await until(".card-row h3", course);
  const sheet = await page.waitForSelector("img.sheet[src^='data:image/svg']");
  await page.locator("#apercu-texte > summary").click();
  await until(".words", course);
  await page.locator("#agrandir").click();
  await until(".zoom output", "125");
  show("cv", [course, await text(".words"), await sheet.evaluate(one => one.naturalWidth)]);

  await page.locator("::-p-xpath(//button[normalize-space()='Quitter'])").click();
  await page.waitForFunction(() => location.pathname === "/connexion");
  await page.goBack();
  await page.waitForFunction(() => location.pathname === "/connexion");
  show("quitté", await text("body"));
} finally {
  show("plaintes", complaints);
  await browser.close();
}
