/** The routes of {@code /v1}. */
@NullMarked
package io.sluice.server.api;

import org.jspecify.annotations.NullMarked;
