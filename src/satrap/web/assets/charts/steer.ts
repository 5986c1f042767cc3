// Moving through the points of a line with pointer or keys: arrows step, Home and End jump, Enter opens the claims.
import { bisector } from "d3";
import type { Row } from "../shapes";
import { tip, told } from "./frame";

export interface Point<R extends Row> {
  row: R;
  x: number;
  y: number;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageDown: 12, PageUp: -12 };

/** Points are in the drawing's own units, in the order of x. */
export function steer<R extends Row>(
  svg: SVGSVGElement,
  points: readonly Point<R>[],
  tells: (row: R) => string[],
  label: string,
): void {
  if (!points.length) return;
  const marker = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  marker.setAttribute("r", "3.5");
  marker.setAttribute("visibility", "hidden");
  svg.append(marker);
  svg.tabIndex = 0;
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-roledescription", "chart");
  svg.setAttribute("aria-label", `${label}. Arrow keys move through time, Enter opens the claims behind a point`);
  svg.classList.add("steered");
  let at = -1;

  const show = (to: number): void => {
    at = Math.max(0, Math.min(to, points.length - 1));
    const point = points[at]!;
    marker.setAttribute("cx", String(point.x));
    marker.setAttribute("cy", String(point.y));
    marker.setAttribute("visibility", "visible");
    const box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    tip(svg, told(point.row, tells(point.row)), { x: box.left + point.x * scale, y: box.top + point.y * scale });
  };
  const hide = (): void => {
    marker.setAttribute("visibility", "hidden");
    tip(svg, null);
  };
  const nearest = (event: PointerEvent | MouseEvent): number => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) * svg.viewBox.baseVal.width) / box.width;
    return bisector((point: Point<R>) => point.x).center(points as Point<R>[], x);
  };
  let touched = -1;
  svg.addEventListener("pointermove", (event) => show(nearest(event)));
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("blur", hide);
  svg.addEventListener("focus", () => {
    if (svg.matches(":focus-visible")) show(at < 0 ? points.length - 1 : at);
  });
  svg.addEventListener("click", (event) => {
    const to = nearest(event);
    // a finger has no hover: the first touch shows, the second on the same point opens
    const opens = (event as PointerEvent).pointerType !== "touch" || touched === to;
    touched = to;
    if (opens) location.assign(points[to]!.row.href);
    else show(to);
  });
  svg.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step !== undefined) show(at < 0 ? points.length - 1 : at + step);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(points.length - 1);
    else if (event.key === "Enter" && at >= 0) location.assign(points[at]!.row.href);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
  });
}
