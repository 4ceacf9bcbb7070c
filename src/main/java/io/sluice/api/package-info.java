/**
 * The HTTP client of the API: envelope, errors, credentials, pages and batches; how calls travel is
 * in {@code transport}. Knows the catalogue and the flow of calls; does not know files or their
 * formats.
 */
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
