/**
 * How records are written to files and read from them: JSONL, CSV and plain lists. Knows the
 * catalogue; knows nothing of HTTP or of where files are kept.
 */
@NullMarked
package io.sluice.format;

import org.jspecify.annotations.NullMarked;
