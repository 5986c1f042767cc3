// Provinces on a map of equal squares (area misleads), or in outline: one map for each institution.
import { geoMercator, geoPath, max } from "d3";
import type { GeoJSON } from "geojson";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import type { MapOptions, MapRow, Told } from "../shapes";
import { between, canvas, element, FORMS, type Frame, grouped, legend, linked, panels, type Svg } from "./frame";

const DEEPEST = 58; // % of the hue in the strongest tint, under which text stays legible
const LEAST = 0.02; // of a share: what moved less than two points is never in the strongest tint
const GAP = 3;
const KEPT = "satrap.map";

export async function map(frame: Frame, told: Told<MapRow, MapOptions>): Promise<void> {
  const { outlines } = told;
  if (outlines) frame.into.append(toggle(frame));
  const shapes = outlines && localStorage.getItem(KEPT) === "outlines" ? await topology(outlines) : null;
  const all = grouped(told.rows, (row) => row.key);
  const silent = all.filter(([, group]) => group.every((row) => row.prior));
  const groups = silent.length < all.length ? all.filter((one) => !silent.includes(one)) : all.slice(0, 1);
  const boxes = panels(
    frame,
    groups.map(([, group]) => group[0]!.title),
    420,
  );
  const strongest = Math.max(LEAST, max(told.rows, (row) => (row.prior ? 0 : Math.abs(row.value))) ?? 0);
  groups.forEach(([, group], at) => {
    const fill = (row: MapRow): string => tint(row, strongest, told.signed ?? false);
    if (shapes) outlined(boxes[at]!, group, shapes, fill, told);
    else tiled(boxes[at]!, group, fill, told);
  });
  legend(frame, key(told, strongest));
  const untold = all.filter((one) => !groups.includes(one)).map(([, group]) => group[0]!.title);
  if (untold.length) frame.into.append(element("p", "untold", `Claims tell nothing, province by province, of: ${untold.join(", ")}.`));
}

function tiled(frame: Frame, rows: readonly MapRow[], fill: (row: MapRow) => string, options: MapOptions): void {
  const columns = 1 + (max(rows, (row) => row.column) ?? 0);
  const lines = 1 + (max(rows, (row) => row.row) ?? 0);
  const side = Math.min(84, (frame.width - GAP) / columns);
  const svg = canvas({ ...frame, width: columns * side + GAP }, lines * side + GAP);
  hatch(svg);
  squares(svg, rows, side, (row) => [row.column * side, row.row * side], fill, options);
}

function squares(
  svg: Svg,
  rows: readonly MapRow[],
  side: number,
  place: (row: MapRow) => [number, number],
  fill: (row: MapRow) => string,
  options: MapOptions,
): void {
  const marks = linked(svg, rows, (row) => tells(row, options)).attr(
    "transform",
    (row) => `translate(${place(row).map((at) => at + GAP / 2)})`,
  );
  marks
    .append("rect")
    .attr("class", (row) => (row.follows ? "tile follows" : "tile"))
    .attr("width", side - GAP)
    .attr("height", side - GAP)
    .attr("rx", 3)
    .style("fill", fill);
  const small = side < 40;
  marks
    .filter(() => side >= 22)
    .append("text")
    .attr("x", 4)
    .attr("y", small ? 11 : 12)
    .attr("font-size", 9)
    .each(function (row) {
      const words = small ? [row.place.split("-").pop()!] : row.name.split(" ");
      words.slice(0, 2).forEach((word, at) => {
        const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
        span.setAttribute("x", "4");
        span.setAttribute("dy", at ? "10" : "0");
        span.textContent = word.length * 5 > side - 6 ? `${word.slice(0, Math.floor((side - 10) / 5))}.` : word;
        this.append(span);
      });
    });
  marks
    .filter(() => side >= 34)
    .append("text")
    .attr("x", 4)
    .attr("y", side - GAP - 5)
    .attr("font-size", Math.min(13, side / 4.2))
    .attr("font-weight", 600)
    .text((row) => (row.prior ? "–" : written(row.value, options)));
}

