/**
 * Floor 3: how records are written to files and read from them: JSONL and CSV. Knows the catalogue;
 * knows nothing of HTTP or of where files are kept.
 */
@NullMarked
package io.sluice.format;

import org.jspecify.annotations.NullMarked;
