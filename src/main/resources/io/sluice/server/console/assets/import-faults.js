// The faults of a file as a CSV file, made in the browser.
import { inControls } from "./controls.js";

/** Saves the faults that a preview tells of. */
export function saveCauses(fileName, causes) {
  const lines = [["line", "column", "value", "reason"]];
  for (const cause of causes) {
    for (const each of cause.examples) {
      lines.push([each.line, each.column ?? each.field ?? "", text(each.value), `${inControls(each.message ?? cause.message)}${each.normalized ? `; if rewritten, it ${each.normalized}` : ""}`]);
    }
  }
  const csv = lines.map((cells) => cells.map(quoted).join(",")).join("\r\n");
  save(new Blob([`${csv}\r\n`], { type: "text/csv" }), `${fileName.replace(/(\.\w+)+$/, "")}-faults.csv`);
}

function text(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function quoted(cell) {
  const plain = String(cell);
  return /[",\r\n]/.test(plain) || plain !== plain.trim() ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
