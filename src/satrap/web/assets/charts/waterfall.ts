// What moved an estimate: bars from where it stood without claims, each claim's part after another, to where it is.
import { axisBottom, extent, scaleLinear, sum } from "d3";
import type { Told, WaterfallOptions, WaterfallRow } from "../shapes";
import { canvas, fitted, type Frame, legend, linked, FORMS } from "./frame";

const ROW = 32;
const SHOWN = 14;

export function waterfall(frame: Frame, { rows, ...options }: Told<WaterfallRow, WaterfallOptions>): void {
  const width = Math.min(frame.width, 820);
  const drawn = [...rows].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount)).slice(0, SHOWN);
  let at = options.start.value;
  const steps = drawn.map((row) => ({ ...row, from: at, to: (at += row.amount) }));
  const rest = options.end.value - at;
  const values = [options.start.value, options.end.value, ...steps.map((step) => step.to)];
  const [low = 0, high = 1] = extent(values);
  const pad = (high - low || 1) * 0.06;
  const x = scaleLinear([low - pad, high + pad], [4, width - 8]);
  const height = (steps.length + 3) * ROW;
  const svg = canvas({ ...frame, width }, height + 38);
  svg
    .append("g")
    .attr("class", "axis")
    .attr("transform", `translate(0,${height})`)
    .call(axisBottom(x).ticks(Math.floor(width / 90)).tickSize(-height).tickPadding(6) as never)
    .select(".domain")
    .remove();
  svg.append("text").attr("x", width - 8).attr("y", height + 34).attr("text-anchor", "end").attr("fill", "var(--soft)").text("log-ratio");
  const level = (label: string, value: number, row: number): void => {
    const group = svg.append("g").attr("transform", `translate(0,${row * ROW})`);
    group.append("text").attr("class", "over").attr("x", 2).attr("y", 13).attr("font-weight", 600).text(fitted(label, width));
    group.append("circle").attr("cx", x(value)).attr("cy", 22).attr("r", 5);
  };
  level(options.start.label, options.start.value, 0);
  const marks = linked(svg, steps, (row) => [
    row.label,
    `moves the log-ratio by ${FORMS.number(row.amount)}, from ${FORMS.number(row.from)} to ${FORMS.number(row.to)}`,
  ]).attr("transform", (_, index) => `translate(0,${(index + 1) * ROW})`);
  marks.append("rect").attr("class", "hit").attr("width", width).attr("height", ROW);
  marks
    .append("rect")
    .attr("x", (row) => x(Math.min(row.from, row.to)))
    .attr("width", (row) => Math.max(1.5, Math.abs(x(row.to) - x(row.from))))
    .attr("y", 17)
    .attr("height", 10)
    .attr("fill", (row) => (row.amount < 0 ? "var(--down)" : "var(--up)"));
  marks
    .append("line")
    .attr("x1", (row) => x(row.to))
    .attr("x2", (row) => x(row.to))
    .attr("y1", 17)
    .attr("y2", ROW + 17)
    .attr("stroke", "var(--soft)")
    .attr("stroke-width", 0.7);
  marks
    .append("text")
    .attr("class", "over")
    .attr("x", 2)
    .attr("y", 13)
    .text((row) => fitted(row.label, width - 60));
  marks
    .append("text")
    .attr("class", "over")
    .attr("x", width - 2)
    .attr("y", 13)
    .attr("text-anchor", "end")
    .text((row) => `${row.amount > 0 ? "+" : ""}${FORMS.number(row.amount)}`);
  const others = rows.length - drawn.length;
  const left = others ? `${others} more claims` : "what the claims taught together";
  if (Math.abs(rest) > 1e-6 || others) {
    const group = svg.append("g").attr("transform", `translate(0,${(steps.length + 1) * ROW})`);
    group.append("text").attr("class", "over").attr("x", 2).attr("y", 13).text(`${left}: ${FORMS.number(rest)}`);
    group
      .append("rect")
      .attr("x", x(Math.min(at, options.end.value)))
      .attr("width", Math.max(1.5, Math.abs(x(options.end.value) - x(at))))
      .attr("y", 17)
      .attr("height", 10)
      .attr("fill", "var(--soft)");
  }
  level(options.end.label, options.end.value, steps.length + 2);
  const fall = sum(rows, (row) => Math.min(0, row.amount));
  const rise = sum(rows, (row) => Math.max(0, row.amount));
  legend(frame, [
    { label: `pulls down: ${FORMS.number(fall)} in all`, fill: "var(--down)" },
    { label: `pushes up: +${FORMS.number(rise)} in all`, fill: "var(--up)" },
  ]);
}
