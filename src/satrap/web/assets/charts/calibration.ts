// Forecasts that were settled: of those given a probability, how many came true. On the diagonal, words were kept.
import * as Plot from "@observablehq/plot";
import { max, select } from "d3";
import type { CalibrationRow, Told } from "../shapes";
import { between, FORMS, type Frame, linked } from "./frame";
import { bare } from "./plot";

export function calibration(frame: Frame, { rows }: Told<CalibrationRow>): void {
  const side = Math.min(frame.width, 420);
  const most = max(rows, (row) => row.count) ?? 1;
  const scale = { domain: [0, 1], ticks: 5, tickFormat: FORMS.share };
  const drawn = bare(
    {
      width: side,
      height: side,
      margin: 44,
      x: { ...scale, label: "probability given" },
      y: { ...scale, label: "came true", grid: true },
      marks: [
        Plot.line([[0, 0], [1, 1]], { stroke: "var(--soft)", strokeDasharray: "4,3" }),
        Plot.ruleX(rows, { x: "given", y1: "low_95", y2: "high_95", stroke: "var(--i2)", strokeWidth: 2, strokeOpacity: 0.5 }),
      ],
    },
    frame.title,
  );
  drawn.svg.setAttribute("role", "group");
  frame.into.append(drawn.svg);
  linked(select(drawn.svg), rows, (row) => [
    `Given ${FORMS.share(row.given)}: ${FORMS.share(row.came)} came true`,
    `${row.count} forecasts; 95% interval ${between(row.low_95, row.high_95, "share")}`,
  ])
    .append("circle")
    .attr("cx", (row) => drawn.x(row.given))
    .attr("cy", (row) => drawn.y(row.came))
    .attr("r", (row) => 4 + 7 * Math.sqrt(row.count / most))
    .attr("fill", "var(--i2)");
}
