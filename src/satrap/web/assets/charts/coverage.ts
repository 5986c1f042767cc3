// Where claims come from, against where people live: a bar falls short of its mark where we are blind.
import { max, scaleLinear } from "d3";
import type { CoverageRow, Told } from "../shapes";
import { canvas, fitted, FORMS, type Frame, legend, linked } from "./frame";

const ROW = 24;

export function coverage(frame: Frame, { rows }: Told<CoverageRow>): void {
  const width = Math.min(frame.width, 640);
  const names = Math.min(150, width * 0.36);
  const svg = canvas({ ...frame, width }, rows.length * ROW + 4);
  const top = max(rows, (row) => Math.max(row.claims_share, row.people_share ?? 0)) || 1;
  const x = scaleLinear([0, top], [names, width - 44]);
  const marks = linked(svg, rows, (row) => [
    `${row.name}: ${row.claims} ${row.claims === 1 ? "story" : "stories"}, ${FORMS.share(row.claims_share)} of all`,
    row.people_share === null ? "How many people live there is not on record" : `${FORMS.share(row.people_share)} of the people live there`,
    ...(row.blind ? ["Silence says nothing here: more likely than not, nothing would be heard"] : []),
  ]).attr("transform", (_, at) => `translate(0,${at * ROW})`);
  marks.append("rect").attr("class", "hit").attr("width", width).attr("height", ROW);
  marks
    .append("text")
    .attr("x", names - 8)
    .attr("y", 15)
    .attr("text-anchor", "end")
    .text((row) => fitted(row.name, names - 8));
  marks
    .append("rect")
    .attr("x", names)
    .attr("y", 5)
    .attr("height", 12)
    .attr("width", (row) => Math.max(row.claims ? 1.5 : 0, x(row.claims_share) - names))
    .attr("fill", (row) => (row.blind ? "var(--warn)" : "var(--i2)"));
  marks
    .filter((row) => row.people_share !== null)
    .append("line")
    .attr("x1", (row) => x(row.people_share!))
    .attr("x2", (row) => x(row.people_share!))
    .attr("y1", 2)
    .attr("y2", 20)
    .attr("stroke", "var(--ink)")
    .attr("stroke-width", 2);
  marks
    .append("text")
    .attr("x", (row) => x(Math.max(row.claims_share, row.people_share ?? 0)) + 6)
    .attr("y", 15)
    .text((row) => row.claims);
  legend(frame, [
    { label: "share of stories (their number beside)", fill: "var(--i2)" },
    ...(rows.some((row) => row.blind) ? [{ label: "silence says nothing", fill: "var(--warn)" }] : []),
    { label: "share of people", kind: "upright" },
  ]);
}
