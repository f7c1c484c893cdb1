// SPDX-License-Identifier: MIT
// page_check.js - opens pages in a browser as people will, and looks for what breaks them:
// barriers (axe), requests, messages in the console, lines wider than the screen. Wide and
// narrow, light and dark; then it prints each page.
//
//   node page_check.js CHROMIUM FOLDER PAGE...     writes pictures and PDF into FOLDER
'use strict';
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let found = 0;
function complain(page, what) {
    found++;
    console.log(`${path.basename(page)}: ${what}`);
}

async function open(browser, file, width, scheme) {
    const page = await browser.newPage();
    page.on('console', message => complain(file, `console: ${message.text()}`));
    page.on('pageerror', error => complain(file, `error: ${error}`));
    page.on('request', request => {
        if (request.url() !== `file://${file}`)
            complain(file, `asks for ${request.url()}`);
    });
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(`file://${file}`);
    return page;
}

async function look(browser, file, width, scheme, folder) {
    const page = await open(browser, file, width, scheme);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0)
        complain(file, `${over} pixels too wide at ${width}, ${scheme}`);
    const name = path.basename(file, '.html');
    await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
    await page.close();
}

// The page's policy keeps strangers' scripts out; axe is ours, and is let in.
async function ask_axe(browser, file, width, scheme) {
    const page = await open(browser, file, width, scheme);
    await page.setBypassCSP(true);
    await page.reload();
    await page.evaluate(() => {
        for (const details of document.querySelectorAll('details'))
            details.open = true;
    });
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run());
    if (result.passes.length === 0)
        complain(file, 'axe found nothing to look at');
    for (const rule of result.violations)
        complain(file, `${rule.id} at ${width}, ${scheme}: ${rule.help}: ${rule.nodes[0].html}`);
    await page.close();
}

async function print(browser, file, folder) {
    const page = await open(browser, file, 1200, 'dark'); // paper is white at night, too
    await page.pdf({ path: `${folder}/${path.basename(file, '.html')}.pdf`, format: 'A4' });
    await page.close();
}

// What README shows: the first screen.
async function show(browser, file, folder) {
    const page = await open(browser, file, 920, 'light');
    await page.setViewport({ width: 920, height: 1180 });
    await page.screenshot({ path: `${folder}/report.png` });
    await page.close();
}

async function main() {
    const [chromium, folder, ...files] = process.argv.slice(2);
    const browser = await puppeteer.launch({
        executablePath: chromium,
        args: ['--no-sandbox', '--disable-gpu'],
    });
    for (const file of files) {
        for (const width of [1200, 400])
            for (const scheme of ['light', 'dark']) {
                await look(browser, file, width, scheme, folder);
                await ask_axe(browser, file, width, scheme);
            }
        await print(browser, file, folder);
    }
    await show(browser, files.find(file => file.endsWith('/reviews.html')), folder);
    await browser.close();
    process.exit(found > 0 ? 1 : 0);
}

main();
