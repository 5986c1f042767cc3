// Who answers to whom (indented lines), and who may act on whom (arcs beside them).
import { path } from "d3";
import type { OrgOptions, OrgRow, Told } from "../shapes";
import { canvas, colour, fitted, type Frame, grouped, legend, linked } from "./frame";

const ROW = 26;
const STEP = 18;
const LETTER = 6.2; // px, at most, on average

interface Placed extends OrgRow {
  depth: number;
  line: number;
}

export function org(frame: Frame, { rows, ...options }: Told<OrgRow, OrgOptions>): void {
  const placed = laid(rows);
  const lines = new Map(placed.map((one) => [one.id, one]));
  const arcs = options.oversight.filter(({ by, over }) => lines.has(by) && lines.has(over));
  const width = Math.min(frame.width, 820);
  const beside = arcs.length ? Math.min(150, width * 0.25) : 0;
  const longest = Math.max(...placed.map((one) => one.depth * STEP + 24 + worded(one).length * LETTER));
  const right = Math.min(width - beside, longest);
  const svg = canvas({ ...frame, width }, placed.length * ROW + 6);
  const y = (one: Placed): number => one.line * ROW + ROW / 2;
  const elbows = svg.append("g").attr("fill", "none").attr("stroke", "var(--soft)");
  for (const one of placed) {
    const above = one.parent ? lines.get(one.parent) : undefined;
    if (!above) continue;
    const x = above.depth * STEP + 6;
    elbows
      .append("path")
      .attr("d", `M${x},${y(above) + 7}V${y(one)}H${one.depth * STEP}`)
      .attr("stroke-dasharray", one.parent_kind === "de facto" ? "3,3" : null);
  }
  const kinds = grouped(arcs, (arc) => arc.kind).map(([kind]) => kind);
  for (const { by, over, kind } of arcs) {
    const from = lines.get(by)!;
    const to = lines.get(over)!;
    const reach = Math.min(beside - 14, 12 + Math.abs(to.line - from.line) * 7);
    const drawn = path();
    drawn.moveTo(right, y(from));
    drawn.bezierCurveTo(right + reach, y(from), right + reach, y(to), right + 6, y(to));
    svg
      .append("path")
      .attr("d", drawn.toString())
      .attr("fill", "none")
      .attr("stroke", `var(--i${kinds.indexOf(kind) + 1})`)
      .attr("stroke-width", 1.3);
    svg.append("path").attr("d", `M${right + 1},${y(to)}l6,-3.5v7z`).attr("fill", `var(--i${kinds.indexOf(kind) + 1})`);
  }
  const marks = linked(svg, placed, (one) => [
    one.own ? `${one.name} ${one.own}` : one.name,
    ...(one.holder ? [`led by ${one.holder}`] : []),
    ...(one.parent ? [`answers to ${lines.get(one.parent)?.name ?? one.parent}${one.parent_kind === "de facto" ? " in practice" : ""}`] : []),
    ...arcs.filter((arc) => arc.by === one.id).map((arc) => `${arc.kind}: ${lines.get(arc.over)!.name}`),
  ]).attr("transform", (one) => `translate(${one.depth * STEP},${one.line * ROW})`);
  marks.append("rect").attr("class", "hit").attr("width", (one) => right - one.depth * STEP).attr("height", ROW);
  marks.append("circle").attr("cx", 6).attr("cy", ROW / 2).attr("r", 4).attr("fill", (one) => colour(one.id));
  marks
    .append("text")
    .attr("x", 15)
    .attr("y", ROW / 2 + 4)
    .text((one) => fitted(worded(one), right - one.depth * STEP - 20));
  legend(frame, [
    ...kinds.map((kind, at) => ({ label: `${kind} (arrow to whom)`, fill: `var(--i${at + 1})` })),
    ...(rows.some((row) => row.parent_kind === "de facto") ? [{ label: "broken line: in practice, not on paper" }] : []),
  ]);
}

const worded = (one: OrgRow): string => (one.holder ? `${one.name} · ${one.holder}` : one.name);

/** Depth first, in the order given; what answers to nobody here is at the root, and so is each of a circle. */
function laid(rows: readonly OrgRow[]): Placed[] {
  const known = new Set(rows.map((row) => row.id));
  const under = new Map(grouped(rows, (row) => row.parent ?? ""));
  const done: Placed[] = [];
  const seen = new Set<string>();
  const walk = (row: OrgRow, depth: number): void => {
    if (seen.has(row.id)) return;
    seen.add(row.id);
    done.push({ ...row, depth, line: done.length });
    for (const child of under.get(row.id) ?? []) walk(child, depth + 1);
  };
  for (const row of rows) if (!row.parent || !known.has(row.parent)) walk(row, 0);
  for (const row of rows) walk(row, 0);
  return done;
}
