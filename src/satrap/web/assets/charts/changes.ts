// Who gained and who lost: a row for each institution, its change a dot with its 80% band about nothing.
import { axisBottom, max, min, scaleLinear, select } from "d3";
import type { ChangeRow, Told } from "../shapes";
import { between, canvas, colour, FORMS, fitted, type Frame, linked, type Parent } from "./frame";

const ROW = 34;

export function changes(frame: Frame, { rows }: Told<ChangeRow>): void {
  const width = Math.min(frame.width, 760);
  const svg = canvas({ ...frame, width }, rows.length * ROW + 26);
  const low = min(rows, (row) => row.change_low_80) ?? 0;
  const high = max(rows, (row) => row.change_high_80) ?? 0;
  const x = scaleLinear([Math.min(low, 0), Math.max(high, 0)], [18, width - 18]).nice();
  scaled(svg, x, rows.length * ROW, Math.floor(width / 80));
  const marks = linked(svg, rows, (row) => [
    `${row.name}: ${FORMS.points(row.change)} points`,
    `80% band ${between(row.change_low_80, row.change_high_80, "points")}; now ${FORMS.share(row.share)}`,
    `Chance of a fall: ${FORMS.share(row.fell)}`,
    ...(row.prior ? ["The prior alone: claims tell nothing here"] : []),
    ...(row.follows ? ["No claim names the province: follows the nation"] : []),
  ]).attr("transform", (_, at) => `translate(0,${at * ROW})`);
  marks.append("rect").attr("class", "hit").attr("width", width).attr("height", ROW);
  marks
    .append("text")
    .attr("y", 13)
    .attr("x", 2)
    .text((row) => fitted(row.name, width - 70));
  marks
    .append("text")
    .attr("y", 13)
    .attr("x", width - 2)
    .attr("text-anchor", "end")
    .attr("font-weight", 600)
    .text((row) => FORMS.points(row.change));
  marks
    .append("line")
    .attr("x1", (row) => x(row.change_low_80))
    .attr("x2", (row) => x(row.change_high_80))
    .attr("y1", 23)
    .attr("y2", 23)
    .attr("stroke-width", 4)
    .attr("stroke-linecap", "round")
    .attr("stroke-opacity", (row) => (row.prior ? 0.25 : 0.5))
    .attr("stroke", (row, at) => colour(row.institution, at));
  marks
    .append("circle")
    .attr("cx", (row) => x(row.change))
    .attr("cy", 23)
    .attr("r", 5)
    .attr("fill", (row, at) => (row.prior ? "var(--paper)" : colour(row.institution, at)))
    .attr("stroke", (row, at) => colour(row.institution, at));
}

/** An axis in points below a drawing, with a rule at nothing. */
export function scaled(parent: Parent, x: d3.ScaleLinear<number, number>, bottom: number, ticks: number): void {
  const last = x.ticks(ticks).at(-1);
  const axis = parent.append("g").attr("class", "axis").attr("transform", `translate(0,${bottom})`);
  axis.call(
    axisBottom(x)
      .ticks(ticks)
      .tickSize(-bottom)
      .tickPadding(6)
      .tickFormat((value) => FORMS.points(value.valueOf()).replace(".0", "") + (value === last ? " points" : "")) as never,
  );
  axis.selectAll<SVGGElement, number>(".tick").classed("nought", (value) => value === 0);
  axis.selectAll<SVGTextElement, number>(".tick text").filter((value) => value === last).attr("text-anchor", "end").attr("dx", 14);
  select(axis.node()).select(".domain").remove();
}
