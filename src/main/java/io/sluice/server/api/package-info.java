/** The routes of {@code /v1}, and those by which the service itself is watched and described. */
@NullMarked
package io.sluice.server.api;

import org.jspecify.annotations.NullMarked;
