/** The preview of an upload: the rows that an import would read from it, and their faults. */
@NullMarked
package io.sluice.server.preview;

import org.jspecify.annotations.NullMarked;
