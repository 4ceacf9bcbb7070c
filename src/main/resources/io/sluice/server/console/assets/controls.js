// The controls that say how a file is read, by their labels; and texts of the API in their words.
import { resourceName } from "./format.js";

/** The controls by the names of the API's parameters: what they are called, and what to choose from. */
export const FORMATS = [["csv", "CSV"], ["jsonl", "JSON Lines"], ["list", "List, one pattern a line"]];
export const ENCODINGS = [["UTF-8", "UTF-8"], ["UTF-16LE", "UTF-16 (little-endian)"], ["UTF-16BE", "UTF-16 (big-endian)"], ["windows-1252", "Windows-1252 (Western)"],
  ["ISO-8859-1", "ISO-8859-1 (Latin 1)"], ["ISO-8859-15", "ISO-8859-15 (Latin 9)"], ["windows-1250", "Windows-1250 (Central European)"], ["windows-1251", "Windows-1251 (Cyrillic)"]];
export const HEADERS = [["", "Yes, it holds the names"], ["false", "No, it is data"], ["true", "Yes, though it looks like data"]];
export const DELIMITERS = [[",", "Comma"], [";", "Semicolon"], ["\t", "Tab"], ["|", "Pipe"]];
export const LABELS = {
  format: "Format", encoding: "Encoding", delimiter: "Delimiter", header: "Is the first row a header?", header_line: "Line with the names", duplicates: "Rows of one key that contradict each other", normalize: "Rewrite indicators (evil[.]example → evil.example)", resource: "Kind of records",
};
export const LEFT_OUT = "leave out";
const OPTIONS = {
  duplicates: [["first", "The first counts"], ["last", "The last counts"]], format: FORMATS, encoding: ENCODINGS, header: HEADERS, delimiter: DELIMITERS.map(([, text]) => [text.toLowerCase(), text]) };

// As the API writes parameters that can be copied: percent-encoded, several joined by &.
const PARAMETERS = /\b(?:format|encoding|delimiter|header_line|header|duplicates|normalize|resource|map)=[^\s,;:)'"]*/g;

/** A message of the API with its parameters in the words of the console's controls. */
export function inControls(message) {
  return message
    ?.replaceAll(PARAMETERS, (given) => given.split("&").map(control).join(", "))
    .replaceAll(/\b(max_deletes|dry_run)\b/g, (name) => (name === "dry_run" ? "a rehearsal" : "“Refuse more deletes than”"))
    .replaceAll(/\bwith normalize it\b/g, `with “${short(LABELS.normalize)}” it`);
}

function control(parameter) {
  const [name, ...rest] = parameter.split("=");
  const value = rest.map(plain).join("=");
  if (name === "map") return meaning(value);
  if (name === "normalize") return `“${short(LABELS.normalize)}”`;
  if (name === "resource") return `“${resourceName(value)}” under “${LABELS[name]}”`;
  const shown = OPTIONS[name]?.find(([option]) => option === value)?.[1] ?? value;
  return `“${shown}” under “${LABELS[name]}”`;
}

function meaning(pair) {
  const at = pair.lastIndexOf("=");
  const [column, field] = [pair.slice(0, at), pair.slice(at + 1)];
  return column === "COLUMN" ? "a field for each column" : `“${field === "FIELD" ? "a field" : field || LEFT_OUT}” for the column “${column}”`;
}

/** A column for people: its name, or what a number alone stands for. */
export const columnName = (column) => (/^\d+$/.test(column ?? "") ? `column ${column}` : column);

const short = (label) => label.replace(/ \(.*/, "");

function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
