import { readMeta } from './page.js';

/** Drawn a little before they are scrolled to. */
const ahead = '300px 0px';

let observer = null;

/** Has the drawing of charts fetched while the numbers are painted. */
export function fetchCharts() {
  const address = readMeta('charts');
  if (address && document.querySelector('figure[data-chart]') !== null) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = address;
    document.head.append(link);
  }
}

/** Draws each chart when it comes into sight; their drawing is loaded for the first of them. */
export function showCharts() {
  observer?.disconnect();
  observer = null;
  const figures = document.querySelectorAll('figure[data-chart]');
  const address = readMeta('charts');
  if (figures.length === 0 || !address) {
    return;
  }
  observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
      seen.forEach((figure) => observer?.unobserve(figure));
      if (seen.length > 0) {
        void import(address).then((module) => module.drawCharts(seen));
      }
    },
    { rootMargin: ahead },
  );
  figures.forEach((figure) => observer.observe(figure));
}
