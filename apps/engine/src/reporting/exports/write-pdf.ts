/** A report on paper: the operator's head, the table over as many pages as it takes, each numbered. */
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { formatDecimals } from "@pitboss/domain/wallet/money";
import PDFDocument from "pdfkit";
import type { ReportTable, TableColumn } from "./figure-table.ts";

const margin = 36;
const lineHeight = 13;
const sizes = { title: 15, head: 8.5, cell: 6.5 };
/** Nobody reads a longer one; the other formats have room for it. */
const mostRows = 5_000;

export async function writePdf(table: ReportTable, path: string): Promise<void> {
  if (table.rows.length > mostRows) throw new Error("a report on paper can't have as many rows");
  const document = new PDFDocument({ size: "A4", layout: "landscape", margin, bufferPages: true });
  const file = createWriteStream(path, { mode: 0o600 });
  document.pipe(file);
  document.info.Title = table.title;
  document.font("Helvetica-Bold").fontSize(sizes.title).text(table.title);
  document.moveDown(0.4);
  for (const [label, value] of table.head) {
    document.font("Helvetica-Bold").fontSize(sizes.head).text(`${label}: `, { continued: true });
    document.font("Helvetica").text(value);
  }
  writeTable(document, table);
  numberPages(document);
  document.end();
  await finished(file);
}

function writeTable(document: PDFKit.PDFDocument, { columns, rows, totals }: ReportTable): void {
  const widths = widthsOf(document, columns);
  let y = document.y + lineHeight;
  const line = (texts: readonly string[], font: string, lines = 1): void => {
    if (y > document.page.height - margin - lineHeight * 2) {
      document.addPage();
      y = margin;
      titles();
    }
    let x = margin;
    document.font(font).fontSize(sizes.cell);
    for (const [index, width] of widths.entries()) {
      const align = columns[index]?.kind === "text" ? "left" : "right";
      document.text(texts[index] ?? "", x, y, {
        width: width - 4,
        height: lineHeight,
        align,
        ellipsis: true,
        lineBreak: false,
      });
      x += width;
    }
    y += lineHeight * lines;
    document
      .moveTo(margin, y - 3)
      .lineTo(document.page.width - margin, y - 3)
      .lineWidth(0.3)
      .strokeColor("#cccccc")
      .stroke();
  };
  // Titles are longer than what stands below them.
  const titles = (): void =>
    line(
      columns.map(({ title }) => title),
      "Helvetica-Bold",
      2,
    );
  titles();
  const texts = (row: ReportTable["rows"][number]): string[] => row.map((value, index) => shown(value, columns[index]));
  for (const row of rows) line(texts(row), "Helvetica");
  for (const row of totals) line(texts(row), "Helvetica-Bold");
}

function widthsOf(document: PDFKit.PDFDocument, columns: readonly TableColumn[]): number[] {
  const weights = columns.map(({ kind }) =>
    kind === "text" ? 1.3 : kind === "money" ? 1.15 : kind === "ratio" ? 1 : 0.8,
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => ((document.page.width - 2 * margin) * weight) / whole);
}

function shown(value: string | null, column: TableColumn | undefined): string {
  if (value === null) return "–";
  if (column?.kind !== "ratio") return value;
  // Six decimals of a ratio are four of a percentage; two of them are shown.
  const hundredths = (BigInt(value.replace("-", "").replace(".", "")) + 50n) / 100n;
  return `${value.startsWith("-") ? "-" : ""}${formatDecimals(hundredths, 2)} %`;
}

function numberPages(document: PDFKit.PDFDocument): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(start + page);
    document
      .font("Helvetica")
      .fontSize(sizes.cell)
      .text(`${page + 1} / ${count}`, margin, document.page.height - margin - 8, {
        width: document.page.width - 2 * margin,
        align: "right",
        lineBreak: false,
      });
  }
}
