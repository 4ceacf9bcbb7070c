/**
 * Floor 3: the HTTP client of the API. Transport, envelope, errors, credentials, pages. Knows the
 * catalogue and the flow floor; does not know files or their formats.
 */
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
