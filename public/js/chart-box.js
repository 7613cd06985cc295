import { countScale, timeScale } from '../../src/web/presentation/charts/scatter-drawing.ts';
import { fromLogPlace } from '../../src/web/presentation/charts/log-scale.ts';

/** So far a pointer moves before it draws: less is a click. */
const least = 5;

/**
 * A box that is drawn over the points fills in the form of limits beside them and sends it. A finger scrolls instead,
 * and a keyboard fills in the form itself.
 * @param toChart the chart that is drawn there at present
 */
export function offerBox(place, form, toChart) {
  let start = null;
  let box = null;
  place.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch' && event.button === 0) {
      start = toPoint(event, place);
    }
  });
  place.addEventListener('pointermove', (event) => {
    const end = toPoint(event, place);
    if (start === null || (box === null && Math.hypot(end.x - start.x, end.y - start.y) < least)) {
      return;
    }
    if (box === null) {
      place.setPointerCapture(event.pointerId);
      box = document.createElement('div');
      box.className = 'drawn-box';
      place.append(box);
    }
    const { left, top, right, bottom } = toArea(start, end);
    Object.assign(box.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${right - left}px`,
      height: `${bottom - top}px`,
    });
  });
  const stop = (event) => {
    const area = start === null ? null : toArea(start, toPoint(event, place));
    if (box !== null && event.type === 'pointerup') {
      fillIn(form, toChart(), area);
      form.requestSubmit();
    }
    box?.remove();
    start = null;
    box = null;
  };
  place.addEventListener('pointerup', stop);
  place.addEventListener('pointercancel', stop);
}

function toPoint({ clientX, clientY }, place) {
  const { left, top } = place.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function toArea(one, other) {
  return {
    left: Math.min(one.x, other.x),
    right: Math.max(one.x, other.x),
    top: Math.min(one.y, other.y),
    bottom: Math.max(one.y, other.y),
  };
}

/** Past the end of an axis there is no limit. */
function fillIn(form, { scales, chartArea }, { left, right, top, bottom }) {
  const toCount = (pixel) => fromLogPlace(scales.x.getValueForPixel(pixel), countScale);
  const toHours = (pixel) => Number((fromLogPlace(scales.y.getValueForPixel(pixel), timeScale) / 3_600).toPrecision(3));
  const isInside = { x: left > chartArea.left + 1, y: bottom < chartArea.bottom - 1 };
  form.elements.min_size.value = isInside.x ? Math.ceil(toCount(left)) : '';
  const most = Math.max(Math.floor(toCount(right)), Math.ceil(toCount(left)));
  form.elements.max_size.value = right < chartArea.right - 1 ? most : '';
  form.elements.min_hours.value = isInside.y ? toHours(bottom) : '';
  form.elements.max_hours.value = top > chartArea.top + 1 ? toHours(top) : '';
}