/** Places without an outline are squares below the map. */
function outlined(
  frame: Frame,
  rows: readonly MapRow[],
  shapes: Map<string, GeoJSON>,
  fill: (row: MapRow) => string,
  options: MapOptions,
): void {
  const drawn = rows.filter((row) => shapes.has(row.place));
  const inset = rows.filter((row) => !drawn.includes(row));
  const side = Math.min(52, frame.width / Math.max(4, inset.length));
  const height = frame.width * 0.95;
  const svg = canvas(frame, height + (inset.length ? side + 8 : 0));
  hatch(svg);
  const all = { type: "GeometryCollection", geometries: drawn.map((row) => shapes.get(row.place)) };
  const path = geoPath(geoMercator().fitExtent([[2, 2], [frame.width - 2, height - 2]], all as never));
  linked(svg, drawn, (row) => tells(row, options))
    .append("path")
    .attr("class", (row) => (row.follows ? "tile follows" : "tile"))
    .attr("d", (row) => path(shapes.get(row.place) as never))
    .style("fill", fill);
  squares(svg, inset, side, (row) => [inset.indexOf(row) * side, height + 6], fill, options);
}

let fetched: Promise<Map<string, GeoJSON>> | undefined;

function topology(address: string): Promise<Map<string, GeoJSON>> {
  fetched ??= fetch(address).then(async (answer) => {
    const whole = (await answer.json()) as Topology;
    const found = new Map<string, GeoJSON>();
    for (const object of Object.values(whole.objects)) {
      const made = feature(whole, object);
      for (const one of made.type === "FeatureCollection" ? made.features : [made]) {
        found.set(String(one.id), one.geometry);
      }
    }
    return found;
  });
  return fetched;
}

function toggle(frame: Frame): HTMLButtonElement {
  const outlined = localStorage.getItem(KEPT) === "outlines";
  const button = element("button", "toggle", outlined ? "Show equal squares" : "Show outlines");
  button.type = "button";
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, outlined ? "squares" : "outlines");
    frame.into.dispatchEvent(new CustomEvent("redraw", { bubbles: true }));
  });
  return button;
}

const written = (value: number, { signed }: MapOptions): string => FORMS[signed ? "points" : "share"](value);

const tells = (row: MapRow, options: MapOptions): string[] => [
  `${row.name}${row.own ? ` ${row.own}` : ""}: ${written(row.value, options)}${options.signed ? " points" : ""}`,
  `${row.title}; 80% band ${between(row.low_80, row.high_80, options.signed ? "points" : "share")}`,
  ...(row.prior ? ["The prior alone: claims tell nothing here"] : []),
  ...(row.follows ? ["No claim names the province: follows the nation"] : []),
];

function tint(row: MapRow, strongest: number, signed: boolean): string {
  if (row.prior) return "url(#unknown)";
  const hue = signed && row.value < 0 ? "var(--down)" : "var(--up)";
  return `color-mix(in oklab, ${hue} ${Math.round((DEEPEST * Math.abs(row.value)) / strongest)}%, var(--paper))`;
}

function hatch(svg: Svg): void {
  const pattern = svg.append("defs").append("pattern").attr("id", "unknown");
  pattern.attr("width", 6).attr("height", 6).attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
  pattern.append("rect").attr("width", 6).attr("height", 6).attr("fill", "var(--paper)");
  pattern.append("rect").attr("width", 2).attr("height", 6).attr("fill", "var(--rule)");
}

function key(told: Told<MapRow, MapOptions>, strongest: number) {
  const { signed } = told;
  const at = (value: number) => ({
    label: `${written(value, told)}${signed ? " points" : ""}`,
    fill: tint({ value, prior: false } as MapRow, strongest, signed ?? false),
  });
  return [
    ...(signed ? [at(-strongest), at(-strongest / 2)] : [at(strongest / 4)]),
    at(strongest / 2),
    at(strongest),
    ...(told.rows.some((row) => row.follows) ? [{ label: "no claim names it: follows the nation", kind: "follows" }] : []),
    ...(told.rows.some((row) => row.prior) ? [{ label: "the prior alone", kind: "unknown" }] : []),
  ];
}
