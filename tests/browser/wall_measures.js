// What is wrong with a wall as it is shown: letters too small, parts that are cut or outside it.
(least) => {
  const wall = document.querySelector("[data-projector]");
  const apart = "dialog, .vh, .wall-more, .wall-at"; // for who listens, or in a help that scrolls
  const parts = [...wall.querySelectorAll("*")].filter((one) => one.checkVisibility());
  const letters = (one) => parseFloat(getComputedStyle(one).fontSize)
    * (one.ownerSVGElement ? one.getScreenCTM().a : 1);
  const small = parts.filter((one) => {
    const own = [...one.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
    const listened = one.closest("title, desc") || one.getBoundingClientRect().width < 2;
    return own && !listened && letters(one) < least - 0.05;
  }).map((one) => `${one.textContent.trim()} : ${letters(one).toFixed(1)} px`);
  const seen = parts.filter((one) => !one.closest(apart));
  const cut = [wall, wall.querySelector(".wall-step"), ...seen.filter((one) => !one.closest("svg"))]
    .filter((one) => getComputedStyle(one).display !== "inline")
    .filter((one) => one.scrollWidth > one.clientWidth + 1
      || (one.matches(".wall, .wall-step") && one.scrollHeight > one.clientHeight + 1))
    .map((one) => `${one.className} is cut`);
  const outside = seen.filter((one) => one.matches("h1, p, li, dt, dd, button, svg text"))
    .filter((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    }).map((one) => `${one.textContent.trim()} is outside`);
  const scrolls = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls"] : [];
  return [...small, ...cut, ...outside, ...scrolls];
}
