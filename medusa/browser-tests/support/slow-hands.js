/** Clicks twice on the same place, as people do: the second click does not wait for anything but the time. */
async function clickTwice(page, button, ms) {
  await button.waitFor({ state: 'visible' });
  await page.waitForFunction((element) => !element.disabled, await button.elementHandle());
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  const [left, top] = [x + width / 2, y + height / 2];
  await page.mouse.click(left, top);
  await new Promise((resolve) => setTimeout(resolve, ms));
  await page.mouse.click(left, top);
}

/** A processor that is so many times slower, until the returned function is called. */
async function slowProcessor(page, rate) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate });
  return async () => {
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await devTools.detach();
  };
}

module.exports = { clickTwice, slowProcessor };
