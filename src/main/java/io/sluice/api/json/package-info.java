/**
 * JSON as answers bring it, in one pass over its bytes: RFC 8259 and UTF-8 strictly, no trees, no
 * copies. Imports nothing of its parent.
 */
@NullMarked
package io.sluice.api.json;

import org.jspecify.annotations.NullMarked;
