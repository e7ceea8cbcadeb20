/** Returns the times from the key press to the frames after those that show the message, unsent and stored. */
export async function timeToPaint(tab) {
  const text = `Quick ${Math.random()}`;
  await tab.fill(text);
  return tab.page.evaluate(async (wanted) => {
    const began = performance.now();
    const timeUntil = async (lists) => {
      const isThere = () => lists.some((list) => list.querySelector(".message:last-child .content")?.textContent === wanted);
      while (!isThere()) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return Math.round(performance.now() - began);
    };
    const [stored, unsent] = [document.getElementById("list"), document.getElementById("unsent")];
    document.getElementById("composer").requestSubmit();
    return { shown: await timeUntil([unsent, stored]), stored: await timeUntil([stored]) };
  }, text);
}
