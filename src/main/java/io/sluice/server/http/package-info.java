/**
 * HTTP as the service speaks it: routes and their parameters, answers and problem documents (RFC
 * 9457).
 */
@NullMarked
package io.sluice.server.http;

import org.jspecify.annotations.NullMarked;
